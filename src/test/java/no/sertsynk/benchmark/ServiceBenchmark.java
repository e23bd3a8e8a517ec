package no.sertsynk.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The background service as a process: how soon it answers, what memory it keeps when a run is over and it idles, and how
 * long {@code status} takes against it, the start of Java included. Beside the last, the least that any Java program takes.
 *
 * <p>Arguments: the distribution's folder, the number of parties, the number of measured runs.
 */
final class ServiceBenchmark {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Long enough for a heap that shrinks when nothing happens. */
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final Path program;
    private final int runs;

    private ServiceBenchmark(Path program, int runs) {
        this.program = program;
        this.runs = runs;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path program = Path.of(arguments[0]).resolve("bin/sertsynk");
        new ServiceBenchmark(program, Integer.parseInt(arguments[2])).run(arguments[1]);
    }

    private void run(String parties) throws IOException, InterruptedException {
        String suffix = " (" + parties + " parties)";
        try (SandboxProcess world = new SandboxProcess(program, parties, 0)) {
            int port = listenOnAFreePort(world.configuration());
            List<Duration> ready = new ArrayList<>();
            for (int i = 0; i <= runs; i++) {
                Service service = new Service(world, port);
                service.awaitFirstRun();
                if (i < runs) {
                    service.stop();
                    ready.add(service.ready);
                    continue;
                }
                LockSupport.parkNanos(IDLE.toNanos());
                System.out.printf(
                        Locale.ROOT, "%-40s %d MiB%n", "idle, anonymous memory" + suffix, service.anonymousMebibytes());
                ColdProcess.Runs status = ColdProcess.measure(runs, () -> {}, world.command("status"));
                ColdProcess.Runs least = ColdProcess.measure(runs, () -> {}, least());
                System.out.printf("%-40s %s%n", "status through the service" + suffix, status.show());
                System.out.printf("%-40s %s%n", "the least of a Java program", least.show());
                service.stop();
            }
            ready.sort(null);
            System.out.printf(
                    Locale.ROOT,
                    "%-40s %.2f s (%.2f to %.2f)%n",
                    "start until it answers" + suffix,
                    ColdProcess.seconds(ready.get(ready.size() / 2)),
                    ColdProcess.seconds(ready.getFirst()),
                    ColdProcess.seconds(ready.getLast()));
        }
    }

    private static List<String> least() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                Nothing.class.getName());
    }

    /** Does nothing, as a whole process. */
    static final class Nothing {
        private Nothing() {}

        public static void main(String[] arguments) {
            System.out.println(arguments.length);
        }
    }

    private static int listenOnAFreePort(Path configuration) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        String text = Files.readString(configuration);
        String there = "127.0.0.1:" + port;
        String changed = text.replace("127.0.0.1:0", there);
        if (changed.equals(text)) {
            throw new IllegalStateException("no admin.listen in " + configuration);
        }
        Files.writeString(configuration, changed);
        return port;
    }

    /** A service that is running. */
    private static final class Service {
        private final Process process;
        private final HttpClient client = HttpClient.newHttpClient();
        private final URI address;
        private final Duration ready;

        Service(SandboxProcess world, int port) throws IOException, InterruptedException {
            address = URI.create("http://127.0.0.1:" + port);
            long start = System.nanoTime();
            process = new ProcessBuilder(world.command("daemon"))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            await("/health/live");
            ready = Duration.ofNanos(System.nanoTime() - start);
        }

        void awaitFirstRun() throws InterruptedException {
            await("/health/ready");
        }

        private void await(String path) throws InterruptedException {
            long end = System.nanoTime() + LIMIT.toNanos();
            while (status(path) != 200) {
                if (System.nanoTime() > end || !process.isAlive()) {
                    throw new IllegalStateException("no answer of the service at " + path);
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }

        private int status(String path) throws InterruptedException {
            try {
                HttpRequest request =
                        HttpRequest.newBuilder(address.resolve(path)).build();
                return client.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
            } catch (IOException e) {
                // Not there yet.
                return 0;
            }
        }

        /** RssAnon of proc(5), status. */
        long anonymousMebibytes() throws IOException {
            Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
            try (var lines = Files.lines(status)) {
                String line = lines.filter(each -> each.startsWith("RssAnon:"))
                        .findFirst()
                        .orElseThrow();
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
            }
        }

        void stop() throws InterruptedException {
            client.close();
            process.destroy();
            process.waitFor();
        }
    }
}
