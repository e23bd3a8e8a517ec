package no.sertsynk.validation.path;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.Sha256;
import no.sertsynk.validation.fetch.KeptFiles;

/**
 * Authorities that were fetched, kept from one run to the next: for each address a file {@code NAME.issuers}, where NAME
 * is the digest of the address, with a digest of all of it at its end. What does not pass that, or cannot be read, is as
 * if it were not there. A bounded number of files of bounded size; the last written stay. They are trusted no more than
 * when they were fetched.
 */
public final class KeptIssuers {
    private static final int FORMAT = 0x53495331;
    private static final int DIGEST_BYTES = 32;
    private static final int MAX_FILE_BYTES = AiaIssuers.MAX_BYTES + 64 * 1024;
    /** Norwegian authorities have a dozen addresses. */
    private static final int MAX_FILES = 64;

    private static final String ENDING = ".issuers";

    private final Optional<KeptFiles> files;

    private KeptIssuers(Optional<KeptFiles> files) {
        this.files = files;
    }

    /** A folder to read and write; made when the first is kept. */
    public static KeptIssuers open(Path folder, KeptFiles.Ownership ownership) {
        return new KeptIssuers(Optional.of(KeptFiles.open(folder, ownership)));
    }

    /** A folder to read alone, as a dry run does. */
    public static KeptIssuers readOnly(Path folder) {
        return new KeptIssuers(Optional.of(KeptFiles.readOnly(folder)));
    }

    /** Keeps nothing. */
    public static KeptIssuers none() {
        return new KeptIssuers(Optional.empty());
    }

    /** What lay at an address then. */
    record Kept(Instant fetchedAt, List<X509Certificate> certificates) {
        static final Kept NOTHING = new Kept(Instant.MIN, List.of());

        Kept {
            certificates = List.copyOf(certificates);
        }
    }

    private static String name(URI address) {
        return Sha256.of(address.toString().getBytes(StandardCharsets.UTF_8)).hex() + ENDING;
    }

    /** What was kept last for the address; nothing also if it has been damaged. */
    Kept read(URI address) {
        try {
            Optional<byte[]> bytes = files.flatMap(folder -> folder.read(name(address), MAX_FILE_BYTES));
            return bytes.isEmpty() ? Kept.NOTHING : decode(bytes.get(), address);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // Damaged: the address is asked anew, which sets it right.
            return Kept.NOTHING;
        }
    }

    void keep(URI address, Kept kept) {
        if (files.isPresent() && files.get().write(name(address), encode(address, kept))) {
            files.get().leave(MAX_FILES, ENDING);
        }
    }

    private static byte[] encode(URI address, Kept kept) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(FORMAT);
            out.writeUTF(address.toString());
            out.writeLong(kept.fetchedAt().toEpochMilli());
            out.writeInt(kept.certificates().size());
            for (X509Certificate certificate : kept.certificates()) {
                byte[] der = certificate.getEncoded();
                out.writeInt(der.length);
                out.write(der);
            }
            byte[] body = bytes.toByteArray();
            out.write(digest(body, body.length));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("memory can be written, and what was parsed has an encoding", e);
        }
        return bytes.toByteArray();
    }

    private static Kept decode(byte[] bytes, URI address) throws IOException, GeneralSecurityException {
        int length = bytes.length - DIGEST_BYTES;
        if (length <= 0 || !Arrays.equals(digest(bytes, length), Arrays.copyOfRange(bytes, length, bytes.length))) {
            throw new IOException("expected kept issuers whose digest is right, found other bytes");
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, length))) {
            if (in.readInt() != FORMAT || !in.readUTF().equals(address.toString())) {
                throw new IOException("expected kept issuers of this version and address, found others");
            }
            Instant fetchedAt = Instant.ofEpochMilli(in.readLong());
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<X509Certificate> certificates = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                byte[] der = in.readNBytes(in.readInt());
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
            }
            return new Kept(fetchedAt, certificates);
        }
    }

    private static byte[] digest(byte[] bytes, int length) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(bytes, 0, length);
        return digest.digest();
    }
}
