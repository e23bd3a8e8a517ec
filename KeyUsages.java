package no.sertsynk.validation.profile;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;

/**
 * What key usage allows. Always by the bit that a purpose needs, never by equality: issuers set different bits beside it.
 */
public final class KeyUsages {
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int NON_REPUDIATION = 1;
    private static final int KEY_ENCIPHERMENT = 2;
    private static final int KEY_AGREEMENT = 4;

    private KeyUsages() {}

    /** The purposes of a certificate; all three if it has no key usage. */
    public static Set<Purpose> purposes(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        if (usage == null) {
            return EnumSet.allOf(Purpose.class);
        }
        Set<Purpose> purposes = EnumSet.noneOf(Purpose.class);
        if (has(usage, encryptionBit(certificate.getPublicKey()))) {
            purposes.add(Purpose.ENCRYPTION);
        }
        if (has(usage, NON_REPUDIATION)) {
            purposes.add(Purpose.SIGNATURE);
        }
        if (has(usage, DIGITAL_SIGNATURE)) {
            purposes.add(Purpose.AUTHENTICATION);
        }
        return purposes;
    }

    /** The reason if a certificate that was assessed does not serve the wanted purpose; empty if it does. */
    public static Optional<Reason> missingPurpose(Assessment assessment, Purpose wanted) {
        return assessment.purposes().contains(wanted)
                ? Optional.empty()
                : Optional.of(Reason.of(
                        ReasonCode.WRONG_KEY_USAGE,
                        "expected a certificate for " + wanted + ", found one for "
                                + (assessment.purposes().isEmpty() ? "no purpose" : describe(assessment.purposes()))));
    }

    private static String describe(Set<Purpose> purposes) {
        StringBuilder text = new StringBuilder();
        for (Purpose purpose : Purpose.values()) {
            if (purposes.contains(purpose)) {
                text.append(text.isEmpty() ? "" : " and ").append(purpose);
            }
        }
        return text.toString();
    }

    /** RSA keys encrypt keys; keys on curves agree on them (RFC 5480, section 3). */
    private static int encryptionBit(PublicKey key) {
        return key instanceof RSAKey || key.getAlgorithm().startsWith("RSA") ? KEY_ENCIPHERMENT : KEY_AGREEMENT;
    }

    private static boolean has(boolean[] usage, int bit) {
        return usage.length > bit && usage[bit];
    }
}
