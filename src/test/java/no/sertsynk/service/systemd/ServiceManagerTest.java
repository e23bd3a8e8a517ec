package no.sertsynk.service.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a datagram socket that stands in for systemd. */
class ServiceManagerTest {
    private static final String LISTENER = """
        import socket, sys
        name = sys.argv[1]
        s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        s.bind('\\0' + name[1:] if name[0] == '@' else name)
        print('bound', flush=True)
        while True:
            print(repr(s.recv(4096).decode()), flush=True)
        """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private @Nullable Process listener;

    @AfterEach
    void stop() throws InterruptedException {
        if (listener != null) {
            listener.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
    }

    private BufferedReader listen(String address) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "skipped: python3 is not installed");
        Process process = new ProcessBuilder("/usr/bin/python3", "-c", LISTENER, address)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        listener = process;
        BufferedReader heard = process.inputReader(StandardCharsets.UTF_8);
        assertThat(heard.readLine()).isEqualTo("bound");
        environment.put("NOTIFY_SOCKET", address);
        return heard;
    }

    private ServiceManager manager() {
        return ServiceManager.of(name -> Optional.ofNullable(environment.get(name)), 4711, () -> 5_000_000_999L);
    }

    private void expectLife(String address) throws Exception {
        BufferedReader heard = listen(address);
        environment.put("WATCHDOG_USEC", "30000000");
        environment.put("WATCHDOG_PID", "4711");
        try (ServiceManager manager = manager()) {
            assertThat(manager.watchdog()).contains(Duration.ofSeconds(30));
            manager.ready("running");
            assertThat(heard.readLine()).isEqualTo("'READY=1\\nSTATUS=running'");
            manager.alive();
            assertThat(heard.readLine()).isEqualTo("'WATCHDOG=1'");
            manager.status("two\nREADY=0 æ");
            assertThat(heard.readLine()).isEqualTo("'STATUS=two READY=0 æ'");
            manager.reloading();
            assertThat(heard.readLine()).isEqualTo("'RELOADING=1\\nMONOTONIC_USEC=5000000'");
            manager.stopping();
            assertThat(heard.readLine()).isEqualTo("'STOPPING=1\\nSTATUS=stopping'");
        }
    }

    @Test
    void socketInAFolder_hearsEverything() throws Exception {
        expectLife(folder.resolve("notify").toString());
    }

    @Test
    void abstractSocket_hearsEverything() throws Exception {
        expectLife("@sertsynk-test-" + UUID.randomUUID());
    }

    @Test
    void watchdogOfAnotherProcess_isNotFed() throws Exception {
        BufferedReader heard = listen(folder.resolve("notify").toString());
        environment.put("WATCHDOG_USEC", "30000000");
        environment.put("WATCHDOG_PID", "1");
        try (ServiceManager manager = manager()) {
            assertThat(manager.watchdog()).isEmpty();
            manager.alive();
            manager.status("after");
            assertThat(heard.readLine()).isEqualTo("'STATUS=after'");
        }
    }

    @Test
    void noServiceManager_isNoTrouble() {
        try (ServiceManager manager = manager()) {
            manager.ready("running");
            manager.alive();
            assertThat(manager.watchdog()).isEmpty();
        }
    }

    @Test
    void socketThatIsGoneOrMeaningless_doesNotStopTheService() {
        for (String address :
                new String[] {folder.resolve("none").toString(), "relative", "@", "vsock:2:1234", "/" + "x".repeat(200)
                }) {
            environment.put("NOTIFY_SOCKET", address);
            try (ServiceManager manager = manager()) {
                manager.ready("running");
                manager.status("again");
            }
        }
    }

    @Test
    void nonsenseAsWatchdog_isNone() {
        environment.put("NOTIFY_SOCKET", folder.resolve("none").toString());
        for (String time : new String[] {"", "0", "-1", "abc", "99999999999999999999"}) {
            environment.put("WATCHDOG_USEC", time);
            try (ServiceManager manager = manager()) {
                assertThat(manager.watchdog()).as(time).isEmpty();
            }
        }
    }
}
