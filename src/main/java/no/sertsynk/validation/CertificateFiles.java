package no.sertsynk.validation;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import no.sertsynk.model.PartnerCertificate;

/** Writes certificates as other systems read them. */
public final class CertificateFiles {
    private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private CertificateFiles() {}

    /** One block after the other (RFC 7468). */
    public static byte[] pem(List<PartnerCertificate> certificates) {
        StringBuilder text = new StringBuilder();
        for (PartnerCertificate certificate : certificates) {
            text.append("-----BEGIN CERTIFICATE-----\n")
                    .append(BASE64.encodeToString(certificate.der()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Signed data that nobody has signed, as Windows exports it (.p7b). */
    public static byte[] pkcs7(List<PartnerCertificate> certificates) {
        try {
            List<X509Certificate> all =
                    certificates.stream().map(PartnerCertificate::x509).toList();
            return CertificateFactory.getInstance("X.509").generateCertPath(all).getEncoded("PKCS7");
        } catch (CertificateException e) {
            throw new IllegalStateException("the platform cannot write PKCS#7", e);
        }
    }
}
