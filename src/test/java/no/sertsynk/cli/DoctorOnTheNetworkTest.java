package no.sertsynk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import no.sertsynk.model.HerId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the command says of those whom a sync asks, one of whom is in trouble; and of the last sync. */
@Timeout(120)
class DoctorOnTheNetworkTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private ProgramFixture program;

    @BeforeEach
    void start() throws Exception {
        program = new ProgramFixture(folder, Clock.systemUTC());
        program.sandbox.configure(program.sandbox.populate(1));
    }

    @AfterEach
    void stop() {
        program.close();
    }

    /** Expects that line with that remedy below it. */
    private void expectAt(Clock clock, String status, String topic, String message, String remedy) {
        program.runAt(clock, "doctor");
        List<String> lines = program.results().lines().toList();
        List<Integer> places = Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
                .filter(i -> lines.get(i).matches(status + " +" + topic + " .*")
                        && lines.get(i).contains(message))
                .toList();
        assertThat(places).as(program.out()).isNotEmpty();
        assertThat(lines.get(places.getFirst() + 1).strip()).startsWith("-> ").contains(remedy);
    }

    private void expect(String status, String topic, String message, String remedy) {
        expectAt(Clock.systemUTC(), status, topic, message, remedy);
    }

    private void expectOk(String... topics) {
        Arrays.stream(topics)
                .forEach(topic -> assertThat(program.results().lines())
                        .as(program.out())
                        .anyMatch(line -> line.matches("ok +" + topic + " .*")));
    }

    @Test
    void registerThatIsDown_isAnError_andTheOthersAreAskedStill() {
        program.sandbox.register().close();

        expect("error", "register", "no connection", "firewall");
        expectOk("directories", "revocation");
    }

    @Test
    void registerThatHangs_isAnErrorInTime() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            program.reconfigure(
                    program.sandbox.register().url().toString(), "http://127.0.0.1:" + silent.getLocalPort() + "/");
            program.reconfigure("register:\n", "register:\n  timeout: 300ms\n");

            expect("error", "register", "no whole answer within 300 ms", "firewall");
            expectOk("directories");
        }
    }

    @Test
    void refusedAccount_isAnError_andAskedOnce() throws Exception {
        Files.writeString(folder.resolve("password"), "not-the-password\n");

        expect("error", "register", "HTTP 401, which refuses the account", "Norsk helsenett");
        assertThat(program.out()).doesNotContain("not-the-password");
    }

    @Test
    void unknownParty_isAWarning() throws Exception {
        program.sandbox.configure(List.of(new HerId(4711)));

        expect("warning", "register", "4711", "correct the HER-id");
    }

    @Test
    void clockThatIsOff_isAWarning_andBeyondTenMinutesAnError() {
        expectAt(
                Clock.offset(Clock.systemUTC(), Duration.ofMinutes(3)),
                "warning",
                "clock",
                "ahead of",
                "set the clock");
        expectAt(Clock.offset(Clock.systemUTC(), Duration.ofHours(-1)), "error", "clock", "behind", "set the clock");
    }

    @Test
    void directoryThatIsDown_isAnError() {
        program.sandbox.directory().close();

        expect("error", "directories", "ldap.test4.buypass.no", "389");
        expectOk("register");
    }

    @Test
    void noDirectory_isAWarning() throws Exception {
        program.reconfigure("allow: [ldap.test4.buypass.no]", "allow: []");

        expect("warning", "directories", "no directory is allowed", "directories.allow");
    }

    @Test
    void nameWithoutAddress_isAnError() throws Exception {
        program.reconfigure(
                "127.0.0.1:0\"}", "127.0.0.1:0\"}\nnetwork: {proxy: \"http://no-such-proxy.invalid:8080\"}");

        expect("error", "names", "no-such-proxy.invalid has no address (network.proxy)", "spelling");
    }

    @Test
    void revocationList_mustBeReachedAllowedAndAList() throws Exception {
        program.reconfigure("allow: [127.0.0.1]", "allow: [localhost]");
        expect("error", "revocation", "is not allowed", "revocation.allow");

        program.reconfigure("allow: [localhost]", "allow: [127.0.0.1]");
        program.reconfigure("mode: require", "mode: prefer");
        int port = java.net.URI.create(program.sandbox.lists().url().toString()).getPort();
        program.sandbox.lists().close();
        expect("warning", "revocation", "does not tell what is revoked", "firewall");

        program.reconfigure("mode: prefer", "mode: require");
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        byte[] page = "<html>Please sign in</html>".getBytes(StandardCharsets.UTF_8);
        proxy.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, page.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(page);
            }
        });
        proxy.start();
        try {
            expect("error", "revocation", "something else than a revocation list", "proxy");
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    void revocationThatIsOff_isAWarning() throws Exception {
        program.reconfigure("mode: require", "mode: off");

        expect("warning", "revocation", "revocation.mode is off", "require");
    }

    @Test
    void authorityFileThatIsMissing_isAnError() throws Exception {
        program.reconfigure("127.0.0.1:0\"}", "127.0.0.1:0\"}\nnetwork: {caFile: none.pem}");

        expect("error", "configuration", "none.pem", "put the file right");
    }

    @Test
    void daemonThatIsNotThere_orDoesNotAnswer_isTold() throws Exception {
        expect("warning", "daemon", "no background service is running", "systemctl enable --now");

        assertThat(program.run("sync")).as(program.out()).isZero();
        try (ServerSocket taken = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Files.writeString(
                    folder.resolve("state/daemon.lock"),
                    ProcessHandle.current().pid() + " " + taken.getLocalPort() + "\n");
            Files.writeString(folder.resolve("state/admin.token"), "a".repeat(43) + "\n");
            taken.close();
            expect("error", "daemon", "does not answer", "journalctl");
        }
    }

    @Test
    void lastSync_isAskedForItsTimeAndItsProblems() throws Exception {
        expect("warning", "sync", "no sync has been run", "sertsynk plan");
        assertThat(program.run("sync")).as(program.out()).isZero();

        expectAt(
                Clock.offset(Clock.systemUTC(), Duration.ofHours(3)),
                "warning",
                "sync",
                "the last sync ended at",
                "journalctl");
        expectAt(
                Clock.offset(Clock.systemUTC(), Duration.ofDays(2)),
                "error",
                "sync",
                "the last sync ended at",
                "journalctl");
        expectAt(
                Clock.offset(Clock.systemUTC(), Duration.ofHours(-3)),
                "error",
                "sync",
                "later than now",
                "--force clock");

        program.sandbox.configure(List.of(new HerId(100_001), new HerId(4711)));
        assertThat(program.run("sync")).isEqualTo(1);
        expect("warning", "sync", "1 parties have problems", "sertsynk status");
    }

    @Test
    void heldKeystore_failedHook_andDamagedState_areTold() throws Exception {
        assertThat(program.run("sync")).as(program.out()).isZero();
        program.reconfigure(
                "passwordFile: password}\n  - {name: bundle",
                "passwordFile: password, onChange: [[\"false\"]]}\n  - {name: bundle");
        List<HerId> parties = program.sandbox.populate(2);
        program.sandbox.configure(parties);
        program.reconfigure(
                "passwordFile: password}\n  - {name: bundle",
                "passwordFile: password, onChange: [[\"false\"]]}\n  - {name: bundle");
        assertThat(program.run("sync")).isEqualTo(1);
        expect("warning", "sync", "of keystore dit has not been told", "the next sync tries again");
        assertThat(program.run("rollback", "bundle")).as(program.out()).isZero();
        expect("warning", "sync", "keystore bundle is held", "rollback --release bundle");

        Files.writeString(folder.resolve("state/state.db"), "this is no database, and long enough to tell".repeat(50));
        expect("error", "sync", "cannot be used", "sudo");
    }
}
