package no.sertsynk.validation.revocation;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import no.sertsynk.model.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cache in a folder: for each address {@code NAME.crl}, the list as it came, and {@code NAME.index}, its compact form,
 * where NAME is the digest of the address; answers as {@code NAME.ocsp}. Files are replaced whole. What does not pass its
 * digest, or cannot be read, is as if it were not there.
 */
public final class RevocationFolder implements RevocationCache {
    private static final Logger LOG = LoggerFactory.getLogger(RevocationFolder.class);

    private final Path folder;
    private final Ownership ownership;
    private final boolean writable;

    private RevocationFolder(Path folder, Ownership ownership, boolean writable) {
        this.folder = folder;
        this.ownership = ownership;
        this.writable = writable;
    }

    /** Gives a file that was just made to whom it should belong. */
    @FunctionalInterface
    public interface Ownership {
        void adopt(Path file) throws IOException;
    }

    /** A folder to read and write; made when the first list is kept. */
    public static RevocationFolder open(Path folder, Ownership ownership) {
        return new RevocationFolder(folder, ownership, true);
    }

    /** A folder to read alone, as a dry run does. */
    public static RevocationFolder readOnly(Path folder) {
        return new RevocationFolder(folder, file -> {}, false);
    }

    private static String name(URI address) {
        return Sha256.of(address.toString().getBytes(StandardCharsets.UTF_8)).hex();
    }

    @Override
    public Optional<KnownList> list(URI address) {
        return read(name(address)).filter(list -> list.origin().source().equals(address.toString()));
    }

    private Optional<KnownList> read(String name) {
        Path der = folder.resolve(name + ".crl");
        try {
            Path index = folder.resolve(name + ".index");
            if (Files.size(index) > CrlReader.MAX_BYTES || !Files.exists(der)) {
                return Optional.empty();
            }
            KnownList list = CrlIndex.decode(Files.readAllBytes(index), () -> new byte[0]);
            return Optional.of(withDer(list, der));
        } catch (IOException | IllegalArgumentException e) {
            // Absent, unreadable or damaged: in each case its source is asked anew, which sets it right.
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
        Path file = folder.resolve(name(address) + ".crl");
        boolean kept = (der.isEmpty() || write(file, der.get()))
                && write(folder.resolve(name(address) + ".index"), CrlIndex.encode(list));
        return kept ? withDer(list, file) : list;
    }

    @Override
    public List<KnownList> lists() {
        List<KnownList> lists = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(".index")) {
                    read(name.substring(0, name.length() - ".index".length())).ifPresent(lists::add);
                }
            }
        } catch (IOException e) {
            // No folder yet, or none that can be read: nothing is kept.
            return List.of();
        }
        return lists;
    }

    /** What is kept of an issuer's list: until when it is the newest, and how large it is. */
    public record Kept(X500Principal issuer, Optional<Instant> nextUpdate, long bytes) {}

    /** Every list that is kept, without what it lists. */
    public List<Kept> kept() {
        List<Kept> kept = new ArrayList<>();
        for (KnownList list : lists()) {
            Path file = folder.resolve(name(URI.create(list.origin().source())) + ".crl");
            try {
                kept.add(new Kept(list.header().issuer(), list.header().nextUpdate(), Files.size(file)));
            } catch (IOException e) {
                // Gone since it was listed.
                continue;
            }
        }
        return kept;
    }

    @Override
    public Optional<byte[]> answer(String name) {
        Path file = folder.resolve(name + ".ocsp");
        try {
            return Files.size(file) > OcspExchange.MAX_BYTES ? Optional.empty() : Optional.of(Files.readAllBytes(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void keepAnswer(String name, byte[] der) {
        write(folder.resolve(name + ".ocsp"), der);
    }

    private boolean write(Path file, byte[] bytes) {
        if (!writable) {
            return false;
        }
        try {
            replace(file, bytes);
            return true;
        } catch (IOException e) {
            LOG.warn("revocation_not_kept file={} found={}", file, e.toString());
            return false;
        }
    }

    private void replace(Path file, byte[] bytes) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
            ownership.adopt(folder);
        }
        // One run writes at a time, so the name is free but for what a run left that was cut off.
        Path made = folder.resolve(file.getFileName() + ".new");
        Files.deleteIfExists(made);
        Files.createFile(made, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
        try {
            Files.write(made, bytes);
            ownership.adopt(made);
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(made);
        }
    }
}
