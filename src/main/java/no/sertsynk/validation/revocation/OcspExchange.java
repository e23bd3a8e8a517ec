package no.sertsynk.validation.revocation;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import no.sertsynk.model.Sha256;
import no.sertsynk.validation.fetch.Fetcher;
import no.sertsynk.validation.fetch.Fetcher.Post;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * Asks responders about single certificates (RFC 6960), by POST, which every responder has to take. The last good answer
 * is kept, and stands in for a responder that is down.
 */
final class OcspExchange implements RevocationInquiry.Responders {
    static final int MAX_BYTES = 64 * 1024;
    private static final int NONCE_BYTES = 32;

    private final Fetcher fetcher;
    private final RevocationCache cache;
    private final Clock clock;
    private final Consumer<String> responses;
    private final Duration recheck;
    private final OcspAnswerCheck check;
    private final SecureRandom random = new SecureRandom();
    private final DigestCalculatorProvider digests;

    OcspExchange(OnlineSources sources, Duration recheck, OcspAnswerCheck check) {
        this.fetcher = sources.fetcher();
        this.cache = sources.cache();
        this.clock = sources.clock();
        this.responses = sources.responses();
        this.recheck = recheck;
        this.check = check;
        try {
            this.digests = new JcaDigestCalculatorProviderBuilder().build();
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("every Java platform must have SHA-1", e);
        }
    }

    /**
     * What responders say, or each one's failure.
     *
     * @param revoked whether the issuer's lists at hand hold that serial number
     */
    @Override
    public RevocationStatus ask(X509Certificate certificate, X509Certificate issuer, Predicate<BigInteger> revoked) {
        List<URI> responders = DistributionPoints.of(certificate).responders();
        List<String> problems = new ArrayList<>();
        if (responders.isEmpty()) {
            problems.add("the certificate names no OCSP responder");
        }
        try {
            X509CertificateHolder authority = new JcaX509CertificateHolder(issuer);
            CertificateID id =
                    new CertificateID(digests.get(CertificateID.HASH_SHA1), authority, certificate.getSerialNumber());
            OcspAnswerCheck.Question question = new OcspAnswerCheck.Question(id, authority, revoked);
            for (URI responder : responders) {
                switch (one(responder, question)) {
                    case RevocationStatus.Unknown(List<String> why) -> problems.addAll(why);
                    case RevocationStatus known -> {
                        return known;
                    }
                }
            }
        } catch (CertificateEncodingException | OCSPException | OperatorCreationException | IOException e) {
            problems.add("no question about the certificate can be made: " + e.getMessage());
        }
        return new RevocationStatus.Unknown(problems);
    }

    private RevocationStatus one(URI responder, OcspAnswerCheck.Question question) throws IOException, OCSPException {
        String name = Sha256.of((responder + " ").getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .hex()
                        .substring(0, 32)
                + Sha256.of(question.id().toASN1Primitive().getEncoded()).hex().substring(0, 32);
        Optional<byte[]> kept = cache.answer(name);
        OcspAnswerCheck.Result earlier = kept.map(der -> check.judge(der, question, Optional.empty(), responder, true))
                .orElse(new OcspAnswerCheck.Result.Refused("none was kept"));
        if (earlier instanceof OcspAnswerCheck.Result.Told(RevocationStatus status, Instant thisUpdate, boolean overdue)
                && !overdue
                && thisUpdate.isAfter(clock.instant().minus(recheck))) {
            return status;
        }
        String problem = "";
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        switch (fetcher.fetch(Fetcher.Request.get(responder, MAX_BYTES).posting(post(question.id(), nonce)))) {
            case Fetcher.Answer.Failure(String why) -> {
                responses.accept("unavailable");
                problem = why;
            }
            case Fetcher.Answer.Unchanged() -> {
                responses.accept("refused");
                problem = "HTTP 304, which was not asked for";
            }
            case Fetcher.Answer.Content(byte[] bytes, Fetcher.Version version) -> {
                switch (check.judge(bytes, question, Optional.of(nonce), responder, false)) {
                    case OcspAnswerCheck.Result.Refused(String why) -> {
                        responses.accept("refused");
                        problem = why;
                    }
                    case OcspAnswerCheck.Result.Told(RevocationStatus status, Instant thisUpdate, boolean overdue) -> {
                        responses.accept(word(status));
                        if (earlier instanceof OcspAnswerCheck.Result.Told told
                                && thisUpdate.isBefore(told.thisUpdate())) {
                            problem = "an answer of " + thisUpdate + ", older than the one of " + told.thisUpdate()
                                    + " that is known already";
                        } else {
                            cache.keepAnswer(name, bytes);
                            return status;
                        }
                    }
                }
            }
        }
        return earlier instanceof OcspAnswerCheck.Result.Told told
                ? told.status()
                : new RevocationStatus.Unknown(List.of(responder + ": " + problem));
    }

    private static String word(RevocationStatus status) {
        return switch (status) {
            case RevocationStatus.Good good -> "good";
            case RevocationStatus.Revoked revoked -> "revoked";
            case RevocationStatus.Unknown unknown -> "unknown";
        };
    }

    private static Post post(CertificateID id, byte[] nonce) throws IOException, OCSPException {
        // Twice an octet string: the extension's value is the DER of one (RFC 8954).
        Extension extension =
                new Extension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce, false, new DEROctetString(nonce).getEncoded());
        byte[] body = new OCSPReqBuilder()
                .addRequest(id)
                .setRequestExtensions(new Extensions(extension))
                .build()
                .getEncoded();
        return new Post("application/ocsp-request", body);
    }
}
