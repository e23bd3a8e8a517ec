package no.sertsynk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import no.sertsynk.cli.ProgramProcess.Ended;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.sandbox.Sandbox.Pair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What this host does to a run: folders that may not be written, disks that are full, a state that is damaged. */
class LocalTroubleTest {
    private static final HerId PARTY = new HerId(1001);
    private static final OrganizationNumber NUMBER = new OrganizationNumber("911111111");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path libraries;

    @SuppressWarnings("NullAway.Init") // made once for all tests
    private static String classPath;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final Clock clock = Clock.systemUTC();

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private ProgramFixture program;

    private Path p12() {
        return folder.resolve("keystores/dit.p12");
    }

    @BeforeAll
    static void copy() throws Exception {
        classPath = ProgramProcess.readableClassPath(libraries);
    }

    /** A first run has installed a pair; the next has a renewed one to install. */
    @BeforeEach
    void start() throws Exception {
        program = new ProgramFixture(folder, clock);
        Files.createDirectory(folder.resolve("keystores"));
        program.sandbox.configure(List.of(PARTY));
        program.reconfigure("path: dit.p12", "path: keystores/dit.p12");
        publish(Duration.ofDays(30));
    }

    private void publish(Duration age) throws Exception {
        Pair pair = program.sandbox.publishPair("God", NUMBER, clock.instant().minus(age));
        program.sandbox.register(PARTY, "God", NUMBER, pair.encryption(), pair.signature());
    }

    @AfterEach
    void stop() {
        program.close();
    }

    private void installed() throws Exception {
        assertThat(program.run("sync")).as(program.out()).isZero();
        publish(Duration.ofDays(2));
    }

    private Ended runAsOrdinaryUser(String... arguments) throws Exception {
        ProgramProcess.giveToOrdinaryUser(folder);
        String[] all = Stream.concat(
                        Stream.of("--config", folder.resolve("sertsynk.yaml").toString(), "--lang", "en"),
                        Stream.of(arguments))
                .toArray(String[]::new);
        return ProgramProcess.run(ProgramProcess.asOrdinaryUser(ProgramProcess.command(classPath, all)));
    }

    private static void mode(Path path, String mode) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private List<String> names(String inside) throws Exception {
        try (Stream<Path> all = Files.list(folder.resolve(inside))) {
            return all.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void readOnlyFolder_failsItsKeystoreAlone() throws Exception {
        installed();
        byte[] before = Files.readAllBytes(p12());
        mode(folder.resolve("keystores"), "r-xr-xr-x");

        Ended ended = runAsOrdinaryUser("sync", "--json");

        mode(folder.resolve("keystores"), "rwxr-xr-x");
        assertThat(ended.code()).as(ended.toString()).isEqualTo(1);
        assertThat(ended.out()).contains("KEYSTORE_FAILED").contains("\"outcome\":\"failed\"");
        assertThat(ended.err()).doesNotContain("Exception");
        assertThat(Files.readAllBytes(p12())).isEqualTo(before);
        assertThat(Files.readString(folder.resolve("dit.pem")).split("BEGIN CERTIFICATE"))
                .hasSize(5);
    }

    @Test
    void unreadableKeystore_failsAloneAndIsLeftAsItIs() throws Exception {
        installed();
        byte[] before = Files.readAllBytes(p12());
        mode(p12(), "---------");

        Ended ended = runAsOrdinaryUser("sync", "--json");

        mode(p12(), "rw-r-----");
        assertThat(ended.code()).as(ended.toString()).isEqualTo(1);
        assertThat(ended.out()).contains("KEYSTORE_FAILED");
        assertThat(Files.readAllBytes(p12())).isEqualTo(before);
    }

    @Test
    void unwritableStateFolder_isToldBeforeAnything() throws Exception {
        installed();
        byte[] before = Files.readAllBytes(p12());
        mode(folder.resolve("state"), "r-xr-xr-x");
        mode(folder.resolve("state/run.lock"), "r--r--r--");

        Ended ended = runAsOrdinaryUser("sync", "--json");

        assertThat(ended.code()).as(ended.toString()).isEqualTo(2);
        assertThat(ended.err().lines())
                .singleElement()
                .asString()
                .contains(folder + "/state")
                .contains("sudo");
        assertThat(Files.readAllBytes(p12())).isEqualTo(before);
    }

    @Test
    void fullDisk_leavesTheKeystoreWholeAndNothingBesideIt() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("keystores"), 64)) {
            installed();
            byte[] before = Files.readAllBytes(p12());
            disk.fill();

            assertThat(program.run("sync", "--json")).as(program.out()).isEqualTo(1);

            assertThat(program.results()).contains("KEYSTORE_FAILED").contains("is full: make room");
            assertThat(Files.readAllBytes(p12())).isEqualTo(before);
            assertThat(names("keystores")).containsExactly("dit.p12", "dit.p12.lock", "filler");
            assertThat(Files.readString(folder.resolve("dit.pem")).split("BEGIN CERTIFICATE"))
                    .hasSize(5);
        }
    }

    @Test
    void fullDiskUnderTheState_isToldBeforeAnything() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("state"), 4096)) {
            installed();
            byte[] before = Files.readAllBytes(p12());
            disk.fill();

            assertThat(program.run("sync", "--json")).as(program.out()).isEqualTo(2);

            assertThat(program.out().lines())
                    .singleElement()
                    .asString()
                    .contains("disk is full")
                    .contains(folder + "/state")
                    .contains("make room");
            assertThat(Files.readAllBytes(p12())).isEqualTo(before);
            Files.delete(folder.resolve("state/filler"));
            assertThat(program.run("sync")).as(program.out()).isZero();
            assertThat(Files.readAllBytes(p12())).isNotEqualTo(before);
        }
    }

    @Test
    void damagedState_isRefusedAndLeftAsItIs() throws Exception {
        installed();
        byte[] before = Files.readAllBytes(p12());
        byte[] damaged = new byte[8192];
        java.util.Arrays.fill(damaged, (byte) 'x');
        Files.write(folder.resolve("state/state.db"), damaged);

        for (String command : List.of("sync", "plan", "status", "history")) {
            assertThat(program.run(command)).as(command + ": " + program.out()).isEqualTo(2);
            assertThat(program.out().lines())
                    .singleElement()
                    .asString()
                    .contains("state.db")
                    .contains("move it away");
        }
        assertThat(Files.readAllBytes(folder.resolve("state/state.db"))).isEqualTo(damaged);
        assertThat(Files.readAllBytes(p12())).isEqualTo(before);
    }

    @Test
    void newerState_isRefusedAndLeftAsItIs() throws Exception {
        installed();
        byte[] before = Files.readAllBytes(p12());
        try (Connection state = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("state/state.db"));
                var statement = state.createStatement()) {
            statement.executeUpdate("PRAGMA user_version = 1000");
        }

        for (String command : List.of("sync", "plan", "status", "history")) {
            assertThat(program.run(command)).as(command + ": " + program.out()).isEqualTo(2);
            assertThat(program.out().lines())
                    .singleElement()
                    .asString()
                    .contains("version 1000")
                    .contains("install the newer sertsynk");
        }
        assertThat(Files.readAllBytes(p12())).isEqualTo(before);
    }

    @Test
    void fileInThePlaceOfTheStateFolder_isTold() throws Exception {
        Files.writeString(folder.resolve("state"), "x");

        assertThat(program.run("sync")).as(program.out()).isEqualTo(2);
        assertThat(program.out()).contains(folder + "/state");
        assertThat(p12()).doesNotExist();
    }

    @Test
    void missingKeystoreFolder_failsItsKeystoreAlone() throws Exception {
        Files.delete(folder.resolve("keystores"));

        assertThat(program.run("sync", "--json")).as(program.out()).isEqualTo(1);
        assertThat(program.results()).contains("KEYSTORE_FAILED");
        assertThat(folder.resolve("dit.pem")).exists();
    }

    @Test
    void folderInThePlaceOfTheKeystore_failsItAlone() throws Exception {
        Files.createDirectory(p12());

        assertThat(program.run("sync", "--json")).as(program.out()).isEqualTo(1);
        assertThat(program.results()).contains("KEYSTORE_FAILED");
        assertThat(p12()).isDirectory();
        assertThat(folder.resolve("dit.pem")).exists();
    }
}
