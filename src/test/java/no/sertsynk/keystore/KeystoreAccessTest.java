package no.sertsynk.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import no.sertsynk.keystore.KeystoreSpec.KeystoreType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Extended access control lists, and who may read what is kept. */
class KeystoreAccessTest {
    private static final KeystoreChange FIRST = Stores.put("her-1-encryption", TestCertificates.number(1));
    private static final KeystoreChange SECOND = Stores.put("her-2-encryption", TestCertificates.number(2));

    @TempDir
    Path folder;

    @Test
    void accessControlList_isKeptExactly() throws Exception {
        Path file = folder.resolve("dit.pem");
        Stores.replace(Stores.pem(file), FIRST);
        setfacl("-m", "u:4711:r,g:4712:rw,m:r", file);
        String before = getfacl(file);

        Stores.replace(Stores.pem(file), SECOND);

        assertThat(getfacl(file)).isEqualTo(before).contains("user:4711:r--", "group:4712:rw-", "mask::r--");
        assertThat(Keystores.read(Stores.pem(file)).certificates()).hasSize(2);
    }

    @Test
    void listForNewFiles_givesAnOldOneNothing() throws Exception {
        Path file = folder.resolve("dit.pem");
        Stores.replace(Stores.pem(file), FIRST);
        String before = getfacl(file);
        setfacl("-m", "d:u:4711:rw", folder);

        Stores.replace(Stores.pem(file), SECOND);

        assertThat(getfacl(file)).isEqualTo(before).doesNotContain("4711");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void listForNewFiles_holdsForNewOnes() throws Exception {
        setfacl("-m", "d:u:4711:r", folder);
        Path file = folder.resolve("dit.pem");

        Stores.replace(Stores.pem(file), FIRST);

        assertThat(getfacl(file)).contains("user:4711:r--", "mask::r--", "other::---");
    }

    @Test
    void listThatCannotBeKept_isRefused() throws Exception {
        Path file = folder.resolve("dit.pem");
        Stores.replace(Stores.pem(file), FIRST);
        setfacl("-m", "u:4711:r", file);
        byte[] before = Files.readAllBytes(file);
        TroubledFiles files = new TroubledFiles((name, number) -> {
            if (name.equals("setAccess")) {
                throw new IOException("its extended access control list (see getfacl) could not be copied (error 95)");
            }
        });

        try (Keystore keystore = Keystores.open(Stores.pem(file), files)) {
            assertThatExceptionOfType(KeystoreException.class)
                    .isThrownBy(() -> keystore.replace(SECOND))
                    .withMessageContaining("keep owner, group and mode of the file: its extended access control list");
        }
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void filesInAFolder_keepTheirListsToo() throws Exception {
        KeystoreSpec spec = Stores.of(KeystoreType.PEM_DIRECTORY, folder.resolve("dit"));
        Stores.replace(spec, FIRST);
        Path file = folder.resolve("dit/her-1-encryption.pem");
        setfacl("-m", "u:4711:r", file);
        String before = getfacl(file);

        Stores.replace(spec, Stores.put("her-1-encryption", TestCertificates.number(3)));

        assertThat(getfacl(file)).isEqualTo(before).contains("user:4711:r--");
    }

    @Test
    void generation_isReadableForWhoeverMayReadTheFile() throws Exception {
        Path file = folder.resolve("dit.pem");
        KeystoreSpec spec = Stores.keeping(Stores.pem(file), folder.resolve("generations/dit"), 5);
        Stores.replace(spec, FIRST, 0);
        setfacl("-m", "u:4711:r", file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));

        Stores.replace(spec, SECOND, 0);

        Path kept = folder.resolve("generations/dit/0.pem");
        assertThat(getfacl(kept)).isEqualTo(getfacl(file)).contains("user:4711:r--");
    }

    @Test
    void generationsByRoot_belongToWhomTheStateAndTheFileBelong() throws Exception {
        assumeTrue(
                Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "skipped: only root can set this up");
        Path state = Files.createDirectory(folder.resolve("state"));
        Path file = folder.resolve("dit.pem");
        KeystoreSpec spec = Stores.keeping(Stores.pem(file), state.resolve("generations/dit"), 5);
        Stores.replace(spec, FIRST, 0);
        for (Path each : List.of(state, file)) {
            Files.setAttribute(each, "unix:uid", each.equals(state) ? 4711 : 4713);
            Files.setAttribute(each, "unix:gid", 4712);
        }

        Stores.replace(spec, SECOND, 0);

        for (String made : List.of("generations", "generations/dit")) {
            assertThat(Files.readAttributes(state.resolve(made), "unix:uid,gid"))
                    .isEqualTo(Map.of("uid", 4711, "gid", 4712));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve(made))))
                    .isEqualTo("rwxr-x---");
        }
        assertThat(Files.readAttributes(state.resolve("generations/dit/0.pem"), "unix:uid,gid"))
                .isEqualTo(Map.of("uid", 4713, "gid", 4712));
    }

    @Test
    void generationsElsewhere_needNoCommonFileSystem() throws Exception {
        Path memory = Path.of("/dev/shm");
        assumeTrue(
                Files.isWritable(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(folder)),
                "skipped: no other file system here");
        Path state = Files.createTempDirectory(memory, "sertsynk-test");
        Path file = folder.resolve("dit.pem");
        KeystoreSpec spec = Stores.keeping(Stores.pem(file), state.resolve("dit"), 5);
        try {
            Stores.replace(spec, FIRST, 0);
            Stores.replace(spec, SECOND, 1);

            assertThat(Keystores.readGeneration(spec, 1).certificates()).containsOnlyKeys("her-1-encryption");
        } finally {
            Files.deleteIfExists(state.resolve("dit/1.pem"));
            Files.deleteIfExists(state.resolve("dit"));
            Files.delete(state);
        }
    }

    private static void setfacl(String option, String entries, Path file) {
        assumeTrue(Command.has("setfacl", "--version"), "skipped: no setfacl here");
        Command set = Command.run(List.of("setfacl", option, entries, file.toString()));
        assumeTrue(set.exitCode() == 0, () -> "skipped: no access control lists here: " + set.output());
    }

    private static String getfacl(Path file) {
        assumeTrue(Command.has("getfacl", "--version"), "skipped: no getfacl here");
        return Command.run(List.of("getfacl", "--omit-header", "--numeric", "--absolute-names", file.toString()))
                .succeeded();
    }
}
