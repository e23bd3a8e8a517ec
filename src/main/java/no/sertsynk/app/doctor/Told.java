package no.sertsynk.app.doctor;

import java.util.List;

/** What was found while the checks were prepared. */
public record Told(String topic, Finding finding) implements Check {
    @Override
    public List<Finding> look() {
        return List.of(finding);
    }
}
