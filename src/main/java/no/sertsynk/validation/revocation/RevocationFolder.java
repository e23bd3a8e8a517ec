package no.sertsynk.validation.revocation;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import no.sertsynk.model.Sha256;
import no.sertsynk.validation.fetch.KeptFiles;

/**
 * The cache in a folder: for each address {@code NAME.crl}, the list as it came, and {@code NAME.index}, its compact form,
 * where NAME is the digest of the address; answers as {@code NAME.ocsp}. What does not pass its digest, or cannot be read,
 * is as if it were not there.
 */
public final class RevocationFolder implements RevocationCache {
    private final KeptFiles files;

    private RevocationFolder(KeptFiles files) {
        this.files = files;
    }

    /** A folder to read and write; made when the first list is kept. */
    public static RevocationFolder open(Path folder, KeptFiles.Ownership ownership) {
        return new RevocationFolder(KeptFiles.open(folder, ownership));
    }

    /** A folder to read alone, as a dry run does. */
    public static RevocationFolder readOnly(Path folder) {
        return new RevocationFolder(KeptFiles.readOnly(folder));
    }

    private static String name(URI address) {
        return Sha256.of(address.toString().getBytes(StandardCharsets.UTF_8)).hex();
    }

    @Override
    public Optional<KnownList> list(URI address) {
        return read(name(address)).filter(list -> list.origin().source().equals(address.toString()));
    }

    private Optional<KnownList> read(String name) {
        Path der = files.path(name + ".crl");
        Optional<byte[]> index = files.read(name + ".index", CrlReader.MAX_BYTES);
        if (index.isEmpty() || !Files.exists(der)) {
            return Optional.empty();
        }
        try {
            KnownList list = CrlIndex.decode(index.get(), () -> new byte[0]);
            return Optional.of(withDer(list, der));
        } catch (IOException | IllegalArgumentException e) {
            // Damaged: its source is asked anew, which sets it right.
            return Optional.empty();
        }
    }

    private static KnownList withDer(KnownList list, Path der) {
        Sha256 expected = list.header().sha256();
        return new KnownList(
                list.header(),
                list.entries(),
                list.signer(),
                list.origin(),
                () -> KnownList.verified(Files.readAllBytes(der), expected, der.toString()));
    }

    @Override
    public KnownList keep(URI address, KnownList list, Optional<byte[]> der) {
        String name = name(address);
        boolean kept = (der.isEmpty() || files.write(name + ".crl", der.get()))
                && files.write(name + ".index", CrlIndex.encode(list));
        return kept ? withDer(list, files.path(name + ".crl")) : list;
    }

    @Override
    public List<KnownList> lists() {
        return files.names(".index").stream()
                .flatMap(name -> read(name.substring(0, name.length() - ".index".length())).stream())
                .toList();
    }

    /** What is kept of an issuer's list: until when it is the newest, and how large it is. */
    public record Kept(X500Principal issuer, Optional<Instant> nextUpdate, long bytes) {}

    /** Every list that is kept, without what it lists. */
    public List<Kept> kept() {
        return lists().stream()
                .map(list -> new Kept(
                        list.header().issuer(),
                        list.header().nextUpdate(),
                        files.size(name(URI.create(list.origin().source())) + ".crl")))
                .toList();
    }

    @Override
    public Optional<byte[]> answer(String name) {
        return files.read(name + ".ocsp", OcspExchange.MAX_BYTES);
    }

    @Override
    public void keepAnswer(String name, byte[] der) {
        files.write(name + ".ocsp", der);
    }
}
