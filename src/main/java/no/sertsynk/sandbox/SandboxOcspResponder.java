package no.sertsynk.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * Answers questions about certificates (RFC 6960) in the name of an authority, itself or by a delegate; on request wrongly.
 * Give it to {@link SandboxCrlServer#respond}. Safe for threads.
 */
public final class SandboxOcspResponder implements UnaryOperator<byte[]> {
    private static final Duration AGE = Duration.ofMinutes(1);
    private static final Duration LIFE = Duration.ofHours(8);

    private final X509Certificate signer;
    private final PrivateKey key;
    private final boolean byKey;
    private final Clock clock;
    private final Map<BigInteger, Integer> revoked = new ConcurrentHashMap<>();
    private volatile Optional<Wrong> wrong = Optional.empty();

    /** What can be wrong with an answer. */
    public enum Wrong {
        OTHER_SERIAL,
        EXPIRED,
        TO_COME,
        OTHER_NONCE,
        NO_NONCE,
        UNKNOWN,
        TRY_LATER
    }

    /**
     * A responder.
     *
     * @param signer the authority or its delegate, whose certificate goes with the answers
     * @param byKey whether it names itself by its key instead of its name
     */
    public SandboxOcspResponder(X509Certificate signer, PrivateKey key, boolean byKey, Clock clock) {
        this.signer = signer;
        this.key = key;
        this.byKey = byKey;
        this.clock = clock;
    }

    /** @param reason the code of RFC 5280, 5.3.1 */
    public void revoke(BigInteger serial, int reason) {
        revoked.put(serial, reason);
    }

    public void setWrong(Wrong what) {
        this.wrong = Optional.of(what);
    }

    private boolean is(Wrong what) {
        return wrong.equals(Optional.of(what));
    }

    @Override
    public byte[] apply(byte[] question) {
        try {
            if (is(Wrong.TRY_LATER)) {
                return new OCSPRespBuilder().build(OCSPResp.TRY_LATER, null).getEncoded();
            }
            OCSPReq request = new OCSPReq(question);
            return new OCSPRespBuilder()
                    .build(
                            OCSPResp.SUCCESSFUL,
                            basic(request)
                                    .build(
                                            new JcaContentSignerBuilder(
                                                            key instanceof ECKey ? "SHA256withECDSA" : "SHA256withRSA")
                                                    .build(key),
                                            new X509CertificateHolder[] {new JcaX509CertificateHolder(signer)},
                                            Date.from(clock.instant())))
                    .getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OCSPException | OperatorCreationException | CertificateEncodingException e) {
            throw new IllegalStateException("the sandbox could not answer", e);
        }
    }

    private BasicOCSPRespBuilder basic(OCSPReq request)
            throws OCSPException, OperatorCreationException, CertificateEncodingException, IOException {
        X509CertificateHolder holder = new JcaX509CertificateHolder(signer);
        RespID name = byKey
                ? new RespID(
                        holder.getSubjectPublicKeyInfo(),
                        new JcaDigestCalculatorProviderBuilder().build().get(RespID.HASH_SHA1))
                : new RespID(holder.getSubject());
        BasicOCSPRespBuilder builder = new BasicOCSPRespBuilder(name);
        CertificateID asked = request.getRequestList()[0].getCertID();
        CertificateID told = is(Wrong.OTHER_SERIAL)
                ? CertificateID.deriveCertificateID(
                        asked, asked.getSerialNumber().add(BigInteger.ONE))
                : asked;
        Instant from = clock.instant().minus(AGE);
        if (is(Wrong.EXPIRED)) {
            from = from.minus(Duration.ofDays(30));
        } else if (is(Wrong.TO_COME)) {
            from = from.plus(Duration.ofDays(1));
        }
        builder.addResponse(told, status(asked.getSerialNumber(), from), Date.from(from), Date.from(from.plus(LIFE)));
        Extension nonce = request.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
        if (nonce != null && !is(Wrong.NO_NONCE)) {
            Extension other = new Extension(
                    OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false, new DEROctetString(new byte[32]).getEncoded());
            builder.setResponseExtensions(new Extensions(is(Wrong.OTHER_NONCE) ? other : nonce));
        }
        return builder;
    }

    private CertificateStatus status(BigInteger serial, Instant from) {
        if (is(Wrong.UNKNOWN)) {
            return new UnknownStatus();
        }
        Integer reason = revoked.get(serial);
        return reason == null ? CertificateStatus.GOOD : new RevokedStatus(Date.from(from), reason);
    }
}
