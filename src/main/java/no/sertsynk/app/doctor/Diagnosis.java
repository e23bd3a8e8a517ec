package no.sertsynk.app.doctor;

import java.util.List;

/** What all checks have found, in the order of the checks. */
public record Diagnosis(List<Line> lines) {
    public Diagnosis {
        lines = List.copyOf(lines);
    }

    /** @param topic of the check that found it */
    public record Line(String topic, Finding finding) {}

    public long oks() {
        return lines.stream()
                .filter(line -> line.finding() instanceof Finding.Ok)
                .count();
    }

    public long warnings() {
        return lines.stream()
                .filter(line -> line.finding() instanceof Finding.Warning)
                .count();
    }

    public long errors() {
        return lines.stream()
                .filter(line -> line.finding() instanceof Finding.Error)
                .count();
    }
}
