package no.sertsynk.service.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files; the test itself says when they are looked at. */
class FileWatchTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final AtomicInteger told = new AtomicInteger();
    private final Set<Path> named = new LinkedHashSet<>();

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("parties.yaml");
        Files.writeString(file, "one");
        named.add(file);
    }

    private FileWatch watch() {
        return new FileWatch(() -> Set.copyOf(named), told::incrementAndGet);
    }

    private static void look(FileWatch watch, int times) {
        for (int i = 0; i < times; i++) {
            watch.look();
        }
    }

    @Test
    void nothingChanged_nothingIsTold() {
        look(watch(), 5);

        assertThat(told).hasValue(0);
    }

    @Test
    void change_isToldOnceItIsStill() throws Exception {
        FileWatch watch = watch();
        Files.writeString(file, " and two", StandardOpenOption.APPEND);
        watch.look();
        Files.writeString(file, " and three", StandardOpenOption.APPEND);
        watch.look();
        assertThat(told).as("while it is being written").hasValue(0);
        watch.look();
        assertThat(told).hasValue(1);
        look(watch, 3);

        assertThat(told).hasValue(1);
    }

    @Test
    void fileMovedIntoPlace_isAChangeThoughItIsAsLong() throws Exception {
        FileWatch watch = watch();
        Path other = folder.resolve("new");
        Files.writeString(other, "two");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        look(watch, 2);

        assertThat(told).hasValue(1);
    }

    @Test
    void fileThatGoesAndComesBack_isToldEachTime() throws Exception {
        FileWatch watch = watch();
        Files.delete(file);
        look(watch, 2);
        assertThat(told).hasValue(1);
        Files.writeString(file, "again");
        look(watch, 2);

        assertThat(told).hasValue(2);
    }

    @Test
    void changeThatIsTakenBack_isNotTold() throws Exception {
        FileWatch watch = watch();
        Path other = folder.resolve("aside");
        Files.move(file, other);
        watch.look();
        Files.move(other, file);
        look(watch, 3);

        assertThat(told).hasValue(0);
    }

    @Test
    void filesThatAChangeNames_areWatchedFromThenOn() throws Exception {
        FileWatch watch = watch();
        Path certificate = folder.resolve("a.pem");
        named.add(certificate);
        Files.writeString(file, "names a.pem");
        look(watch, 2);
        Files.writeString(certificate, "pem");
        look(watch, 2);

        assertThat(told).hasValue(2);
    }
}
