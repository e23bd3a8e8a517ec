package no.sertsynk.validation.profile;

import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.EnumSet;
import java.util.Set;
import no.sertsynk.model.Purpose;

/** Which purposes a key usage allows: by the needed bit and the kind of key, never by equality (RFC 5280, 4.2.1.3). */
public final class KeyUsageRule {
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int NON_REPUDIATION = 1;
    private static final int KEY_ENCIPHERMENT = 2;
    private static final int KEY_AGREEMENT = 4;

    private KeyUsageRule() {}

    /** The purposes; all if the certificate does not restrict its key. */
    public static Set<Purpose> purposes(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        if (usage == null) {
            return EnumSet.allOf(Purpose.class);
        }
        Set<Purpose> purposes = EnumSet.noneOf(Purpose.class);
        boolean rsa = certificate.getPublicKey() instanceof RSAKey;
        if (has(usage, rsa ? KEY_ENCIPHERMENT : KEY_AGREEMENT)) {
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

    /** Providers differ in whether they give the bits that a certificate leaves out. */
    private static boolean has(boolean[] usage, int bit) {
        return bit < usage.length && usage[bit];
    }
}
