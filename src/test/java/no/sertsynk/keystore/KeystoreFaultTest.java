package no.sertsynk.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import no.sertsynk.keystore.file.FileAccess;
import no.sertsynk.keystore.file.GenerationFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other programs, leftovers and causes of failure; what happens at each step is in {@link KeystoreStepsTest}. */
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
    void folderOfGenerationsThatAnotherKeystoreMakesInTheVeryMoment_isShared() throws Exception {
        Path shared = folder.resolve("generations");
        TroubledFiles files = new TroubledFiles((name, number) -> {
            if (name.equals("createFolder")) {
                Files.createDirectories(shared.resolve("dit"));
            }
        });
        GenerationFolder generations = new GenerationFolder(shared.resolve("dit"), 5, files);

        generations.keep("1.p12", new byte[] {1}, FileAccess.of(folder));

        assertThat(generations.find(1)).isPresent();
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
                Stores.change(file, store -> Stores.addKey(store, "her-2-encryption", Stores.PASSWORD));
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

    private void addForeign(String alias) throws IOException {
        Stores.change(file, store -> store.setCertificateEntry(alias, TestCertificates.x509(50, "CN=Foreign")));
    }
}
