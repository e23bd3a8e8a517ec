package no.sertsynk.packaging;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import no.sertsynk.OtherProgram;
import no.sertsynk.OtherProgram.Answer;

/**
 * This machine's file system with a layer above that takes all changes, seen by the processes run here alone. No Java is
 * installed in it, and no service manager runs.
 */
final class PrivateRoot implements AutoCloseable {
    private static final String SET_UP = """
        set -e
        layers=$1
        mount -t tmpfs none "$layers"
        mkdir "$layers/upper" "$layers/work" "$layers/merged"
        mount -t overlay overlay -o lowerdir=/,upperdir="$layers/upper",workdir="$layers/work" "$layers/merged"
        mount --rbind /proc "$layers/merged/proc"
        mount --rbind /dev "$layers/merged/dev"
        mount -t tmpfs none "$layers/merged/run"
        mount -t tmpfs none "$layers/merged/tmp"
        chmod 1777 "$layers/merged/tmp"
        if [ -d "$layers/merged/usr/lib/jvm" ]; then mount -t tmpfs none "$layers/merged/usr/lib/jvm"; fi
        printf '#!/bin/sh\\nexit 101\\n' >"$layers/merged/usr/sbin/policy-rc.d"
        echo ready
        exec cat
        """;

    private final Process holder;
    private final Path root;

    private PrivateRoot(Process holder, Path root) {
        this.holder = holder;
        this.root = root;
    }

    /** Skips the test, and says so, where this cannot be. */
    static PrivateRoot open(Path work) throws IOException {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "skipped: only root may install");
        assumeTrue(Files.exists(Path.of("/etc/debian_version")), "skipped: this is no Debian");
        for (String tool : List.of("dpkg", "dpkg-deb", "unshare", "nsenter", "adduser", "setpriv")) {
            OtherProgram.require(tool);
        }
        Process holder = new ProcessBuilder("unshare", "--mount", "sh", "-c", SET_UP, "sh", work.toString())
                .redirectErrorStream(true)
                .start();
        String said = holder.inputReader(StandardCharsets.UTF_8).readLine();
        if (!"ready".equals(said)) {
            holder.destroy();
        }
        assumeTrue("ready".equals(said), "skipped: no root of its own can be made: " + said);
        return new PrivateRoot(holder, work.resolve("merged"));
    }

    /** Runs a line of shell in it. */
    Answer run(String line) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "nsenter",
                "--mount=/proc/" + holder.pid() + "/ns/mnt",
                "chroot",
                root.toString(),
                "env",
                "-i",
                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                "LC_ALL=C.UTF-8",
                "HOME=/root",
                "DEBIAN_FRONTEND=noninteractive",
                "SERTSYNK_AOT_PARTIES=5",
                "sh",
                "-c",
                line));
        return OtherProgram.run(Duration.ofMinutes(4), Map.of(), command.toArray(String[]::new));
    }

    /** Copies a file of the machine to its {@code /tmp}. */
    void bring(Path file, String name) throws IOException, InterruptedException {
        Answer answer = OtherProgram.run(
                Map.of(),
                "nsenter",
                "--mount=/proc/" + holder.pid() + "/ns/mnt",
                "cp",
                file.toAbsolutePath().toString(),
                root.resolve("tmp").resolve(name).toString());
        if (answer.code() != 0) {
            throw new IOException(answer.output());
        }
    }

    /** Everything is gone with its last process. */
    @Override
    public void close() throws IOException {
        holder.getOutputStream().close();
        try {
            holder.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
