package no.sertsynk.validation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;

/** Reads certificates from PEM and DER files and from folders of them. */
public final class TrustFiles {
    private static final long MAX_FILE_BYTES = 16 * 1024 * 1024;
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";

    private TrustFiles() {}

    /** A named block of a PEM file, decoded. */
    public record Block(String label, byte[] der) {}

    /**
     * All certificates of the files and folders. In a folder, files that hold none are passed over.
     *
     * @throws IOException if a path is missing, unreadable, or a named file or folder holds no certificate
     */
    public static List<PartnerCertificate> read(List<Path> paths) throws IOException {
        List<PartnerCertificate> certificates = new ArrayList<>();
        for (Path path : paths) {
            List<PartnerCertificate> found = new ArrayList<>();
            for (Path file : files(path)) {
                try {
                    found.addAll(readFile(file));
                } catch (MalformedCertificateException e) {
                    if (!Files.isDirectory(path)) {
                        throw new IOException(path + ": " + e.reason().message(), e);
                    }
                }
            }
            if (found.isEmpty()) {
                throw new IOException("expected certificates (PEM or DER) in " + path + ", found none");
            }
            certificates.addAll(found);
        }
        return certificates;
    }

    /** The files of a folder in the order of their names, or the file itself. */
    public static List<Path> files(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new IOException("expected the file or folder " + path + ", found nothing there");
        }
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> children = Files.list(path)) {
            return children.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** The certificates of one file; empty if it is PEM without any. */
    public static List<PartnerCertificate> readFile(Path file) throws IOException, MalformedCertificateException {
        return certificates(bytes(file));
    }

    /** The certificates in the bytes of a PEM or DER file; empty if it is PEM without any. */
    public static List<PartnerCertificate> certificates(byte[] bytes) throws MalformedCertificateException {
        List<PartnerCertificate> certificates = new ArrayList<>();
        if (!isPem(bytes)) {
            certificates.add(PartnerCertificate.parse(bytes));
            return certificates;
        }
        for (Block block : blocks(bytes)) {
            if (block.label().equals("CERTIFICATE") || block.label().equals("X509 CERTIFICATE")) {
                certificates.add(PartnerCertificate.parse(block.der()));
            }
        }
        return certificates;
    }

    /** The bytes of a file of bounded size. */
    public static byte[] bytes(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new IOException(
                    "expected a file of at most " + MAX_FILE_BYTES + " bytes, found a larger one: " + file);
        }
        return Files.readAllBytes(file);
    }

    /** Whether the bytes hold a PEM boundary (RFC 7468). */
    public static boolean isPem(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(BEGIN);
    }

    /** The blocks of a PEM file. */
    public static List<Block> blocks(byte[] bytes) throws MalformedCertificateException {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<Block> blocks = new ArrayList<>();
        int from = text.indexOf(BEGIN);
        while (from >= 0) {
            int labelEnd = text.indexOf("-----", from + BEGIN.length());
            String label = labelEnd < 0 ? "" : text.substring(from + BEGIN.length(), labelEnd);
            int end = labelEnd < 0 ? -1 : text.indexOf(END + label + "-----", labelEnd);
            if (end < 0) {
                throw new MalformedCertificateException("expected PEM, found a block without an end");
            }
            try {
                blocks.add(new Block(
                        label,
                        Base64.getMimeDecoder()
                                .decode(text.substring(labelEnd + 5, end).strip())));
            } catch (IllegalArgumentException e) {
                throw new MalformedCertificateException("expected base64 in PEM: " + e.getMessage(), e);
            }
            from = text.indexOf(BEGIN, end);
        }
        return blocks;
    }
}
