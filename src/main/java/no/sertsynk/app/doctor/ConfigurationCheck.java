package no.sertsynk.app.doctor;

import java.util.ArrayList;
import java.util.List;
import no.sertsynk.config.Configuration;
import no.sertsynk.config.ConfigurationReader.Examined;
import no.sertsynk.config.Mistake;

/** Every mistake of the configuration, and what a sync needs and it lacks. */
public final class ConfigurationCheck implements Check {
    static final String TOPIC = "configuration";
    private static final String SUDO = "run doctor with sudo or as the user of the service, or correct the file's mode";

    private final Examined examined;

    public ConfigurationCheck(Examined examined) {
        this.examined = examined;
    }

    @Override
    public String topic() {
        return TOPIC;
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        examined.mistakes().forEach(mistake -> findings.add(new Finding.Error(mistake.toString(), remedy(mistake))));
        examined.warnings()
                .forEach(warning -> findings.add(
                        new Finding.Warning(warning.toString(), "look at this place of the configuration and decide")));
        examined.configuration().map(Configuration::missingForSync).orElse(List.of()).stream()
                .map(key -> new Finding.Error(
                        Sentence.of("the configuration lacks {0}, which a sync needs", key),
                        "add it; an empty list is legal, and config/sertsynk.yaml shows how it looks"))
                .forEach(findings::add);
        if (findings.isEmpty()) {
            findings.add(new Finding.Ok("the configuration has no mistakes"));
        }
        return findings;
    }

    private static String remedy(Mistake mistake) {
        if (mistake.message().contains("this user may not")) {
            return SUDO;
        }
        return mistake.line() > 0
                ? "correct this place of the configuration, then ask again with sertsynk config check"
                : "copy config/sertsynk.yaml of the distribution there and put your own values in, or name your file"
                        + " with --config";
    }
}
