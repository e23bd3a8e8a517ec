package no.sertsynk.cli.manual;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.OptionSpec;

/**
 * One option of a command.
 *
 * @param names with their hyphens
 * @param value what follows it, such as FILE or auto|always|never; empty if nothing does
 */
record OptionEntry(
        List<String> names, String value, String description, boolean required, boolean repeatable, boolean file) {
    private static final Pattern CHOICES = Pattern.compile("[a-z0-9-]+(\\|[a-z0-9-]+)+");

    static OptionEntry of(OptionSpec option) {
        boolean valued = option.arity().max() > 0;
        return new OptionEntry(
                List.of(option.names()),
                valued ? option.paramLabel() : "",
                String.join(" ", option.description()),
                option.required(),
                option.isMultiValue(),
                List.of(option.auxiliaryTypes()).contains(Path.class));
    }

    boolean isValued() {
        return !value.isEmpty();
    }

    /** The words that may follow it; empty if others may too. */
    List<String> choices() {
        return CHOICES.matcher(value).matches() ? List.of(value.split("\\|")) : List.of();
    }
}
