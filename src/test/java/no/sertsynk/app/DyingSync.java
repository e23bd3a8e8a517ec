package no.sertsynk.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.keystore.TroubledKeystores;
import no.sertsynk.sync.SyncListener;

/** The real program in a process of its own, which dies without a word before a given step. */
final class DyingSync {
    /** The exit code of a process that has died as it should. */
    static final int DEAD = 86;

    private DyingSync() {}

    /** Starts it. */
    static Process start(Path configuration, int step) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DyingSync.class.getName(),
                        configuration.toString(),
                        Integer.toString(step))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Arguments: the configuration and the number of the step. */
    public static void main(String[] arguments) throws Exception {
        int deadly = Integer.parseInt(arguments[1]);
        Clock clock = Clock.systemUTC();
        TroubledKeystores keystores = new TroubledKeystores(clock, (step, number) -> {
            if (number == deadly) {
                System.out.println(step);
                System.out.flush();
                Runtime.getRuntime().halt(DEAD);
            }
        });
        var loaded = Application.configuration(Path.of(arguments[0]), name -> Optional.empty());
        Application.of(loaded.configuration(), clock, name -> Optional.empty(), keystores)
                .sync(
                        new Application.Order(Set.of(), false, Set.of(), Optional.empty(), Optional.empty()),
                        SyncListener.none());
    }
}
