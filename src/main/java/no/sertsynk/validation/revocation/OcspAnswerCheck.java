package no.sertsynk.validation.revocation;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import no.sertsynk.model.Sha256;
import no.sertsynk.validation.revocation.RevocationStatus.Good;
import no.sertsynk.validation.revocation.RevocationStatus.Revoked;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.operator.ContentVerifierProvider;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** Judges the answer of a responder (RFC 6960, 3.2 and 4.2.2). Asks nobody. */
final class OcspAnswerCheck {
    private static final int MAX_CERTIFICATES = 10;

    private final Instant at;
    private final Duration maxStale;
    private final Duration clockSkew;

    OcspAnswerCheck(Instant at, Duration maxStale, Duration clockSkew) {
        this.at = at;
        this.maxStale = maxStale;
        this.clockSkew = clockSkew;
    }

    /**
     * About which certificate.
     *
     * @param authority its issuer
     * @param revoked whether the issuer's lists at hand hold that serial number
     */
    record Question(CertificateID id, X509CertificateHolder authority, Predicate<BigInteger> revoked) {}

    /** What the answer is worth. */
    sealed interface Result {
        /** @param overdue whether a newer one was promised by now */
        record Told(RevocationStatus status, Instant thisUpdate, boolean overdue) implements Result {}

        record Refused(String why) implements Result {}
    }

    Result judge(byte[] der, Question question, Optional<byte[]> nonce, URI responder, boolean fromCache) {
        try {
            OCSPResp response = new OCSPResp(der);
            if (response.getStatus() != OCSPResp.SUCCESSFUL) {
                return new Result.Refused("the responder answers " + statusName(response.getStatus()));
            }
            if (!(response.getResponseObject() instanceof BasicOCSPResp basic)) {
                return new Result.Refused("an answer of an unknown kind");
            }
            Optional<String> refusal = refusal(basic, question, nonce);
            if (refusal.isPresent()) {
                return new Result.Refused(refusal.get());
            }
            for (SingleResp single : basic.getResponses()) {
                if (isAbout(single.getCertID(), question)) {
                    return told(single, der, responder, fromCache);
                }
            }
            return new Result.Refused("an answer about another certificate");
        } catch (IOException | OCSPException | RuntimeException e) {
            // The library's ways to refuse hostile encodings are many, and partly unchecked.
            return new Result.Refused("something that is no OCSP answer (" + e.getMessage() + ")");
        }
    }

    private static String statusName(int status) {
        return switch (status) {
            case OCSPResp.MALFORMED_REQUEST -> "malformedRequest";
            case OCSPResp.INTERNAL_ERROR -> "internalError";
            case OCSPResp.TRY_LATER -> "tryLater";
            case OCSPResp.SIG_REQUIRED -> "sigRequired";
            case OCSPResp.UNAUTHORIZED -> "unauthorized";
            default -> "status " + status;
        };
    }

    private Optional<String> refusal(BasicOCSPResp basic, Question question, Optional<byte[]> nonce)
            throws OCSPException {
        Set<?> critical = basic.getCriticalExtensionOIDs();
        if (!critical.isEmpty() && !critical.equals(Set.of(OCSPObjectIdentifiers.id_pkix_ocsp_nonce))) {
            return Optional.of("an answer with unknown critical extensions " + critical);
        }
        Extension echoed = basic.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
        if (nonce.isPresent()
                && echoed != null
                && !Arrays.equals(
                        nonce.get(),
                        ASN1OctetString.getInstance(echoed.getParsedValue()).getOctets())) {
            return Optional.of("an answer to another question (its nonce differs)");
        }
        return isSigned(basic, question)
                ? Optional.empty()
                : Optional.of("an answer that neither the issuer nor a responder of the issuer's has signed");
    }

    private boolean isSigned(BasicOCSPResp basic, Question question) throws OCSPException {
        List<X509CertificateHolder> candidates = new ArrayList<>();
        candidates.add(question.authority());
        candidates.addAll(
                Arrays.stream(basic.getCerts()).limit(MAX_CERTIFICATES).toList());
        for (X509CertificateHolder candidate : candidates) {
            try {
                if (isNamed(basic.getResponderId(), candidate)
                        && (isIssuer(candidate, question) || isDelegate(candidate, question))
                        && basic.isSignatureValid(verifier(candidate))) {
                    return true;
                }
            } catch (OperatorCreationException | CertException | RuntimeException e) {
                // A certificate of no use; perhaps the next is of some.
            }
        }
        return false;
    }

    private static ContentVerifierProvider verifier(X509CertificateHolder signer)
            throws OperatorCreationException, CertException {
        try {
            return new JcaContentVerifierProviderBuilder().build(signer);
        } catch (CertificateException e) {
            throw new CertException("a certificate whose key cannot be read", e);
        }
    }

    /** By name or by the SHA-1 of the key (RFC 6960, 4.2.1). */
    private static boolean isNamed(RespID responder, X509CertificateHolder candidate)
            throws OCSPException, OperatorCreationException {
        return responder.equals(new RespID(candidate.getSubject()))
                || responder.equals(new RespID(
                        candidate.getSubjectPublicKeyInfo(), digests().get(RespID.HASH_SHA1)));
    }

    private static boolean isIssuer(X509CertificateHolder candidate, Question question) {
        return candidate.getSubject().equals(question.authority().getSubject())
                && candidate
                        .getSubjectPublicKeyInfo()
                        .equals(question.authority().getSubjectPublicKeyInfo());
    }

    /**
     * A responder that the issuer itself has authorised (RFC 6960, 4.2.2.2), at a time when that is valid. Unless the issuer
     * has waived it, its lists are looked at too; nobody is asked about a responder.
     */
    private boolean isDelegate(X509CertificateHolder candidate, Question question)
            throws OperatorCreationException, CertException {
        Extensions extensions = candidate.getExtensions();
        if (extensions == null) {
            return false;
        }
        ExtendedKeyUsage purposes = ExtendedKeyUsage.fromExtensions(extensions);
        KeyUsage usage = KeyUsage.fromExtensions(extensions);
        return purposes != null
                && purposes.hasKeyPurposeId(KeyPurposeId.id_kp_OCSPSigning)
                && (usage == null
                        || usage.hasUsages(KeyUsage.digitalSignature)
                        || usage.hasUsages(KeyUsage.nonRepudiation))
                && !at.plus(clockSkew).isBefore(candidate.getNotBefore().toInstant())
                && !at.minus(clockSkew).isAfter(candidate.getNotAfter().toInstant())
                && (extensions.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck) != null
                        || !question.revoked().test(candidate.getSerialNumber()))
                && candidate.getIssuer().equals(question.authority().getSubject())
                && candidate.isSignatureValid(verifier(question.authority()));
    }

    /** The responder may have hashed the issuer by another algorithm than we did. */
    private static boolean isAbout(CertificateID id, Question question) throws OCSPException {
        try {
            return id.getSerialNumber().equals(question.id().getSerialNumber())
                    && id.matchesIssuer(question.authority(), digests());
        } catch (OperatorCreationException e) {
            throw new OCSPException("unknown digest", e);
        }
    }

    private static DigestCalculatorProvider digests() throws OperatorCreationException {
        return new JcaDigestCalculatorProviderBuilder().build();
    }

    private Result told(SingleResp single, byte[] der, URI responder, boolean fromCache) {
        Instant thisUpdate = single.getThisUpdate().toInstant();
        Optional<Instant> nextUpdate =
                Optional.ofNullable(single.getNextUpdate()).map(Date::toInstant);
        if (!single.getCriticalExtensionOIDs().isEmpty()) {
            return new Result.Refused("an answer with unknown critical extensions");
        }
        if (thisUpdate.isAfter(at.plus(clockSkew))) {
            return new Result.Refused("an answer of " + thisUpdate + ", which is still to come");
        }
        // Without a next update there is always newer information (RFC 6960, 4.2.2.1).
        Instant ends = nextUpdate.orElse(thisUpdate);
        boolean overdue = at.isAfter(ends.plus(clockSkew));
        Evidence evidence = new Evidence(
                Evidence.Kind.OCSP,
                responder.toString(),
                thisUpdate,
                nextUpdate,
                Optional.of(thisUpdate),
                fromCache,
                ends.plus(maxStale),
                Sha256.of(der));
        if (single.getCertStatus() instanceof RevokedStatus revoked) {
            int reason = revoked.hasRevocationReason() ? revoked.getRevocationReason() : 0;
            return new Result.Told(
                    Revoked.since(revoked.getRevocationTime().toInstant(), reason, evidence), thisUpdate, overdue);
        }
        // The library's good is null.
        if (single.getCertStatus() != null) {
            return new Result.Refused("the responder does not know the certificate");
        }
        if (at.isAfter(evidence.holdsUntil())) {
            return new Result.Refused("an answer that ended " + ends);
        }
        return new Result.Told(new Good(List.of(evidence)), thisUpdate, overdue);
    }
}
