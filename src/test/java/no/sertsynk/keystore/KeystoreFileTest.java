package no.sertsynk.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import no.sertsynk.model.PartnerCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keystores in folders of all kinds. PEM, since the format makes no difference here. */
class KeystoreFileTest {
    private static final int SOMEBODY = 65534;
    private static final KeystoreChange ADD = Stores.put("her-1-encryption", TestCertificates.number(1));

    @TempDir
    Path folder;

    @Test
    void newFile_isForOwnerAndGroup() throws Exception {
        Path file = folder.resolve("dit.pem");
        Stores.replace(Stores.pem(file), ADD);

        assertThat(permissions(file)).isEqualTo("rw-r-----");
        assertThat(permissions(folder.resolve("dit.pem.lock"))).isEqualTo("rw-r-----");
    }

    @Test
    void mode_survives() throws Exception {
        Path file = Files.createFile(folder.resolve("dit.pem"));
        for (String mode : List.of("rw-------", "r--r--r--", "rw-rw-rw-")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            Stores.replace(Stores.pem(file), Stores.put("her-1-encryption", TestCertificates.number(mode.hashCode())));
            assertThat(permissions(file)).isEqualTo(mode);
        }
    }

    @Test
    void ownerAndGroup_survive() throws Exception {
        assumeRoot();
        Path file = Files.createFile(folder.resolve("dit.pem"));
        Files.setAttribute(file, "unix:uid", 4711);
        Files.setAttribute(file, "unix:gid", 4712);

        Stores.replace(Stores.pem(file), ADD);

        assertThat(Files.readAttributes(file, "unix:uid,gid")).isEqualTo(Map.of("uid", 4711, "gid", 4712));
    }

    @Test
    void newFileByRoot_belongsToTheFoldersOwner() throws Exception {
        assumeRoot();
        Files.setAttribute(folder, "unix:uid", SOMEBODY);
        Files.setAttribute(folder, "unix:gid", SOMEBODY);
        Path file = folder.resolve("dit.pem");

        Stores.replace(Stores.pem(file), ADD);

        Map<String, Object> somebodys = Map.of("uid", SOMEBODY, "gid", SOMEBODY);
        assertThat(Files.readAttributes(file, "unix:uid,gid")).isEqualTo(somebodys);
        assertThat(Files.readAttributes(folder.resolve("dit.pem.lock"), "unix:uid,gid"))
                .isEqualTo(somebodys);
        assertThat(asSomebody(file, 2)).isEqualTo("changed");
        assertThat(Keystores.read(Stores.pem(file)).certificates()).hasSize(2);
    }

    @Test
    void folderOfAnotherUser_isToldAsSuch() throws Exception {
        assumeRoot();
        Path file = folder.resolve("dit.pem");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(asSomebody(file, 1)).contains("permission denied", "belongs to user root", "sudo");
        assertThat(Stores.names(folder)).doesNotContain("dit.pem", "dit.pem.lock");
    }

    @Test
    void fileOfAnotherUser_isRefusedWhereItsOwnerCannotBeKept() throws Exception {
        assumeRoot();
        Path file = folder.resolve("dit.pem");
        Stores.replace(Stores.pem(file), ADD);
        byte[] before = Files.readAllBytes(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Files.delete(folder.resolve("dit.pem.lock"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(asSomebody(file, 2)).contains("keep owner, group and mode", "CAP_CHOWN");
        assertThat(file).hasBinaryContent(before);
        assertThat(Stores.names(folder))
                .filteredOn(name -> name.endsWith(".tmp"))
                .isEmpty();
    }

    /** A run of another user, in a process of its own. */
    private String asSomebody(Path file, int serial) throws Exception {
        assumeTrue(Command.has("setpriv", "--version"), "skipped: no setpriv here");
        Path certificate = Files.createTempFile("sertsynk-test", ".der");
        try {
            PartnerCertificate made = TestCertificates.number(serial);
            Files.write(certificate, made.der());
            for (Path readable : List.of(certificate, folder)) {
                Set<PosixFilePermission> more = new HashSet<>(Files.getPosixFilePermissions(readable));
                more.addAll(PosixFilePermissions.fromString("r-xr-xr-x"));
                Files.setPosixFilePermissions(readable, more);
            }
            List<String> line = new ArrayList<>(List.of(
                    "setpriv",
                    "--reuid=" + SOMEBODY,
                    "--regid=" + SOMEBODY,
                    "--clear-groups",
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    "target/classes:target/test-classes",
                    ReplaceOnce.class.getName(),
                    file.toString(),
                    certificate.toString()));
            Command command = Command.run(line);
            assumeTrue(command.exitCode() == 0, () -> "skipped: another user cannot run this: " + command.output());
            return command.output().strip();
        } finally {
            Files.delete(certificate);
        }
    }

    @Test
    void symbolicLinks_areFollowedAndStay() throws Exception {
        Path real = Files.createDirectory(folder.resolve("real")).resolve("real.pem");
        Path link = Files.createSymbolicLink(folder.resolve("dit.pem"), Path.of("middle.pem"));
        Files.createSymbolicLink(folder.resolve("middle.pem"), Path.of("real/real.pem"));

        Stores.replace(Stores.pem(link), ADD);
        Stores.replace(Stores.pem(link), Stores.put("her-2-encryption", TestCertificates.number(2)));

        assertThat(link).isSymbolicLink();
        assertThat(Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(Keystores.read(Stores.pem(real)).certificates()).hasSize(2);
        assertThat(Stores.names(folder)).containsExactly("dit.pem", "middle.pem", "real");
        assertThat(Stores.names(folder.resolve("real"))).containsExactly("real.pem", "real.pem.lock");
    }

    @Test
    void whatIsNoFile_isToldAsSuch() throws Exception {
        Path loop = Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));

        refused(folder, "found the folder");
        refused(folder.resolve("missing/dit.pem"), "does not exist: create it");
        refused(loop, "lead in a circle");
        if (Command.has("mkfifo", folder.resolve("pipe").toString())) {
            refused(folder.resolve("pipe"), "device, pipe or socket");
        }
        refused(Path.of("/dev/null"), "device, pipe or socket");
        refused(Path.of("/"), "found the folder");
    }

    private static void refused(Path file, String finding) {
        assertThatExceptionOfType(KeystoreException.class)
                .isThrownBy(() -> Stores.replace(Stores.pem(file), ADD))
                .withMessageContaining(finding);
        assertThatExceptionOfType(KeystoreException.class)
                .isThrownBy(() -> Keystores.read(Stores.pem(file)))
                .withMessageContaining(finding);
    }

    @Test
    void fullDisk_leavesTheOldFile() throws Exception {
        try (Mount mount = Mount.of("-t", "tmpfs", "-o", "size=16k", "tmpfs", folder.toString())) {
            assertThat(mount).isNotNull();
            Path file = folder.resolve("dit.pem");
            Stores.replace(Stores.pem(file), ADD);
            byte[] before = Files.readAllBytes(file);
            Files.write(folder.resolve("filler"), new byte[8 * 1024]);

            assertThatExceptionOfType(KeystoreException.class)
                    .isThrownBy(() -> Stores.replace(
                            Stores.pem(file), Stores.put("her-2-encryption", TestCertificates.number(2))))
                    .withMessageContaining("is full: make room");
            assertThat(file).hasBinaryContent(before);
            assertThat(Stores.names(folder)).containsExactly("dit.pem", "dit.pem.lock", "filler");
        }
    }

    @Test
    void singleMountedFile_isToldAsSuch() throws Exception {
        Path file = folder.resolve("dit.pem");
        Stores.replace(Stores.pem(file), ADD);
        try (Mount mount = Mount.of("--bind", file.toString(), file.toString())) {
            assertThat(mount).isNotNull();
            assertThatExceptionOfType(KeystoreException.class)
                    .isThrownBy(() -> Stores.replace(
                            Stores.pem(file), Stores.put("her-2-encryption", TestCertificates.number(2))))
                    .withMessageContaining("mounted as a single file")
                    .withMessageContaining("mount its folder");
        }
        assertThat(Keystores.read(Stores.pem(file)).certificates()).hasSize(1);
        assertThat(Stores.names(folder)).containsExactly("dit.pem", "dit.pem.lock");
    }

    @Test
    void readOnlyFileSystem_isToldAsSuch() throws Exception {
        try (Mount mount = Mount.of("-t", "tmpfs", "-o", "ro", "tmpfs", folder.toString())) {
            assertThat(mount).isNotNull();
            assertThatExceptionOfType(KeystoreException.class)
                    .isThrownBy(() -> Stores.replace(Stores.pem(folder.resolve("dit.pem")), ADD))
                    .withMessageContaining("read-only file system: mount it writable");
        }
    }

    /** A mount for as long as a test takes. */
    private record Mount(String point) implements AutoCloseable {
        static Mount of(String... arguments) throws IOException {
            assumeRoot();
            List<String> line = new ArrayList<>(List.of("mount"));
            line.addAll(List.of(arguments));
            assumeTrue(Command.has(line.toArray(String[]::new)), "skipped: cannot mount here");
            return new Mount(arguments[arguments.length - 1]);
        }

        @Override
        public void close() {
            Command.run(List.of("umount", point)).succeeded();
        }
    }

    private static void assumeRoot() throws IOException {
        assumeTrue(
                Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "skipped: only root can set this up");
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
