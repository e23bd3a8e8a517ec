package no.sertsynk.validation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.validation.encoding.CertificateEncoding;
import no.sertsynk.validation.encoding.CertificateEncoding.Reading;

/**
 * Reads certificates that others made, also the legal ones that the JDK refuses, such as those with keys on curves that it
 * does not know. They are left to Bouncy Castle then, if their encoding is sound.
 */
public final class CertificateReading {
    private CertificateReading() {}

    /** Reads one DER certificate as {@link PartnerCertificate#parse} does. */
    public static PartnerCertificate parse(byte[] der) throws MalformedCertificateException {
        try {
            return PartnerCertificate.parse(der);
        } catch (MalformedCertificateException refused) {
            if (der.length > PartnerCertificate.MAX_BYTES || CertificateEncoding.read(der) instanceof Reading.Broken) {
                throw refused;
            }
            return byBouncyCastle(der, refused);
        }
    }

    private static PartnerCertificate byBouncyCastle(byte[] der, MalformedCertificateException refused)
            throws MalformedCertificateException {
        try {
            X509Certificate read = (X509Certificate) CertificateFactory.getInstance("X.509", BouncyCastle.provider())
                    .generateCertificate(new ByteArrayInputStream(der));
            if (read == null || read.getPublicKey() == null) {
                throw refused;
            }
            return PartnerCertificate.of(read);
        } catch (CertificateException | RuntimeException e) {
            refused.addSuppressed(e);
            throw refused;
        }
    }

    /**
     * The first certificate of a file.
     *
     * @throws IOException if the file cannot be read
     * @throws MalformedCertificateException if it holds no certificate, or its first cannot be read
     */
    public static PartnerCertificate first(Path file) throws IOException, MalformedCertificateException {
        byte[] bytes = TrustFiles.bytes(file);
        if (!TrustFiles.isPem(bytes)) {
            return parse(bytes);
        }
        List<String> others = new ArrayList<>();
        for (TrustFiles.Block block : TrustFiles.blocks(bytes)) {
            if (isCertificate(block)) {
                return parse(block.der());
            }
            others.add(block.label());
        }
        throw new MalformedCertificateException("expected a certificate, found PEM with " + others);
    }

    /** The certificates of a file that can be read; others are passed over, since they are no help to any path. */
    public static List<PartnerCertificate> readable(Path file) throws IOException {
        byte[] bytes = TrustFiles.bytes(file);
        List<PartnerCertificate> readable = new ArrayList<>();
        try {
            if (!TrustFiles.isPem(bytes)) {
                return List.of(parse(bytes));
            }
            for (TrustFiles.Block block : TrustFiles.blocks(bytes)) {
                if (isCertificate(block)) {
                    addReadable(block, readable);
                }
            }
        } catch (MalformedCertificateException e) {
            // No certificate, or PEM that breaks off: what came before counts.
            return readable;
        }
        return readable;
    }

    private static void addReadable(TrustFiles.Block block, List<PartnerCertificate> readable) {
        try {
            readable.add(parse(block.der()));
        } catch (MalformedCertificateException e) {
            // Not this one; the next block may be.
            return;
        }
    }

    private static boolean isCertificate(TrustFiles.Block block) {
        return block.label().equals("CERTIFICATE") || block.label().equals("X509 CERTIFICATE");
    }
}
