package no.sertsynk.validation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;

/**
 * Reads certificates as services hand them out: PEM, DER, PKCS#7 (RFC 2315, certificates alone), and ZIP with files of those
 * kinds. Everything stays in memory and nothing is ever unpacked to disk, so a name in an archive is but a name; archives that
 * try tricks with them are refused all the same, since an honest one has no reason to.
 */
public final class HandedOver {
    private static final int MOST_ENTRIES = 500;
    private static final int MOST_ENTRY_BYTES = 1024 * 1024;
    private static final int MOST_BYTES = 16 * 1024 * 1024;
    /** Certificates hardly shrink; text does by ten or twenty. */
    private static final int MOST_RATIO = 100;

    private static final int RATIO_COUNTS_FROM = 256 * 1024;
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] EMPTY_ZIP = {'P', 'K', 5, 6};
    /** signedData (RFC 2315, section 14). */
    private static final byte[] SIGNED_DATA = {6, 9, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 13, 1, 7, 2};

    private static final List<String> CERTIFICATE_NAMES =
            List.of(".pem", ".cer", ".crt", ".der", ".p7b", ".p7c", ".p7s", ".zip");

    private HandedOver() {}

    /** A file, or one in an archive. */
    public sealed interface Piece {
        /** Where it was found: the file, and behind {@code !} the name in the archive. */
        String name();

        /**
         * Certificates, at least one.
         *
         * @param isBundle whether they came in a container, which may hold those of authorities too
         */
        record Found(String name, List<PartnerCertificate> certificates, boolean isBundle) implements Piece {
            public Found {
                certificates = List.copyOf(certificates);
            }
        }

        /** What cannot be used, and why. */
        record Refused(String name, Reason reason) implements Piece {}
    }

    /**
     * What a file holds; never empty.
     *
     * @throws IOException if it cannot be read at all
     */
    public static List<Piece> read(Path file) throws IOException {
        byte[] bytes = TrustFiles.bytes(file);
        String name = file.toString();
        if (isZip(bytes)) {
            try {
                return archive(name, bytes);
            } catch (MalformedCertificateException e) {
                return List.of(new Piece.Refused(name, e.reason()));
            }
        }
        return List.of(piece(name, bytes, false));
    }

    private static Piece piece(String name, byte[] bytes, boolean inArchive) {
        try {
            boolean isBundle = isPkcs7(bytes);
            List<PartnerCertificate> found = isBundle ? pkcs7(bytes) : TrustFiles.certificates(bytes);
            if (found.isEmpty()) {
                throw new MalformedCertificateException("expected a certificate, found PEM without one");
            }
            return new Piece.Found(name, found, isBundle || inArchive);
        } catch (MalformedCertificateException e) {
            return new Piece.Refused(name, e.reason());
        }
    }

    private static boolean isZip(byte[] bytes) {
        return startsWith(bytes, 0, ZIP) || startsWith(bytes, 0, EMPTY_ZIP);
    }

    private static boolean startsWith(byte[] bytes, int from, byte[] start) {
        return bytes.length >= from + start.length
                && Arrays.equals(bytes, from, from + start.length, start, 0, start.length);
    }

    /** A sequence that begins with the type, after a length of one to five bytes; or PEM of it. */
    private static boolean isPkcs7(byte[] bytes) {
        if (TrustFiles.isPem(bytes)) {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            return text.contains("-----BEGIN PKCS7-----") || text.contains("-----BEGIN CMS-----");
        }
        if (bytes.length < 2 || bytes[0] != 0x30) {
            return false;
        }
        int lengthBytes = (bytes[1] & 0x80) == 0 ? 0 : bytes[1] & 0x7F;
        return lengthBytes <= 4 && startsWith(bytes, 2 + lengthBytes, SIGNED_DATA);
    }

    private static List<PartnerCertificate> pkcs7(byte[] bytes) throws MalformedCertificateException {
        List<PartnerCertificate> found = new ArrayList<>();
        if (!TrustFiles.isPem(bytes)) {
            return signedData(bytes);
        }
        for (TrustFiles.Block block : TrustFiles.blocks(bytes)) {
            switch (block.label()) {
                case "PKCS7", "CMS" -> found.addAll(signedData(block.der()));
                case "CERTIFICATE", "X509 CERTIFICATE" -> found.add(PartnerCertificate.parse(block.der()));
                default -> {
                    // Keys and lists are not ours to read here.
                }
            }
        }
        return found;
    }

    private static List<PartnerCertificate> signedData(byte[] der) throws MalformedCertificateException {
        List<PartnerCertificate> found = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Certificate certificate : factory.generateCertificates(new ByteArrayInputStream(der))) {
                found.add(PartnerCertificate.of((X509Certificate) certificate));
            }
        } catch (CertificateException | RuntimeException e) {
            // The JDK tells of some hostile encodings by unchecked exceptions.
            throw new MalformedCertificateException("expected PKCS#7 with certificates, found: " + e.getMessage(), e);
        }
        if (found.isEmpty()) {
            throw new MalformedCertificateException("expected PKCS#7 with certificates, found one without any");
        }
        return found;
    }

    private static List<Piece> archive(String file, byte[] bytes) throws MalformedCertificateException {
        List<Piece> pieces = new ArrayList<>();
        int entries = 0;
        long unpacked = 0;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName();
                entries++;
                if (entries > MOST_ENTRIES) {
                    throw tooMuch("at most " + MOST_ENTRIES + " files", "more");
                }
                if (isTricky(name)) {
                    throw new MalformedCertificateException("expected an archive with plain file names, found '"
                            + name.substring(0, Math.min(name.length(), 100)) + "'; ask the sender for another");
                }
                byte[] content = content(zip, unpacked, bytes.length);
                unpacked += content.length;
                if (!entry.isDirectory()) {
                    take(file + "!" + name, content, pieces);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new MalformedCertificateException(
                    "expected a ZIP archive without a password, found: " + e.getMessage(), e);
        }
        if (pieces.isEmpty()) {
            throw new MalformedCertificateException("expected a ZIP archive with certificates, found one without any");
        }
        return pieces;
    }

    /** Letters to the receiver and the like are passed over. */
    private static void take(String name, byte[] content, List<Piece> pieces) {
        if (isZip(content)) {
            pieces.add(new Piece.Refused(
                    name,
                    Reason.of(
                            ReasonCode.MALFORMED_CERTIFICATE,
                            "expected certificates, found an archive in the archive; unpack it first")));
            return;
        }
        Piece piece = piece(name, content, true);
        String lower = name.toLowerCase(Locale.ROOT);
        if (piece instanceof Piece.Found || CERTIFICATE_NAMES.stream().anyMatch(lower::endsWith)) {
            pieces.add(piece);
        }
    }

    private static byte[] content(ZipInputStream zip, long before, int packed)
            throws IOException, MalformedCertificateException {
        byte[] content = zip.readNBytes(MOST_ENTRY_BYTES + 1);
        if (content.length > MOST_ENTRY_BYTES) {
            throw tooMuch("files of at most " + MOST_ENTRY_BYTES + " bytes", "a larger one");
        }
        long all = before + content.length;
        if (all > MOST_BYTES || (all > RATIO_COUNTS_FROM && all > (long) packed * MOST_RATIO)) {
            throw tooMuch("at most " + MOST_BYTES + " bytes in all, and " + MOST_RATIO + " times the archive", "more");
        }
        return content;
    }

    private static MalformedCertificateException tooMuch(String expected, String found) {
        return new MalformedCertificateException(Reason.of(
                ReasonCode.LIMIT_EXCEEDED,
                "expected an archive with " + expected + ", found " + found + "; unpack it and hand over the files"));
    }

    private static boolean isTricky(String name) {
        return name.isEmpty()
                || name.startsWith("/")
                || name.indexOf('\\') >= 0
                || name.matches("[A-Za-z]:.*")
                || name.chars().anyMatch(Character::isISOControl)
                || Arrays.asList(name.split("/", -1)).contains("..");
    }
}
