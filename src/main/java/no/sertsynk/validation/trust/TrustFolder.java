package no.sertsynk.validation.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.validation.TrustFiles;
import no.sertsynk.validation.profile.SubjectReader;

/** A folder that certificates of authorities are put into, each in a file of its own. */
public final class TrustFolder {
    private static final Set<PosixFilePermission> READABLE_BY_ALL = PosixFilePermissions.fromString("rw-r--r--");
    private static final FileAttribute<?> FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));
    private static final int DIGEST_DIGITS = 8;

    private final Path folder;

    private TrustFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * The folder, made if it is not there.
     *
     * @throws IOException if it cannot be made, or somebody else could change what is in it; the message says what to do
     */
    public static TrustFolder open(Path folder, TrustedOwners owners) throws IOException {
        if (!Files.exists(folder)) {
            Files.createDirectories(folder, FOLDER);
        }
        Optional<String> objection = owners.objection(folder);
        if (objection.isPresent()) {
            throw new IOException(objection.get());
        }
        return new TrustFolder(folder);
    }

    /**
     * Puts the certificate in as PEM, whole or not at all. One that is there under its name already stays.
     *
     * @return the file
     */
    public Path put(PartnerCertificate certificate) throws IOException {
        Path file = folder.resolve(fileName(certificate));
        if (Files.exists(file) && !holds(file, certificate)) {
            throw new IOException("expected no file " + file + ", found one with something else in it; move it away");
        }
        Path temporary = folder.resolve("." + file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        try {
            write(temporary, pem(certificate));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
        return file;
    }

    private static boolean holds(Path file, PartnerCertificate certificate) throws IOException {
        try {
            return TrustFiles.readFile(file).contains(certificate);
        } catch (MalformedCertificateException e) {
            return false;
        }
    }

    private void write(Path file, byte[] content) throws IOException {
        try (FileChannel out =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
            out.force(true);
        }
        adopt(file);
        Files.setPosixFilePermissions(file, READABLE_BY_ALL);
    }

    private static FileAttribute<?> ownerOnly() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    }

    /** Run as root on another's folder, what is made belongs to the folder's owner. */
    private void adopt(Path file) throws IOException {
        if ((Integer) Files.getAttribute(file, "unix:uid") == 0) {
            for (String attribute : Arrays.asList("unix:gid", "unix:uid")) {
                Files.setAttribute(file, attribute, Files.getAttribute(folder, attribute), LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    /** The subject's name as plain letters, and the beginning of the digest, so that no two share a file. */
    static String fileName(PartnerCertificate certificate) {
        String name = SubjectReader.read(certificate.x509().getSubjectX500Principal())
                .commonName()
                .toLowerCase(Locale.ROOT)
                .replace("æ", "ae")
                .replace("ø", "o");
        String plain = Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        String digest = certificate.sha256().hex().substring(0, DIGEST_DIGITS);
        String readable = plain.isEmpty() ? "authority" : plain.substring(0, Math.min(plain.length(), 80));
        return readable + "-" + digest + ".pem";
    }

    private static byte[] pem(PartnerCertificate certificate) {
        return ("-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.der())
                        + "\n-----END CERTIFICATE-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
