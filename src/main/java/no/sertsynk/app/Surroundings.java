package no.sertsynk.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the program gets from the process that started it. */
final class Surroundings {
    /** What a command needs to run; a variable that may hold one of our secrets is not passed on. */
    private static final List<String> PASSED_ON = List.of(
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "LANG",
            "LC_ALL",
            "TZ",
            "TMPDIR",
            "XDG_RUNTIME_DIR",
            "DBUS_SESSION_BUS_ADDRESS");

    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final Function<String, Optional<String>> environment;

    Surroundings(Function<String, Optional<String>> environment) {
        this.environment = environment;
    }

    /** On whose behalf we run: the user, and who became that user with sudo. */
    String actor() {
        String user = ProcessHandle.current().info().user().orElseGet(() -> System.getProperty("user.name", "?"));
        return environment
                .apply("SUDO_USER")
                .filter(behind -> !behind.isBlank() && !behind.equals(user))
                .map(behind -> user + " (sudo by " + behind + ")")
                .orElse(user);
    }

    /** The environment of commands that we start. */
    Map<String, String> passedOn() {
        Map<String, String> passed = new LinkedHashMap<>();
        passed.put("PATH", DEFAULT_PATH);
        PASSED_ON.forEach(name -> environment.apply(name).ifPresent(value -> passed.put(name, value)));
        return passed;
    }
}
