package no.sertsynk.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import no.sertsynk.keystore.file.FileOperations;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file is whole whatever fails when, and the next run goes on from there. */
class KeystoreFaultTest {
    private static final KeystoreChange FIRST = Stores.put("her-1-encryption", TestCertificates.number(1));
    private static final KeystoreChange SECOND = Stores.put("her-2-encryption", TestCertificates.number(2));

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("dit.p12");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyStepThatFails_leavesAWholeFileAndANextRunThatCompletes(boolean exists) throws Exception {
        for (int failing = 0; ; failing++) {
            int step = failing;
            TroubledFiles files = new TroubledFiles((name, number) -> {
                if (number == step) {
                    throw new IOException("No space left on device");
                }
            });
            checkOnce(exists, files);
            if (files.steps() <= failing) {
                return;
            }
        }
    }

    /** As if the process died: nothing can be tidied up after the first failure. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyStepThatIsTheLast_leavesAWholeFileAndANextRunThatCompletes(boolean exists) throws Exception {
        for (int failing = 0; ; failing++) {
            int step = failing;
            TroubledFiles files = new TroubledFiles((name, number) -> {
                if (number >= step) {
                    throw new IOException("dead");
                }
            });
            checkOnce(exists, files);
            if (files.steps() <= failing) {
                return;
            }
        }
    }

    private void checkOnce(boolean exists, FileOperations files) throws Exception {
        Files.deleteIfExists(file);
        if (exists) {
            Stores.replace(Stores.pkcs12(file), FIRST);
        }
        byte[] before = exists ? Files.readAllBytes(file) : new byte[0];

        boolean failed = false;
        try (Keystore keystore = Keystores.open(Stores.pkcs12(file), files)) {
            keystore.replace(SECOND);
        } catch (KeystoreException e) {
            failed = true;
        }

        boolean isNew = Files.exists(file) && !Arrays.equals(Files.readAllBytes(file), before);
        assertThat(failed || isNew).isTrue();
        if (isNew) {
            assertThat(Stores.load(file).size()).isEqualTo(exists ? 2 : 1);
        } else {
            assertThat(Files.exists(file)).isEqualTo(exists);
        }
        Stores.replace(Stores.pkcs12(file), SECOND);
        assertThat(Stores.load(file).size()).isEqualTo(exists ? 2 : 1);
        assertThat(Stores.names(folder)).containsExactly("dit.p12", "dit.p12.lock");
    }

    @Test
    void leftovers_areRemovedOnlyIfTheyAreClearlyOurs() throws Exception {
        Path ours = folder.resolve("dit.p12.sertsynk-0123456789abcdef.tmp");
        String[] others = {
            "dit.p12.sertsynk-0123456789abcdeg.tmp",
            "dit.p12.sertsynk-0123456789abcdef.tmp.bak",
            "dit.p12.sertsynk-0123.tmp",
            "other.p12.sertsynk-0123456789abcdef.tmp",
            "dit.p12.bak"
        };
        Files.writeString(ours, "half");
        for (String other : others) {
            Files.writeString(folder.resolve(other), "somebody's");
        }

        Keystores.open(Stores.pkcs12(file)).close();

        assertThat(ours).doesNotExist();
        assertThat(Stores.names(folder)).contains(others);
    }

    @Test
    void reading_leavesNothingBehind() throws Exception {
        assertThat(Keystores.read(Stores.pkcs12(file))).isEqualTo(new KeystoreContents(false, Map.of(), Set.of()));

        assertThat(Stores.names(folder)).isEmpty();
    }

    @Test
    void anotherProgramsWriteInTheVeryMoment_isMerged() throws Exception {
        Stores.replace(Stores.pkcs12(file), FIRST);
        TroubledFiles files = new TroubledFiles((name, number) -> {
            if (name.equals("sync") && !Stores.aliases(file).contains("foreign")) {
                addForeign("foreign");
            }
        });

        try (Keystore keystore = Keystores.open(Stores.pkcs12(file), files)) {
            assertThat(keystore.replace(SECOND)).isTrue();
            assertThat(keystore.contents().certificates()).hasSize(3);
        }

        assertThat(Stores.aliases(file)).containsExactlyInAnyOrder("her-1-encryption", "her-2-encryption", "foreign");
    }

    @Test
    void anotherProgramThatPutsItsOwnFileBack_isMergedToo() throws Exception {
        Stores.replace(Stores.pkcs12(file), FIRST);
        byte[] earlier = Files.readAllBytes(file);
        TroubledFiles files = new TroubledFiles((name, number) -> {
            if (name.equals("syncFolder") && number < 8) {
                Files.write(file, earlier);
            }
        });

        try (Keystore keystore = Keystores.open(Stores.pkcs12(file), files)) {
            assertThat(keystore.replace(SECOND)).isTrue();
        }

        assertThat(Stores.aliases(file)).containsExactlyInAnyOrder("her-1-encryption", "her-2-encryption");
    }

    @Test
    void anotherProgramThatNeverRests_isToldAfterSomeTries() throws Exception {
        Stores.replace(Stores.pkcs12(file), FIRST);
        TroubledFiles files = new TroubledFiles((name, number) -> {
            if (name.equals("sync")) {
                addForeign("foreign-" + number);
            }
        });

        try (Keystore keystore = Keystores.open(Stores.pkcs12(file), files)) {
            assertThatExceptionOfType(KeystoreException.class)
                    .isThrownBy(() -> keystore.replace(SECOND))
                    .withMessageContaining("another program changes the file again and again");
        }

        assertThat(Stores.aliases(file)).hasSize(6).doesNotContain("her-2-encryption");
    }

    @Test
    void anotherProgramsPrivateKeyInTheVeryMoment_isAConflict() throws Exception {
        Stores.replace(Stores.pkcs12(file), FIRST);
        TroubledFiles files = new TroubledFiles((name, number) -> {
            if (name.equals("sync")) {
                change(store -> Stores.addKey(store, "her-2-encryption", Stores.PASSWORD));
            }
        });

        try (Keystore keystore = Keystores.open(Stores.pkcs12(file), files)) {
            assertThatExceptionOfType(KeystoreException.class)
                    .isThrownBy(() -> keystore.replace(SECOND))
                    .withMessageContaining("private key");
        }

        assertThat(Stores.load(file).isKeyEntry("her-2-encryption")).isTrue();
    }

    @Test
    void causes_areToldWithWhatToDo() throws Exception {
        told("Device or resource busy", "mount its folder " + folder + " instead");
        told("No space left on device", "is full: make room");
        told("Disk quota exceeded", "quota");
        told("Read-only file system", "read-only file system: mount it writable");
        told("Operation not permitted", "sudo");
    }

    private void told(String reason, String message) throws Exception {
        TroubledFiles files = new TroubledFiles((name, number) -> {
            if (Set.of("link", "move").contains(name)) {
                throw new FileSystemException(file.toString(), null, reason);
            }
        });
        try (Keystore keystore = Keystores.open(Stores.pkcs12(file), files)) {
            assertThatExceptionOfType(KeystoreException.class)
                    .isThrownBy(() -> keystore.replace(SECOND))
                    .withMessageContaining(message);
        }
        assertThat(Stores.names(folder)).containsExactly("dit.p12.lock");
    }

    private interface StoreChange {
        void apply(KeyStore store) throws GeneralSecurityException;
    }

    private void addForeign(String alias) {
        change(store -> store.setCertificateEntry(alias, TestCertificates.x509(50, "CN=Foreign")));
    }

    private void change(StoreChange change) {
        try {
            KeyStore store = Stores.load(file);
            change.apply(store);
            Stores.store(store, file);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
