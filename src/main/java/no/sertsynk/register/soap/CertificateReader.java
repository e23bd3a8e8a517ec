package no.sertsynk.register.soap;

import java.util.Base64;
import java.util.Optional;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;

/** Reads the certificate that the register itself found for a party. */
final class CertificateReader {
    private CertificateReader() {}

    /** The base64 text as it stands; empty text if the register has no certificate. */
    static String read(XmlCursor atDetails) throws BadAnswerException {
        String certificate = "";
        if (atDetails.isNil()) {
            return certificate;
        }
        int details = atDetails.depth();
        while (atDetails.nextChild(details)) {
            if (atDetails.isAt(Namespaces.CERTIFICATE, "Certificate") && !atDetails.isNil()) {
                certificate = atDetails.text();
            }
        }
        return certificate;
    }

    /** Empty for empty text. */
    static Optional<PartnerCertificate> decode(String base64) throws MalformedCertificateException {
        if (base64.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(PartnerCertificate.parse(Base64.getDecoder().decode(withoutSpace(base64))));
        } catch (IllegalArgumentException e) {
            throw new MalformedCertificateException("expected base64, found: " + e.getMessage(), e);
        }
    }

    private static String withoutSpace(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                kept.append(c);
            }
        }
        return kept.toString();
    }
}
