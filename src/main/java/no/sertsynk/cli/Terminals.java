package no.sertsynk.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which of the two streams people look at directly. {@link System#console()} cannot tell one from the other.
 *
 * @param out whether standard output is a terminal, where colours may be used
 * @param err whether standard error is a terminal, where a line of progress may be written
 */
record Terminals(boolean out, boolean err) {
    static final Terminals NONE = new Terminals(false, false);

    /** Those of this process. */
    static Terminals ofProcess() {
        return new Terminals(isTerminal(1), isTerminal(2));
    }

    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            // Closed, or a system without /proc: nobody is known to look.
            return false;
        }
    }
}
