package no.sertsynk.app.doctor;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.sertsynk.app.doctor.HostCommand.Answer;

/** Whether systemd runs the service, or the timer in its place. */
public final class UnitCheck implements Check {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String SERVICE = "sertsynk.service";
    private static final String TIMER = "sertsynk-sync.timer";
    private static final String BY_HAND =
            "run sertsynk sync by another means, such as cron, and look at what it says yourself";

    private final HostCommand host;

    public UnitCheck(HostCommand host) {
        this.host = host;
    }

    /** What systemd tells of a unit (systemctl(1), show). */
    record Unit(String loaded, String enabled, String active, String result) {
        static Unit of(String properties) {
            Map<String, String> values = new HashMap<>();
            properties.lines().forEach(line -> {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    values.put(
                            line.substring(0, equals),
                            line.substring(equals + 1).strip());
                }
            });
            return new Unit(
                    values.getOrDefault("LoadState", ""),
                    values.getOrDefault("UnitFileState", ""),
                    values.getOrDefault("ActiveState", ""),
                    values.getOrDefault("Result", ""));
        }

        boolean isThere() {
            return loaded.equals("loaded");
        }

        boolean isEnabled() {
            return enabled.startsWith("enabled");
        }

        boolean isActive() {
            return active.equals("active") || active.equals("activating") || active.equals("reloading");
        }
    }

    @Override
    public String topic() {
        return "unit";
    }

    @Override
    public List<Finding> look() throws IOException, InterruptedException {
        Optional<Answer> service = show(SERVICE);
        if (service.isEmpty()) {
            return List.of(new Finding.Warning("this host has no systemctl, so nobody starts the service", BY_HAND));
        }
        if (service.get().code() != 0) {
            String said = service.get().text().lines().findFirst().orElse("");
            return List.of(new Finding.Warning(Sentence.of("systemd cannot be asked: {0}", said), BY_HAND));
        }
        Optional<Answer> timer = show(TIMER);
        return List.of(finding(
                Unit.of(service.get().text()), Unit.of(timer.map(Answer::text).orElse(""))));
    }

    private Optional<Answer> show(String unit) throws IOException, InterruptedException {
        return host.run(
                LIMIT,
                "systemctl",
                "show",
                "--no-pager",
                "--property=LoadState,UnitFileState,ActiveState,Result",
                unit);
    }

    /** What the states of both mean together. Pure. */
    static Finding finding(Unit service, Unit timer) {
        if (timer.isActive() && !service.isActive()) {
            return timer.isEnabled()
                    ? new Finding.Ok(Sentence.of("{0} is enabled and running", TIMER))
                    : notEnabled(TIMER);
        }
        if (!service.isThere()) {
            return service.loaded().equals("masked")
                    ? new Finding.Error(
                            Sentence.of("{0} is masked, so that it cannot be started", SERVICE),
                            Sentence.of("systemctl unmask {0}, then systemctl enable --now {0}", SERVICE))
                    : new Finding.Error(
                            Sentence.of("{0} is not installed", SERVICE),
                            Sentence.of(
                                    "copy systemd/{0} of the distribution to /etc/systemd/system, then systemctl"
                                            + " daemon-reload and systemctl enable --now {0}",
                                    SERVICE));
        }
        if (service.active().equals("failed")) {
            return new Finding.Error(
                    Sentence.of("{0} has failed ({1})", SERVICE, service.result()),
                    Sentence.of("see why with journalctl -u {0}, then systemctl restart {0}", SERVICE));
        }
        if (!service.isActive()) {
            return new Finding.Error(
                    Sentence.of("{0} is installed, but not running", SERVICE),
                    Sentence.of("systemctl enable --now {0}", SERVICE));
        }
        return service.isEnabled()
                ? new Finding.Ok(Sentence.of("{0} is enabled and running", SERVICE))
                : notEnabled(SERVICE);
    }

    private static Finding notEnabled(String unit) {
        return new Finding.Warning(
                Sentence.of("{0} is running, but not enabled: it is gone after the next start of this host", unit),
                Sentence.of("systemctl enable {0}", unit));
    }
}
