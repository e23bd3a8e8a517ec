package no.sertsynk.validation.profile;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.XECKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.DistinguishedNames;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;

/** The rules behind {@link PathAlgorithms#strong(int)}. */
final class StrongAlgorithms implements PathAlgorithms {
    private static final int MINIMUM_CURVE_BITS = 256;
    private static final String RSASSA_PSS = "1.2.840.113549.1.1.10";
    private static final Set<String> STRONG_SIGNATURES = Set.of(
            "1.2.840.113549.1.1.11", // SHA-256, SHA-384, SHA-512 with RSA
            "1.2.840.113549.1.1.12",
            "1.2.840.113549.1.1.13",
            "1.2.840.10045.4.3.2", // SHA-256, SHA-384, SHA-512 with ECDSA
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

    @Override
    public List<Reason> problems(List<X509Certificate> path) {
        List<Reason> reasons = new ArrayList<>();
        for (int i = 0; i < path.size(); i++) {
            X509Certificate certificate = path.get(i);
            String who = i == 0
                    ? "the certificate"
                    : "the issuer's certificate " + DistinguishedNames.text(certificate.getSubjectX500Principal());
            weakKey(certificate.getPublicKey())
                    .ifPresent(found -> reasons.add(Reason.of(
                            ReasonCode.WEAK_KEY,
                            "expected RSA with at least " + minimumRsaBits + " bits or a curve with at least "
                                    + MINIMUM_CURVE_BITS + ", found " + found + " in " + who)));
            if (!isStrong(certificate)) {
                reasons.add(Reason.of(
                        ReasonCode.WEAK_SIGNATURE,
                        "expected a signature with SHA-256 or better, found " + certificate.getSigAlgName() + " on "
                                + who));
            }
        }
        return reasons;
    }

    private Optional<String> weakKey(PublicKey key) {
        return switch (key) {
            case RSAKey rsa when rsa.getModulus().bitLength() < minimumRsaBits ->
                Optional.of("RSA with " + rsa.getModulus().bitLength());
            case RSAKey rsa -> Optional.empty();
            case ECKey ec when ec.getParams().getOrder().bitLength() < MINIMUM_CURVE_BITS ->
                Optional.of("a curve with " + ec.getParams().getOrder().bitLength());
            case ECKey ec -> Optional.empty();
            case EdECKey edwards -> Optional.empty();
            case XECKey montgomery -> Optional.empty();
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
            // Bouncy Castle reports a wrong encoding by unchecked exceptions of many kinds.
            return false;
        }
    }
}
