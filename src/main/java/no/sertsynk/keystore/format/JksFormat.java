package no.sertsynk.keystore.format;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Secret;

/**
 * The JDK's own old format: numbers and strings as {@link DataOutputStream} writes them, then a digest of the password and
 * all of it. Read entry by entry and not through {@link java.security.KeyStore}, which hands out a private key only to
 * whoever knows the password of that key, and keeps no entry's date.
 */
final class JksFormat implements StoreFormat, ListedFormat<JksEntry> {
    private static final int MAGIC = 0xfeedfeed;
    private static final int VERSION = 2;
    private static final int KEY = 1;
    private static final int TRUSTED = 2;
    private static final int DIGEST_LENGTH = 20;
    private static final int HEADER_LENGTH = 12;
    private static final String X509 = "X.509";

    private final Secret password;

    JksFormat(Secret password) {
        this.password = password;
    }

    @Override
    public StoreImage absent() {
        return new ListedImage<>(false, List.of(), this);
    }

    @Override
    public StoreImage parse(byte[] file) throws KeystoreException {
        FileKind.require(FileKind.JKS, "JKS", file);
        int end = file.length - DIGEST_LENGTH;
        if (end < HEADER_LENGTH) {
            throw damaged("it ends too early");
        }
        if (!MessageDigest.isEqual(digest(file, end), Arrays.copyOfRange(file, end, file.length))) {
            throw new KeystoreException(
                    "the password is wrong (or the file is damaged): check the file that passwordFile names");
        }
        try {
            return new ListedImage<>(true, entries(file, end), this);
        } catch (IOException e) {
            throw damaged(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private static KeystoreException damaged(String finding) {
        return new KeystoreException("expected a JKS file, found one that is damaged (" + finding + "): restore it");
    }

    private static List<JksEntry> entries(byte[] file, int end) throws IOException {
        ByteArrayInputStream bytes = new ByteArrayInputStream(file, 0, end);
        DataInputStream in = new DataInputStream(bytes);
        in.readInt();
        int version = in.readInt();
        if (version != VERSION) {
            throw new IOException("version " + version);
        }
        int count = in.readInt();
        List<JksEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int start = end - bytes.available();
            int tag = in.readInt();
            String alias = in.readUTF();
            in.readLong();
            Optional<ByteBuffer> trusted = Optional.empty();
            if (tag == KEY) {
                block(in, bytes);
                int chain = in.readInt();
                for (int j = 0; j < chain; j++) {
                    certificate(in, bytes);
                }
            } else if (tag == TRUSTED) {
                trusted = certificate(in, bytes);
            } else {
                throw new IOException("an entry of the kind " + tag);
            }
            ByteBuffer encoded = ByteBuffer.wrap(file, start, end - bytes.available() - start)
                    .slice();
            entries.add(new JksEntry(alias, tag == KEY, trusted, encoded));
        }
        if (bytes.available() != 0) {
            throw new IOException(bytes.available() + " bytes behind the last entry");
        }
        return entries;
    }

    private static Optional<ByteBuffer> certificate(DataInputStream in, ByteArrayInputStream bytes) throws IOException {
        String type = in.readUTF();
        byte[] der = block(in, bytes);
        return type.equals(X509) ? Optional.of(ByteBuffer.wrap(der)) : Optional.empty();
    }

    private static byte[] block(DataInputStream in, ByteArrayInputStream bytes) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > bytes.available()) {
            throw new IOException("a length of " + length);
        }
        return in.readNBytes(length);
    }

    @Override
    public JksEntry trusted(String alias, PartnerCertificate certificate) {
        byte[] der = certificate.der();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(TRUSTED);
            out.writeUTF(alias);
            out.writeLong(certificate.notBefore().toEpochMilli());
            out.writeUTF(X509);
            out.writeInt(der.length);
            out.write(der);
        } catch (IOException e) {
            throw new IllegalStateException("writing into memory does not fail", e);
        }
        return new JksEntry(alias, false, Optional.of(ByteBuffer.wrap(der)), ByteBuffer.wrap(bytes.toByteArray()));
    }

    @Override
    public byte[] encode(List<JksEntry> entries) {
        int length = HEADER_LENGTH + DIGEST_LENGTH;
        for (JksEntry entry : entries) {
            length += entry.encoded().remaining();
        }
        ByteBuffer file = ByteBuffer.allocate(length);
        file.putInt(MAGIC).putInt(VERSION).putInt(entries.size());
        entries.forEach(entry -> file.put(entry.encoded().duplicate()));
        return file.put(digest(file.array(), file.position())).array();
    }

    /** SHA-1 of the password's characters, some well-known words and the file so far. */
    private byte[] digest(byte[] file, int end) {
        char[] characters = password.reveal();
        byte[] secret = new byte[2 * characters.length];
        ByteBuffer.wrap(secret).asCharBuffer().put(characters);
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(secret);
            digest.update("Mighty Aphrodite".getBytes(StandardCharsets.UTF_8));
            digest.update(file, 0, end);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        } finally {
            Arrays.fill(characters, ' ');
            Arrays.fill(secret, (byte) 0);
        }
    }
}
