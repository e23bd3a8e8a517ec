package no.sertsynk.validation.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedOwnersTest {
    private static final int NOBODY = 65_534;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path base;

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @SuppressWarnings("NullAway.Init")
    private TrustedOwners owners;

    @BeforeEach
    void make() throws IOException {
        folder = directory("trust", "rwxr-xr-x");
        file = Files.writeString(folder.resolve("root.pem"), "");
        mode(file, "rw-r--r--");
        owners = new TrustedOwners(Set.copyOf(List.of(0, (Integer) Files.getAttribute(base, "unix:uid"))));
    }

    private Path directory(String name, String mode) throws IOException {
        Path made = Files.createDirectory(base.resolve(name));
        mode(made, mode);
        return made;
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    @Test
    void ownFolderAndFile_areFine() throws IOException {
        assertThat(owners.objection(folder)).isEmpty();
        assertThat(owners.objection(file)).isEmpty();
        assertThat(owners.objectionInside(file)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"rwxrwxr-x, 775", "rwxr-xrwx, 757", "rwxrwxrwx, 777"})
    void folderThatOthersMayWriteTo_isRefused(String mode, String told) throws IOException {
        mode(folder, mode);

        assertThat(owners.objection(folder))
                .get()
                .asString()
                .contains("mode " + told)
                .endsWith("chmod go-w " + folder.toRealPath());
    }

    @Test
    void stickyFolder_isRefusedAsWell() throws IOException {
        Files.setAttribute(folder, "unix:mode", 01777);

        assertThat(owners.objection(folder)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw-r--", "rw-r--rw-"})
    void fileThatOthersMayWriteTo_isRefused(String mode) throws IOException {
        mode(file, mode);

        assertThat(owners.objectionInside(file)).get().asString().endsWith("chmod go-w " + file);
    }

    @Test
    void folderInOneThatOthersMayWriteTo_isRefusedUnlessThatIsSticky() throws IOException {
        Path shared = directory("shared", "rwxrwxrwx");
        Path inside = Files.createDirectory(shared.resolve("trust"));

        assertThat(owners.objection(inside)).get().asString().endsWith("chmod go-w " + shared.toRealPath());
        Files.setAttribute(shared, "unix:mode", 01777);
        assertThat(owners.objection(inside)).isEmpty();
    }

    @Test
    void anothersFile_isRefused() throws IOException {
        TrustedOwners others = new TrustedOwners(Set.of(NOBODY));

        assertThat(others.objectionInside(file))
                .get()
                .asString()
                .contains("belongs to user " + Files.getOwner(file).getName())
                .endsWith("chown root " + file);
    }

    @Test
    void link_isFollowedToWhatOthersMayWriteTo() throws IOException {
        Path open = directory("open", "rwxrwxrwx");
        Path target = Files.writeString(open.resolve("root.pem"), "");
        Path link = Files.createSymbolicLink(folder.resolve("linked.pem"), target);

        assertThat(owners.objection(link)).get().asString().endsWith("chmod go-w " + open.toRealPath());
        assertThat(owners.objectionInside(link)).isPresent();
    }

    @Test
    void linkInAFolderThatOthersMayWriteTo_isRefused() throws IOException {
        Path open = directory("open", "rwxrwxrwx");
        Path link = Files.createSymbolicLink(open.resolve("trust"), folder);

        assertThat(owners.objection(link)).isPresent();
        assertThat(owners.objection(folder)).isEmpty();
    }

    @Test
    void soundLink_isFine() throws IOException {
        Path link = Files.createSymbolicLink(base.resolve("link"), folder);

        assertThat(owners.objection(link)).isEmpty();
        assertThat(owners.objection(link.resolve("root.pem"))).isEmpty();
    }
}
