package no.sertsynk.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import no.sertsynk.keystore.KeystoreSpec.KeystoreType;
import no.sertsynk.model.PartnerCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every format, with trouble and with other programs at each single step of a change. */
class KeystoreStepsTest {
    private static final PartnerCertificate OLD = TestCertificates.number(1);
    private static final PartnerCertificate NEW = TestCertificates.number(2);
    private static final Map<String, PartnerCertificate> BEFORE =
            Map.of("her-1-encryption", OLD, "her-2-encryption", TestCertificates.number(3), "her-3-encryption", OLD);

    /** A promotion, an addition and a removal. */
    private static final KeystoreChange CHANGE = new KeystoreChange(
            Map.of("her-1-encryption", NEW, "her-1-encryption-1", OLD, "her-4-encryption", TestCertificates.number(4)),
            Set.of("her-3-encryption"));

    private static final Map<String, PartnerCertificate> AFTER = Map.of(
            "her-1-encryption",
            NEW,
            "her-1-encryption-1",
            OLD,
            "her-2-encryption",
            TestCertificates.number(3),
            "her-4-encryption",
            TestCertificates.number(4));

    @TempDir
    Path around;

    private Path folder;
    private Path state;

    @BeforeEach
    void folders() throws IOException {
        folder = Files.createDirectory(around.resolve("keystores"));
        state = Files.createDirectory(around.resolve("state"));
    }

    static List<Arguments> situations() {
        List<Arguments> situations = new ArrayList<>();
        for (KeystoreType type : List.of(KeystoreType.PEM, KeystoreType.PEM_DIRECTORY)) {
            for (boolean exchanges : List.of(true, false)) {
                for (boolean exists : List.of(true, false)) {
                    situations.add(arguments(type, exchanges, exists));
                }
            }
        }
        situations.add(arguments(KeystoreType.PKCS12, true, true));
        situations.add(arguments(KeystoreType.JKS, true, true));
        return situations;
    }

    @ParameterizedTest
    @MethodSource("situations")
    void everyStepThatFails_leavesOldOrNewAndANextRunThatCompletes(KeystoreType type, boolean exchanges, boolean exists)
            throws Exception {
        for (int failing = 0; ; failing++) {
            int step = failing;
            TroubledFiles files = new TroubledFiles(exchanges, (name, number) -> {
                if (number == step) {
                    throw new IOException("No space left on device");
                }
            });
            checkOnce(type, exists, files);
            if (files.steps() <= failing) {
                return;
            }
        }
    }

    /** Deriving its keys takes long, so that this format is tried in one situation alone. */
    @Test
    void everyStepOfBcfksThatIsTheLast_leavesOldOrNewAndANextRunThatCompletes() throws Exception {
        everyStepThatIsTheLast_leavesOldOrNewAndANextRunThatCompletes(KeystoreType.BCFKS, true, false);
    }

    /** As if the process died: nothing can be tidied up after the first failure. */
    @ParameterizedTest
    @MethodSource("situations")
    void everyStepThatIsTheLast_leavesOldOrNewAndANextRunThatCompletes(
            KeystoreType type, boolean exchanges, boolean exists) throws Exception {
        for (int failing = 0; ; failing++) {
            int step = failing;
            TroubledFiles files = new TroubledFiles(exchanges, (name, number) -> {
                if (number >= step) {
                    throw new IOException("dead");
                }
            });
            checkOnce(type, exists, files);
            if (files.steps() <= failing) {
                return;
            }
        }
    }

    private void checkOnce(KeystoreType type, boolean exists, TroubledFiles files) throws Exception {
        KeystoreSpec spec = anew(type, exists);
        Map<String, PartnerCertificate> before = exists ? BEFORE : Map.of();
        KeystoreChange change = exists ? CHANGE : new KeystoreChange(AFTER, Set.of());

        boolean failed = false;
        try (Keystore keystore = Keystores.open(spec, files)) {
            keystore.replace(change, 4);
        } catch (KeystoreException e) {
            failed = true;
        }

        Map<String, PartnerCertificate> found = Keystores.read(spec).certificates();
        if (type == KeystoreType.PEM_DIRECTORY) {
            found.forEach((alias, certificate) ->
                    assertThat(certificate).isIn(before.getOrDefault(alias, NEW), AFTER.getOrDefault(alias, OLD)));
            assertThat(Set.copyOf(found.values())).containsAll(exists ? Set.of(OLD) : Set.of());
        } else {
            assertThat(found).isIn(before, AFTER);
        }
        assertThat(failed || found.equals(AFTER)).isTrue();
        if (exists && !found.equals(before)) {
            assertThat(Keystores.readGeneration(spec, 4).certificates()).isEqualTo(before);
        }
        replace(spec, change, 5);
        assertThat(Keystores.read(spec)).isEqualTo(new KeystoreContents(true, AFTER, Set.of()));
        assertThat(Stores.names(folder)).containsExactly("dit", "dit.lock");
        if (type == KeystoreType.PEM_DIRECTORY) {
            assertThat(Stores.names(folder.resolve("dit"))).hasSize(2 * AFTER.size());
        }
        replace(spec, Stores.remove("her-4-encryption"), 6);
        assertThat(Stores.names(state.resolve("dit")))
                .allMatch(name -> name.matches("[456]\\..*"))
                .contains("6." + spec.type().extension());
    }

    private static void replace(KeystoreSpec spec, KeystoreChange change, int generation) throws KeystoreException {
        try (Keystore keystore = Keystores.open(spec, TroubledFiles.calm())) {
            keystore.replace(change, generation);
        }
    }

    private KeystoreSpec anew(KeystoreType type, boolean exists) throws Exception {
        delete(folder.resolve("dit"));
        delete(state.resolve("dit"));
        KeystoreSpec spec = Stores.keeping(Stores.of(type, folder.resolve("dit")), state.resolve("dit"), 5);
        if (exists) {
            replace(spec, new KeystoreChange(BEFORE, Set.of()), 0);
        }
        return spec;
    }

    private static void delete(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            for (String name : Stores.names(path)) {
                Files.delete(path.resolve(name));
            }
        }
        Files.deleteIfExists(path);
    }

    static List<Arguments> writers() {
        List<Arguments> writers = new ArrayList<>();
        for (boolean exchanges : List.of(true, false)) {
            for (boolean inPlace : List.of(true, false)) {
                writers.add(arguments(KeystoreType.PKCS12, exchanges, inPlace));
                writers.add(arguments(KeystoreType.PEM, exchanges, inPlace));
            }
            writers.add(arguments(KeystoreType.PEM_DIRECTORY, exchanges, true));
        }
        return writers;
    }

    /** With links and moves instead of exchanges there is one moment too many: before the last name is given. */
    @ParameterizedTest
    @MethodSource("writers")
    void anotherProgramsWriteBeforeAnyStep_isNeverLost(KeystoreType type, boolean exchanges, boolean inPlace)
            throws Exception {
        for (int writing = 0; ; writing++) {
            int step = writing;
            KeystoreSpec spec = anew(type, true);
            TroubledFiles files = new TroubledFiles(exchanges, (name, number) -> {
                if (number == step && !(name.equals("move") && !exchanges && !inPlace)) {
                    addForeign(spec, inPlace);
                }
            });

            try (Keystore keystore = Keystores.open(spec, files)) {
                assertThat(keystore.replace(CHANGE, 4)).as("step " + step).isTrue();
            }

            boolean written = files.steps() > writing;
            assertThat(Keystores.read(spec).certificates())
                    .as("step " + step)
                    .containsAllEntriesOf(AFTER)
                    .doesNotContainKey("her-3-encryption");
            if (written && (exchanges || inPlace)) {
                assertThat(hasForeign(spec)).as("step " + step).isTrue();
            }
            assertThat(Keystores.readGeneration(spec, 4).certificates()).containsAllEntriesOf(BEFORE);
            assertThat(Stores.names(folder)).as("step " + step).containsExactly("dit", "dit.lock");
            if (!written) {
                return;
            }
        }
    }

    @Test
    void foreignEntryThatVanishesInTheVeryMoment_staysAway() throws Exception {
        KeystoreSpec spec = anew(KeystoreType.PKCS12, true);
        addForeign(spec, false);
        boolean[] done = {false};
        TroubledFiles files = new TroubledFiles((name, number) -> {
            if (name.equals("exchange") && !done[0]) {
                done[0] = true;
                Stores.change(spec.path(), store -> store.deleteEntry("foreign"));
            }
        });

        try (Keystore keystore = Keystores.open(spec, files)) {
            assertThat(keystore.replace(CHANGE)).isTrue();
        }

        assertThat(Keystores.read(spec).certificates()).isEqualTo(AFTER);
    }

    @Test
    void fileThatVanishesInTheVeryMoment_isMadeAnew() throws Exception {
        for (String moment : List.of("sync", "exchange", "syncFolder")) {
            KeystoreSpec spec = anew(KeystoreType.PEM, true);
            boolean[] done = {false};
            TroubledFiles files = new TroubledFiles((name, number) -> {
                if (name.equals(moment) && !done[0]) {
                    done[0] = true;
                    Files.delete(spec.path());
                }
            });

            try (Keystore keystore = Keystores.open(spec, files)) {
                assertThat(keystore.replace(CHANGE)).isTrue();
            }

            assertThat(Keystores.read(spec).certificates()).containsAllEntriesOf(CHANGE.put());
        }
    }

    @Test
    void fileThatAppearsInTheVeryMoment_isMerged() throws Exception {
        KeystoreSpec spec = anew(KeystoreType.PEM, false);
        TroubledFiles files = new TroubledFiles((name, number) -> {
            if (name.equals("link") && !Files.exists(spec.path())) {
                Files.writeString(spec.path(), "foreign\n");
            }
        });

        try (Keystore keystore = Keystores.open(spec, files)) {
            assertThat(keystore.replace(Stores.put("her-1-encryption", OLD))).isTrue();
        }

        assertThat(hasForeign(spec)).isTrue();
        assertThat(Keystores.read(spec).certificates()).hasSize(1);
    }

    /** Such as keytool, which empties the file and then writes it. */
    @Test
    void programThatIsInTheMiddleOfWriting_getsItsFileBack() throws Exception {
        KeystoreSpec spec = anew(KeystoreType.PKCS12, true);
        byte[] whole = Files.readAllBytes(spec.path());
        Object inode = Files.getAttribute(spec.path(), "unix:ino");
        TroubledFiles files = new TroubledFiles((name, number) -> {
            if (name.equals("exchange") && Files.size(spec.path()) == whole.length) {
                Files.write(spec.path(), new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
            }
        });

        try (Keystore keystore = Keystores.open(spec, files)) {
            assertThatExceptionOfType(KeystoreException.class)
                    .isThrownBy(() -> keystore.replace(CHANGE))
                    .withMessageContaining("another program was writing the file in the same moment, try again");
        }

        assertThat(Files.getAttribute(spec.path(), "unix:ino")).isEqualTo(inode);
        Files.write(spec.path(), whole);
        replace(spec, CHANGE, 5);
        assertThat(Keystores.read(spec).certificates()).isEqualTo(AFTER);
    }

    @Test
    void twoOtherProgramsInTheVeryMoment_areToldAndBothKept() throws Exception {
        KeystoreSpec spec = anew(KeystoreType.PEM, true);
        int[] exchanges = {0};
        TroubledFiles files = new TroubledFiles((name, number) -> {
            if (name.equals("exchange") && exchanges[0]++ < 2) {
                Files.writeString(spec.path(), "writer " + exchanges[0] + "\n");
            }
        });

        try (Keystore keystore = Keystores.open(spec, files)) {
            assertThatExceptionOfType(KeystoreException.class)
                    .isThrownBy(() -> keystore.replace(CHANGE))
                    .withMessageContaining("two other programs wrote the file in the same moment");
        }

        assertThat(spec.path()).hasContent("writer 2\n");
        Path kept = folder.resolve(Stores.names(folder).stream()
                .filter(name -> name.endsWith(".kept"))
                .findFirst()
                .orElseThrow());
        assertThat(kept).hasContent("writer 1\n");
        Keystores.open(spec).close();
        assertThat(kept).exists();
    }

    /** In place, or a new file that takes the name. */
    private static void addForeign(KeystoreSpec spec, boolean inPlace) throws IOException {
        if (spec.type() == KeystoreType.PEM_DIRECTORY) {
            Files.writeString(spec.path().resolve("foreign.pem"), "foreign\n");
            return;
        }
        Path to = inPlace ? spec.path() : spec.path().resolveSibling("foreign");
        if (spec.type() == KeystoreType.PEM) {
            Files.writeString(to, Files.readString(spec.path()) + "foreign\n");
        } else {
            if (!inPlace) {
                Files.copy(spec.path(), to);
            }
            Stores.change(to, store -> store.setCertificateEntry("foreign", TestCertificates.x509(50, "CN=Foreign")));
        }
        if (!inPlace) {
            Files.move(to, spec.path(), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static boolean hasForeign(KeystoreSpec spec) throws IOException {
        return switch (spec.type()) {
            case PEM_DIRECTORY -> Files.exists(spec.path().resolve("foreign.pem"));
            case PEM -> Files.readString(spec.path()).contains("foreign\n");
            case PKCS12, JKS, BCFKS -> Stores.aliases(spec.path()).contains("foreign");
        };
    }
}
