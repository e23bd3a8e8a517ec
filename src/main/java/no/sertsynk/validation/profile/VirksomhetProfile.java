package no.sertsynk.validation.profile;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;

/** The rules for Norwegian organisation certificates (virksomhetssertifikat) beyond RFC 5280. */
public final class VirksomhetProfile {
    private static final int MINIMUM_EC_BITS = 256;

    private VirksomhetProfile() {}

    /** What of the certificate itself breaks the rules; empty if nothing does. */
    public static List<Reason> check(X509Certificate certificate, int minimumRsaBits) {
        List<Reason> reasons = new ArrayList<>(checkStrength(certificate, minimumRsaBits, "the certificate"));
        if (SubjectReader.isPerson(certificate.getSubjectX500Principal())) {
            reasons.add(Reason.of(
                    ReasonCode.WRONG_POLICY,
                    "expected an organisation's certificate, found a person's; it is never installed"));
        }
        if (certificate.getBasicConstraints() >= 0) {
            reasons.add(Reason.of(
                    ReasonCode.WRONG_KEY_USAGE,
                    "expected an organisation's certificate, found a certificate authority's"));
        } else if (certificate.getKeyUsage() == null) {
            reasons.add(Reason.of(
                    ReasonCode.WRONG_KEY_USAGE,
                    "expected a key usage that tells the purpose, found none in the certificate"));
        } else if (KeyUsageRule.purposes(certificate).isEmpty()) {
            reasons.add(Reason.of(
                    ReasonCode.WRONG_KEY_USAGE,
                    "expected a key usage for encryption, signature or authentication, found none of them"));
        }
        return reasons;
    }

    /** Whether key and signature are strong enough; for the certificate and those above it, below the anchor. */
    public static List<Reason> checkStrength(X509Certificate certificate, int minimumRsaBits, String which) {
        List<Reason> reasons = new ArrayList<>();
        PublicKey key = certificate.getPublicKey();
        String found = switch (key) {
            case RSAPublicKey rsa ->
                rsa.getModulus().bitLength() < minimumRsaBits
                        ? "RSA with " + rsa.getModulus().bitLength() + " bits"
                        : "";
            case ECPublicKey ec ->
                ec.getParams().getOrder().bitLength() < MINIMUM_EC_BITS
                        ? "an elliptic curve of " + ec.getParams().getOrder().bitLength() + " bits"
                        : "";
            case EdECPublicKey ed -> "";
            default -> key.getAlgorithm();
        };
        if (!found.isEmpty()) {
            reasons.add(Reason.of(
                    ReasonCode.WEAK_KEY,
                    "expected RSA of at least " + minimumRsaBits + " bits or a curve of at least " + MINIMUM_EC_BITS
                            + ", found " + found + " in " + which));
        }
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        if (algorithm.startsWith("SHA1") || algorithm.startsWith("MD")) {
            reasons.add(Reason.of(
                    ReasonCode.WEAK_SIGNATURE,
                    "expected a signature with SHA-256 or stronger, found " + certificate.getSigAlgName() + " on "
                            + which));
        }
        return reasons;
    }
}
