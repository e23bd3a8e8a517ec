package no.sertsynk.validation.profile;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;

/**
 * Which keys and signatures are strong enough, in a certificate and in those above it. The anchor is not asked: it is
 * trusted as it is, and nobody relies on its signature.
 */
final class StrongAlgorithms {
    private static final int MINIMUM_CURVE_BITS = 256;
    private static final String RSASSA_PSS = "1.2.840.113549.1.1.10";
    private static final Set<String> STRONG_SIGNATURES = Set.of(
            "1.2.840.113549.1.1.11", // RSA with SHA-256, SHA-384, SHA-512
            "1.2.840.113549.1.1.12",
            "1.2.840.113549.1.1.13",
            "1.2.840.10045.4.3.2", // ECDSA with SHA-256, SHA-384, SHA-512
            "1.2.840.10045.4.3.3",
            "1.2.840.10045.4.3.4",
            "1.3.101.112", // Ed25519, Ed448
            "1.3.101.113");
    private static final Set<String> STRONG_DIGESTS =
            Set.of("2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.3");

    private final int minimumRsaBits;

    StrongAlgorithms(int minimumRsaBits) {
        this.minimumRsaBits = minimumRsaBits;
    }

    /** @param which as the reasons name it */
    List<Reason> problems(X509Certificate certificate, String which) {
        List<Reason> reasons = new ArrayList<>(0);
        weakKey(certificate.getPublicKey())
                .ifPresent(found -> reasons.add(Reason.of(
                        ReasonCode.WEAK_KEY,
                        "expected RSA of at least " + minimumRsaBits + " bits or a curve of at least "
                                + MINIMUM_CURVE_BITS + ", found " + found + " in " + which)));
        if (!isStrong(certificate)) {
            reasons.add(Reason.of(
                    ReasonCode.WEAK_SIGNATURE,
                    "expected a signature with SHA-256 or stronger, found " + certificate.getSigAlgName() + " on "
                            + which));
        }
        return reasons;
    }

    private Optional<String> weakKey(PublicKey key) {
        return switch (key) {
            case RSAKey rsa
            when rsa.getModulus().bitLength() < minimumRsaBits ->
                Optional.of("RSA of " + rsa.getModulus().bitLength());
            case RSAKey rsa -> Optional.empty();
            case ECKey ec
            when ec.getParams().getOrder().bitLength() < MINIMUM_CURVE_BITS ->
                Optional.of("a curve of " + ec.getParams().getOrder().bitLength());
            case ECKey ec -> Optional.empty();
            case EdECKey edwards -> Optional.empty();
            default -> Optional.of(key.getAlgorithm());
        };
    }

    private static boolean isStrong(X509Certificate certificate) {
        String oid = certificate.getSigAlgOID();
        if (!oid.equals(RSASSA_PSS)) {
            return STRONG_SIGNATURES.contains(oid);
        }
        try {
            RSASSAPSSparams parameters = RSASSAPSSparams.getInstance(certificate.getSigAlgParams());
            return parameters != null
                    && STRONG_DIGESTS.contains(
                            parameters.getHashAlgorithm().getAlgorithm().getId());
        } catch (RuntimeException e) {
            // Bouncy Castle's way to say that they cannot be read.
            return false;
        }
    }
}
