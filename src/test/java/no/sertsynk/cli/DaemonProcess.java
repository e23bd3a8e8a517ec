package no.sertsynk.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The background service in a process of its own. */
final class DaemonProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader log;
    private final StringBuilder seen = new StringBuilder();
    private int port;

    private DaemonProcess(Process process) {
        this.process = process;
        this.log = process.errorReader(StandardCharsets.UTF_8);
    }

    static List<String> command(Path configuration) {
        List<String> command = new ArrayList<>(ProgramProcess.command(
                System.getProperty("java.class.path"), "--config", configuration.toString(), "--lang", "en", "daemon"));
        // A slow request is cut off soon enough for a test.
        command.add(1, "-Dsun.net.httpserver.maxReqTime=2");
        return command;
    }

    /** Starts it and waits until it can be used. */
    static DaemonProcess start(Path configuration, Map<String, String> environment) throws IOException {
        return start(configuration, environment, " started ");
    }

    /** @param started what the line has by which it tells that it can be used */
    static DaemonProcess start(Path configuration, Map<String, String> environment, String started) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command(configuration)).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        DaemonProcess daemon = new DaemonProcess(builder.start());
        String line = daemon.awaitLog(started);
        daemon.port = Integer.parseInt(line.replaceAll(".*admin(?:=|\":\")([0-9]+).*", "$1"));
        return daemon;
    }

    static DaemonProcess start(Path configuration) throws IOException {
        return start(configuration, Map.of());
    }

    /** Reads its log until a line has that text. */
    String awaitLog(String text) throws IOException {
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            seen.append(line).append('\n');
            if (line.contains(text)) {
                return line;
            }
        }
        throw new IOException("the daemon ended without telling '" + text + "':\n" + seen);
    }

    /** What it tells from here to its end. */
    List<String> restOfLog() {
        List<String> rest = log.lines().toList();
        rest.forEach(line -> seen.append(line).append('\n'));
        return rest;
    }

    /** All that it has told so far. */
    String seen() {
        return seen.toString();
    }

    void signal(String name) throws IOException, InterruptedException {
        ProgramProcess.run(List.of("/bin/kill", "-" + name, Long.toString(process.pid())));
    }

    /** Whether it ends within that time. */
    boolean endsWithin(int seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    int code() {
        return process.exitValue();
    }

    /** Where it listens. */
    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
