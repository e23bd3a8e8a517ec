package no.sertsynk.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import no.sertsynk.keystore.TroubledKeystores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever fails or dies when in an update: clients find the old or the new, and the next run completes it. */
class CrashSafetyTest {
    private static final int MORE_THAN_ALL = 1_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private UpdateWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new UpdateWorld(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    /** The steps of an update that nothing happens to. */
    private List<String> steps() throws Exception {
        List<String> steps = new ArrayList<>();
        world.restore();
        world.sync(new TroubledKeystores(Clock.systemUTC(), (step, number) -> steps.add(step)));
        return steps;
    }

    @Test
    void anyFileOperationFails_theNextRunCompletes() throws Exception {
        List<String> steps = steps();
        assertThat(steps).contains("create", "write", "setAccess", "sync", "move", "syncFolder", "replaced", "closed");

        for (int failing = 0; failing < steps.size(); failing++) {
            String where = "step " + failing + " (" + steps.get(failing) + ") fails";
            if (steps.get(failing).equals("replaced") || steps.get(failing).equals("closed")) {
                continue;
            }
            world.restore();
            int number = failing;
            world.sync(new TroubledKeystores(Clock.systemUTC(), (step, each) -> {
                if (each == number) {
                    throw new IOException("No space left on device");
                }
            }));

            world.expectOldOrNew(where);
            world.expectCompletion(where);
        }
    }

    @Test
    void everyFileOperationFromOneOnFails_theNextRunCompletes() throws Exception {
        List<String> steps = steps();
        for (int from = 0; from < steps.size(); from++) {
            String where = "everything fails from step " + from + " (" + steps.get(from) + ")";
            if (steps.get(from).equals("replaced") || steps.get(from).equals("closed")) {
                continue;
            }
            world.restore();
            int number = from;
            world.sync(new TroubledKeystores(Clock.systemUTC(), (step, each) -> {
                if (each >= number && !step.equals("replaced") && !step.equals("closed")) {
                    throw new IOException("Input/output error");
                }
            }));

            world.expectOldOrNew(where);
            world.expectCompletion(where);
        }
    }

    @Test
    void processDiesBeforeAnyStep_theNextRunCompletes() throws Exception {
        List<String> died = new ArrayList<>();
        for (int deadly = 0; deadly < MORE_THAN_ALL; deadly++) {
            world.restore();
            Ended ended = runDying(deadly);
            if (ended.code() == 0) {
                break;
            }
            String where = "death before step " + deadly + " (" + ended.output() + ")";
            assertThat(ended.code()).as(where).isEqualTo(DyingSync.DEAD);
            died.add(ended.output());

            world.expectOldOrNew(where);
            world.expectCompletion(where);
        }
        assertThat(died).isEqualTo(steps());
    }

    @Test
    void hookKillsTheProcess_theNextRunTellsAgain() throws Exception {
        Path hook = folder.resolve("hook");
        String healthy = Files.readString(hook);
        Files.writeString(hook, "#!/bin/sh\nkill -9 $PPID\n");
        world.restore();

        assertThat(runDying(MORE_THAN_ALL).code()).isEqualTo(128 + 9);

        Files.writeString(hook, healthy);
        world.expectCompletion("killed while the hook ran");
    }

    private record Ended(int code, String output) {}

    private Ended runDying(int step) throws Exception {
        Process process = DyingSync.start(world.configuration(), step);
        try (BufferedReader out = process.inputReader()) {
            String output =
                    out.lines().filter(line -> !line.contains(" DEBUG ")).collect(Collectors.joining("\n"));
            return new Ended(process.waitFor(), output);
        } finally {
            process.destroyForcibly();
        }
    }
}
