package no.sertsynk.keystore.format;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import no.sertsynk.model.PartnerCertificate;

/** How a certificate of sertsynk's is written: a line with its name, explanations, then the block (RFC 7468). */
final class PemEntry {
    static final String MARKER = "# sertsynk: ";
    static final String BEGIN_CERTIFICATE = "-----BEGIN CERTIFICATE-----";
    private static final String SUBJECT = "# subject: ";
    private static final String VALIDITY = "# valid: ";
    private static final int MAX_SUBJECT_LENGTH = 300;
    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private PemEntry() {}

    static boolean isExplanation(String line) {
        return line.startsWith(SUBJECT) || line.startsWith(VALIDITY);
    }

    /** The entry's text; each character is one byte of UTF-8. */
    static String text(PemSegment.Own entry) {
        PartnerCertificate certificate = entry.certificate();
        String text = MARKER + entry.alias() + '\n'
                + SUBJECT + oneLine(certificate.subject()) + '\n'
                + VALIDITY + certificate.notBefore() + " to " + certificate.notAfter() + '\n'
                + BEGIN_CERTIFICATE + '\n'
                + BASE64.encodeToString(certificate.der()) + '\n'
                + "-----END CERTIFICATE-----\n";
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** A subject is what somebody else wrote: it must not be able to end the line and begin a block of its own. */
    private static String oneLine(String subject) {
        StringBuilder line = new StringBuilder();
        int length = Math.min(subject.length(), MAX_SUBJECT_LENGTH);
        for (int i = 0; i < length; i++) {
            char c = subject.charAt(i);
            boolean plain = Character.isLetterOrDigit(c) || (c >= ' ' && c < 0x7f);
            line.append(plain ? c : '?');
        }
        return line.append(length < subject.length() ? "..." : "").toString();
    }
}
