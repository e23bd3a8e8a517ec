package no.sertsynk.service.observe;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text format as far as this program writes it: what a process that ended has left for the next to go on from. */
final class EarlierText {
    private static final Pattern LINE = Pattern.compile("(sertsynk_[a-z_]+)(?:\\{(.*)\\})? ([0-9.eE+]{1,30})");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"(?:,|$)");

    private EarlierText() {}

    /** One line. */
    record Sample(String name, Map<String, String> labels, double value) {}

    static void read(String text, BiConsumer<String, Sample> to) {
        text.lines().forEach(line -> sample(line).ifPresent(sample -> to.accept(sample.name(), sample)));
    }

    /** Empty for what is no line of ours. */
    private static Optional<Sample> sample(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> labels = new LinkedHashMap<>();
        if (matcher.group(2) != null) {
            Matcher label = LABEL.matcher(matcher.group(2));
            while (label.find()) {
                labels.put(
                        label.group(1),
                        label.group(2)
                                .replace("\\n", "\n")
                                .replace("\\\"", "\"")
                                .replace("\\\\", "\\"));
            }
        }
        try {
            double value = Double.parseDouble(matcher.group(3));
            return Double.isFinite(value) ? Optional.of(new Sample(matcher.group(1), labels, value)) : Optional.empty();
        } catch (NumberFormatException e) {
            // Not one of ours after all.
            return Optional.empty();
        }
    }
}
