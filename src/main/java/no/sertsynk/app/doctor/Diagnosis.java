package no.sertsynk.app.doctor;

import java.util.List;
import java.util.regex.Pattern;

/** What all checks have found, in the order of the checks. */
public record Diagnosis(List<Line> lines) {
    private static final Pattern QUOTED = Pattern.compile("'.*'", Pattern.DOTALL);
    private static final Pattern UNKNOWN_KEY = Pattern.compile("(:[0-9]+:[0-9]+: ).*: unknown key", Pattern.DOTALL);

    public Diagnosis {
        lines = List.copyOf(lines);
    }

    /** @param topic of the check that found it */
    public record Line(String topic, Finding finding) {}

    /** The same without what the configuration says at its mistakes, which may be a secret in the wrong place. */
    public Diagnosis discreet() {
        return new Diagnosis(lines.stream()
                .map(line -> line.topic().equals(ConfigurationCheck.TOPIC)
                        ? new Line(line.topic(), discreet(line.finding()))
                        : line)
                .toList());
    }

    private static Finding discreet(Finding finding) {
        return switch (finding) {
            case Finding.Ok ok -> ok;
            case Finding.Warning(String message, String remedy) -> new Finding.Warning(unquoted(message), remedy);
            case Finding.Error(String message, String remedy) -> new Finding.Error(unquoted(message), remedy);
        };
    }

    private static String unquoted(String message) {
        String unnamed = UNKNOWN_KEY.matcher(message).replaceFirst("$1(masked): unknown key");
        return QUOTED.matcher(unnamed).replaceAll("'(masked)'");
    }

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
