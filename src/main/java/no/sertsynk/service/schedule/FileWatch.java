package no.sertsynk.service.schedule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that files have changed, by looking at them now and then. Not by the kernel's events: editors replace files,
 * folders get mounted, and a network's file system tells nothing. A change is told once the files look the same twice, so
 * that one that is still being written is not read half. Safe for threads.
 */
public final class FileWatch {
    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

    private final Supplier<Set<Path>> files;
    private final Runnable changed;
    private Set<Path> watched = Set.of();
    private Map<Path, Stamp> settled = Map.of();
    private Map<Path, Stamp> seen = Map.of();

    /** What a file looked like; the same inode, time and size are taken for the same content. */
    private record Stamp(String key, long modified, long size) {
        private static final Stamp ABSENT = new Stamp("", 0, -1);

        static Stamp of(Path file) {
            try {
                BasicFileAttributes read = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(
                        String.valueOf(read.fileKey()),
                        read.lastModifiedTime().toMillis(),
                        read.isRegularFile() ? read.size() : -1);
            } catch (IOException e) {
                return ABSENT; // what cannot be looked at is as good as away; the run tells why
            }
        }
    }

    /**
     * Begins with the files as they are.
     *
     * @param files which to look at; asked again after each change, which may have named others
     * @param changed told of changes
     */
    public FileWatch(Supplier<Set<Path>> files, Runnable changed) {
        this.files = files;
        this.changed = changed;
        begin();
    }

    /** Begins anew with the files as they are now. */
    public synchronized void begin() {
        watched = Set.copyOf(files.get());
        settled = stamps();
        seen = settled;
    }

    /** Looks once; called at regular intervals. Throws nothing, since a timer would stop for good. */
    public synchronized void look() {
        try {
            Map<Path, Stamp> now = stamps();
            boolean isStill = now.equals(seen);
            seen = now;
            if (isStill && !now.equals(settled)) {
                begin();
                changed.run();
            }
        } catch (RuntimeException e) {
            LOG.error("watch_failed", e);
        }
    }

    private Map<Path, Stamp> stamps() {
        Map<Path, Stamp> stamps = new HashMap<>();
        watched.forEach(file -> stamps.put(file, Stamp.of(file)));
        return stamps;
    }
}
