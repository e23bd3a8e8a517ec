package no.sertsynk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import no.sertsynk.cli.ProgramProcess.Ended;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.sandbox.Sandbox.Pair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The background service from outside: its process, its signals, the commands that ask it. */
@Timeout(180)
class DaemonTest {
    private static final HerId ONE = new HerId(1001);
    private static final OrganizationNumber NUMBER = new OrganizationNumber("983544622");
    private static final int CUT_OFF = 5;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private ProgramFixture program;

    @SuppressWarnings("NullAway.Init")
    private Path configuration;

    @BeforeEach
    void build() throws Exception {
        program = new ProgramFixture(folder, Clock.systemUTC());
        publish();
        configuration = program.sandbox.configure(List.of(ONE));
        listenAt(0);
    }

    @AfterEach
    void close() {
        program.close();
    }

    private void publish() throws Exception {
        Pair pair = program.sandbox.publishPair(
                "Legekontoret", NUMBER, Clock.systemUTC().instant().minus(Duration.ofDays(30)));
        program.sandbox.register(ONE, "Legekontoret", NUMBER, pair.encryption(), pair.signature());
    }

    private void listenAt(int port) throws Exception {
        Files.writeString(
                configuration, Files.readString(configuration).replace("127.0.0.1:0\"}", "127.0.0.1:" + port + "\"}"));
    }

    private void expectRefused(String told) throws Exception {
        Ended ended = ProgramProcess.run(DaemonProcess.command(configuration));

        assertThat(ended.code()).as(ended.toString()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains(told);
    }

    @Test
    void commands_goThroughTheService() throws Exception {
        try (DaemonProcess daemon = DaemonProcess.start(configuration)) {
            daemon.awaitLog("entry_add");

            assertThat(program.run("refresh", "--wait")).as(program.out()).isZero();
            assertThat(program.results()).contains("1 parties").contains("keystore");
            publish();
            assertThat(program.run("sync", "--json")).as(program.out()).isZero();
            assertThat(program.results()).startsWith("{\"runId\":\"").contains("\"changed\":true");
            assertThat(program.run("status")).isZero();
            String through = program.results();
            assertThat(program.run("status", "--local")).isZero();
            assertThat(through).isEqualTo(program.results()).contains("Legekontoret");
            // The colour, said aloud, takes the question through the model of the command line.
            for (List<String> plain : List.of(List.of("status"), List.of("status", "--json"))) {
                List<String> modelled = new ArrayList<>(plain);
                modelled.add("--color=auto");
                assertThat(answer(plain)).as("%s", plain).isEqualTo(answer(modelled));
            }
            assertThat(program.run("history", "--json", "--party", ONE.toString()))
                    .isZero();
            assertThat(program.results()).contains("\"action\":\"add\"");
            assertThat(program.run("refresh", "--json")).isZero();
            assertThat(program.results()).startsWith("{\"runId\":\"");
            assertThat(program.run("refresh", "--party", "77")).isEqualTo(2);
            assertThat(program.out()).contains("77").contains("HER-id");
        }
    }

    private String answer(List<String> arguments) {
        assertThat(program.run(arguments.toArray(String[]::new))).isZero();
        return program.results().replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME");
    }

    @Test
    void refreshOfWhatIsBad_endsAsThatSyncDoes() throws Exception {
        try (DaemonProcess daemon = DaemonProcess.start(configuration)) {
            daemon.awaitLog("entry_add");
            program.sandbox.register().close();

            assertThat(program.run("refresh", "--wait")).as(program.out()).isEqualTo(3);
            assertThat(program.results()).contains("REGISTER_UNAVAILABLE");
            assertThat(program.run("sync", "--json")).isEqualTo(3);
            assertThat(program.results()).contains("\"stopped\"");
        }
    }

    @Test
    void noService_isUsageForRefreshAndNoMatterForTheRest() {
        assertThat(program.run("refresh")).isEqualTo(2);
        assertThat(program.out()).contains("no daemon is running");
        assertThat(program.run("sync")).isZero();
        assertThat(program.run("status")).isZero();
    }

    @Test
    void killedService_isNotWaitedFor() throws Exception {
        try (DaemonProcess daemon = DaemonProcess.start(configuration)) {
            daemon.awaitLog("entry_add");
        }

        assertThat(program.run("status")).isZero();
        assertThat(program.run("sync")).isZero();
        try (DaemonProcess daemon = DaemonProcess.start(configuration)) {
            assertThat(program.run("refresh", "--wait")).as(program.out()).isZero();
            assertThat(daemon.pid()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void stopSignal_endsItCleanly(String signal) throws Exception {
        assumeTrue(
                signal.equals("TERM") || !isIgnored(2),
                "skipped: SIGINT is ignored here, as in a shell's background job");
        try (DaemonProcess daemon = DaemonProcess.start(configuration)) {
            daemon.signal(signal);

            assertThat(daemon.endsWithin(CUT_OFF)).isTrue();
            assertThat(daemon.code()).isZero();
        }
        assertThat(program.run("sync")).as(program.out()).isZero();
    }

    /** Whether this process ignores the signal of that number, which those that it starts inherit. */
    private static boolean isIgnored(int number) throws Exception {
        String mask = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElse("0")
                .replaceAll("^SigIgn:\\s*", "");
        return (Long.parseUnsignedLong(mask, 16) >>> (number - 1) & 1) == 1;
    }

    @Test
    void stopInTheMiddleOfARun_isWithinFiveSeconds() throws Exception {
        configuration = program.sandbox.configure(List.of(ONE), Duration.ofSeconds(20));
        listenAt(0);
        try (DaemonProcess daemon = DaemonProcess.start(configuration)) {
            assertThat(program.run("refresh")).isZero();
            daemon.signal("TERM");

            assertThat(daemon.endsWithin(CUT_OFF)).isTrue();
            assertThat(daemon.code()).isZero();
        }
    }

    @Test
    void reload_takesTheNewConfigurationOrKeepsTheOld() throws Exception {
        try (DaemonProcess daemon = DaemonProcess.start(configuration)) {
            daemon.awaitLog("entry_add");
            String sound = Files.readString(configuration);
            Files.writeString(configuration, sound + "nonsense: 1\n");
            daemon.signal("HUP");
            assertThat(daemon.awaitLog("reload_refused")).contains("nonsense");

            Files.writeString(configuration, sound.replace("state: state", "state: elsewhere"));
            daemon.signal("HUP");
            assertThat(daemon.awaitLog("reload_refused")).contains("restart");
            Files.writeString(configuration, sound);
            assertThat(program.run("refresh", "--wait")).as(program.out()).isZero();

            Files.writeString(
                    configuration, sound.replace("{name: bundle, path: dit.pem", "{name: bundle, path: new.pem"));
            daemon.signal("HUP");
            daemon.awaitLog("reloaded");
            assertThat(program.run("refresh", "--wait")).as(program.out()).isZero();
            assertThat(folder.resolve("new.pem")).exists();
        }
    }

    @Test
    void serviceManager_hearsThatItIsReadyOnlyWhenItIs() throws Exception {
        Path notify = folder.resolve("notify");
        Process listener = new ProcessBuilder(
                        "/usr/bin/python3",
                        "-c",
                        "import socket,sys\n"
                                + "s=socket.socket(socket.AF_UNIX,socket.SOCK_DGRAM)\n"
                                + "s.bind(sys.argv[1])\n"
                                + "print('bound',flush=True)\n"
                                + "while True: print(repr(s.recv(4096).decode()),flush=True)",
                        notify.toString())
                .start();
        try (var heard = listener.inputReader();
                DaemonProcess daemon = listening(heard, notify)) {
            assertThat(heard.lines()
                            .filter(line -> !line.contains("STATUS=last sync"))
                            .limit(2))
                    .containsExactlyInAnyOrder("'READY=1\\nSTATUS=running'", "'WATCHDOG=1'");
            daemon.signal("HUP");
            assertThat(heard.lines().anyMatch(line -> line.startsWith("'RELOADING=1\\nMONOTONIC_USEC=")))
                    .isTrue();
            assertThat(heard.lines().anyMatch(line -> line.startsWith("'READY=1")))
                    .isTrue();
            daemon.signal("TERM");
            assertThat(heard.lines().anyMatch(line -> line.startsWith("'STOPPING=1")))
                    .isTrue();
        } finally {
            listener.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
    }

    private DaemonProcess listening(java.io.BufferedReader heard, Path notify) throws Exception {
        assertThat(heard.readLine()).isEqualTo("bound");
        return DaemonProcess.start(
                configuration, java.util.Map.of("NOTIFY_SOCKET", notify.toString(), "WATCHDOG_USEC", "600000000"));
    }

    @Test
    void slowAndSwollenRequests_areCutOff() throws Exception {
        try (DaemonProcess daemon = DaemonProcess.start(configuration)) {
            int port = daemon.port();
            for (String beginning : List.of(
                    "GET /health/live HTTP/1.1\r\nHost: ",
                    "POST /api/v1/refresh HTTP/1.1\r\n",
                    "GET /health/live HTTP/1.1\r\nHost: localhost:" + port + "\r\nX: " + "x".repeat(50_000)
                            + "\r\nConnection: close\r\n\r\n")) {
                assertThat(answer(port, beginning)).doesNotContain("200 OK");
            }
            assertThat(answer(
                            port,
                            "GET /health/live HTTP/1.1\r\nHost: localhost:" + port + "\r\nConnection: close\r\n\r\n"))
                    .contains("200 OK");
        }
    }

    /** What comes back until the service closes the connection. */
    private static String answer(int port, String request) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketException cutOff) {
            return String.valueOf(cutOff.getMessage());
        }
    }

    @Test
    void userWhoMayNotAsk_isToldHow() throws Exception {
        assumeTrue(ProgramProcess.isRoot(), "skipped: needs another user");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(configuration, PosixFilePermissions.fromString("rw-r--r--"));
        Path classes = Files.createDirectory(folder.resolve("classes"));
        try (DaemonProcess daemon = DaemonProcess.start(configuration)) {
            daemon.awaitLog("entry_add");
            Ended ended = ProgramProcess.run(ProgramProcess.asOrdinaryUser(ProgramProcess.command(
                    ProgramProcess.readableClassPath(classes), "--config", configuration.toString(), "status")));

            assertThat(ended.code()).as(ended.toString()).isEqualTo(2);
            assertThat(ended.err())
                    .contains("the daemon cannot be asked: " + folder.resolve("state/admin.token"))
                    .contains("use sudo -u root");
        }
    }

    @Test
    void takenPort_isToldAndNothingIsDone() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            configuration = program.sandbox.configure(List.of(ONE));
            listenAt(taken.getLocalPort());

            expectRefused("admin.listen: expected to listen at 127.0.0.1:" + taken.getLocalPort());
        }
        assertThat(folder.resolve("dit.p12")).doesNotExist();
    }

    @Test
    void tokenThatOthersMayRead_isTold() throws Exception {
        Path token = Files.createDirectories(folder.resolve("state")).resolve("admin.token");
        Files.writeString(token, "x".repeat(64));
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));

        expectRefused("admin.tokenFile: expected that none but its owner may use");
    }

    @Test
    void secondServiceOnTheState_isTold() throws Exception {
        try (DaemonProcess daemon = DaemonProcess.start(configuration)) {
            expectRefused("another daemon (process " + daemon.pid() + ") is running on the state folder");
        }
    }

    @Test
    void stateThatCannotBeWritten_isTold() throws Exception {
        Files.writeString(folder.resolve("state"), "in the way");

        expectRefused("the state folder " + folder.resolve("state") + " cannot be made");
    }

    @Test
    void fullDisk_isTold() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("state"), 64)) {
            disk.fill();

            expectRefused("the disk is full: expected 1024 kB free for the state folder " + folder.resolve("state"));
        }
    }

    @Test
    void configurationWithoutAnchors_isTold() throws Exception {
        Files.delete(folder.resolve("trust/root.pem"));

        expectRefused("trust.anchors");
        assertThat(folder.resolve("state")).doesNotExist();
    }

    @Test
    void waitingForARun_doesNotOutlastTheService() throws Exception {
        configuration = program.sandbox.configure(List.of(ONE), Duration.ofSeconds(20));
        listenAt(0);
        try (DaemonProcess daemon = DaemonProcess.start(configuration)) {
            CompletableFuture<Ended> waiting = CompletableFuture.supplyAsync(() -> {
                try {
                    return ProgramProcess.run(ProgramProcess.command(
                            System.getProperty("java.class.path"),
                            "--config",
                            configuration.toString(),
                            "refresh",
                            "--wait"));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            daemon.signal("TERM");
            assertThat(daemon.endsWithin(CUT_OFF)).isTrue();

            assertThat(waiting.get(1, TimeUnit.MINUTES).code()).isIn(ExitCodes.PROBLEM, ExitCodes.USAGE);
        }
    }
}
