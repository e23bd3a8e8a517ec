package no.sertsynk.app.doctor;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether there is room where sertsynk writes, on a file system that it can rely on. */
public final class RoomCheck implements Check {
    private static final long MEGABYTE = 1024L * 1024;
    private static final long TOO_LITTLE = 10 * MEGABYTE;
    private static final long LITTLE = 100 * MEGABYTE;

    private final Path state;
    private final List<Path> keystores;

    public RoomCheck(Path state, List<Path> keystores) {
        this.state = state;
        this.keystores = List.copyOf(keystores);
    }

    /** What a file system says of itself. */
    record Room(long usable, boolean readOnly, String type) {}

    @Override
    public String topic() {
        return "state";
    }

    @Override
    public List<Finding> look() throws IOException {
        List<Finding> findings = new ArrayList<>(findings(state, room(state), true));
        for (Path keystore : keystores) {
            findings.addAll(findings(keystore, room(keystore), false));
        }
        List<Finding> bad = findings.stream()
                .filter(found -> !(found instanceof Finding.Ok))
                .distinct()
                .toList();
        return bad.isEmpty() ? List.of(findings.getFirst()) : bad;
    }

    private static Room room(Path path) throws IOException {
        FileStore store = Files.getFileStore(Way.existing(path));
        return new Room(store.getUsableSpace(), store.isReadOnly(), store.type());
    }

    /**
     * What that means. Pure.
     *
     * @param database whether SQLite's files lie there
     */
    static List<Finding> findings(Path path, Room room, boolean database) {
        List<Finding> findings = new ArrayList<>();
        long megabytes = room.usable() / MEGABYTE;
        String more = "make room there; old generations below the state folder may go if they are not wanted";
        if (room.readOnly()) {
            findings.add(new Finding.Error(
                    Sentence.of("the file system of {0} can only be read", path),
                    "mount it for writing, or name it in the unit with ReadWritePaths="));
        } else if (room.usable() < TOO_LITTLE) {
            findings.add(
                    new Finding.Error(Sentence.of("the disk of {0} is full: {1} MB are free", path, megabytes), more));
        } else if (room.usable() < LITTLE) {
            findings.add(new Finding.Warning(
                    Sentence.of("the disk of {0} is nearly full: {1} MB are free", path, megabytes), more));
        }
        String type = room.type().toLowerCase(Locale.ROOT);
        if (database && (type.startsWith("nfs") || type.startsWith("cifs") || type.startsWith("smb"))) {
            findings.add(new Finding.Warning(
                    Sentence.of(
                            "the state folder {0} lies on a network file system ({1}), whose locks cannot be relied on",
                            path, type),
                    "put it on a disk of this host"));
        }
        if (findings.isEmpty()) {
            findings.add(new Finding.Ok(Sentence.of("there is room for the state: {0} MB are free", megabytes)));
        }
        return findings;
    }
}
