package no.sertsynk.validation.revocation;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import no.sertsynk.model.Sha256;
import no.sertsynk.validation.fetch.Fetcher.Version;
import no.sertsynk.validation.revocation.KnownList.Origin;
import no.sertsynk.validation.revocation.KnownList.Signer;

/**
 * The form in which a {@link KnownList} outlives the process, next to its DER: what is needed to answer without parsing
 * the list or checking its signature again. A digest at the end tells whether anything in it has changed.
 */
final class CrlIndex {
    private static final int FORMAT = 0x53524C31;
    private static final int DIGEST_BYTES = 32;
    private static final int MAX_FIELD = 64 * 1024;

    private CrlIndex() {}

    static byte[] encode(KnownList list) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(FORMAT);
            CrlHeader header = list.header();
            out.writeUTF(header.sha256().hex());
            field(out, header.issuer().getEncoded());
            out.writeLong(header.thisUpdate().toEpochMilli());
            out.writeLong(header.nextUpdate().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE));
            field(out, header.number().map(BigInteger::toByteArray).orElse(new byte[0]));
            out.writeBoolean(header.plain());
            Origin origin = list.origin();
            out.writeUTF(origin.source());
            out.writeUTF(origin.version().etag().orElse(""));
            out.writeUTF(origin.version().lastModified().orElse(""));
            out.writeLong(origin.fetchedAt().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE));
            PublicKey key = list.signer().map(Signer::key).orElse(null);
            out.writeUTF(key == null ? "" : key.getAlgorithm());
            field(out, key == null ? new byte[0] : key.getEncoded());
            list.entries().write(out);
            byte[] body = bytes.toByteArray();
            out.write(digest(body, body.length));
        } catch (IOException e) {
            throw new IllegalStateException("memory can be written", e);
        }
        return bytes.toByteArray();
    }

    /** @throws IOException if it is none, or has changed since it was written */
    static KnownList decode(byte[] bytes, KnownList.Der der) throws IOException {
        int length = bytes.length - DIGEST_BYTES;
        if (length <= 0 || !Arrays.equals(digest(bytes, length), Arrays.copyOfRange(bytes, length, bytes.length))) {
            throw new IOException("expected an index whose digest is right, found " + bytes.length + " other bytes");
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, length))) {
            if (in.readInt() != FORMAT) {
                throw new IOException("expected an index of this version, found another");
            }
            Sha256 sha256 = new Sha256(in.readUTF());
            X500Principal issuer = new X500Principal(field(in));
            Instant thisUpdate = Instant.ofEpochMilli(in.readLong());
            Optional<Instant> nextUpdate = time(in.readLong());
            byte[] number = field(in);
            boolean plain = in.readBoolean();
            CrlHeader header = new CrlHeader(
                    issuer,
                    thisUpdate,
                    nextUpdate,
                    number.length == 0 ? Optional.empty() : Optional.of(new BigInteger(number)),
                    plain,
                    sha256);
            Origin origin = new Origin(
                    in.readUTF(), new Version(text(in.readUTF()), text(in.readUTF())), time(in.readLong()), true);
            Optional<Signer> signer = signer(in.readUTF(), field(in));
            return new KnownList(header, CrlEntries.read(in), signer, origin, der);
        }
    }

    private static byte[] digest(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform must have SHA-256", e);
        }
    }

    private static Optional<Signer> signer(String algorithm, byte[] encoded) throws IOException {
        if (algorithm.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Signer(KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded))));
        } catch (GeneralSecurityException e) {
            throw new IOException("expected a public key in the index, found none that can be read", e);
        }
    }

    private static Optional<Instant> time(long millis) {
        return millis == Long.MIN_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static Optional<String> text(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static void field(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] field(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MAX_FIELD) {
            throw new IOException("expected a field of at most " + MAX_FIELD + " bytes, found " + length);
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }
}
