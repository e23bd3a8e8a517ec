package no.sertsynk.cli;

import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.ResourceBundle;
import no.sertsynk.cli.language.Language;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The help of commands in another language. The descriptions of commands can be changed in picocli's model; those of options
 * it looks up in a bundle, which is this, by names that are made of the command's and the option's.
 */
final class HelpTexts extends ResourceBundle {
    private static final String LINE = "\n";

    private final Language language;
    private final Map<String, String> texts = new HashMap<>();

    private HelpTexts(Language language) {
        this.language = language;
    }

    /** Makes a command line with all its commands tell its help in the language. */
    static void translate(CommandLine line, Language language) {
        if (language == Language.ENGLISH) {
            return;
        }
        HelpTexts bundle = new HelpTexts(language);
        bundle.command(line.getCommandSpec());
        line.setResourceBundle(bundle);
    }

    private void command(CommandSpec command) {
        UsageMessageSpec usage = command.usageMessage();
        usage.description(translated(usage.description()));
        usage.footer(translated(usage.footer()));
        usage.synopsisHeading(language.say("Usage: "));
        usage.commandListHeading(language.say("Commands:%n"));
        usage.synopsisSubcommandLabel(language.say("[COMMAND]"));
        String prefix = command.qualifiedName(".") + ".";
        for (OptionSpec option : command.options()) {
            String name = option.descriptionKey().isEmpty()
                    ? option.longestName().replaceFirst("^-+", "")
                    : option.descriptionKey();
            put(prefix + name, option);
        }
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            put(prefix + parameter.paramLabel() + "[" + parameter.index() + "]", parameter);
        }
        command.subcommands().values().forEach(below -> command(below.getCommandSpec()));
    }

    /** picocli numbers the lines of a text. */
    private void put(String key, ArgSpec argument) {
        String[] lines = translated(argument.description());
        for (int i = 0; i < lines.length; i++) {
            texts.put(key + "." + i, lines[i]);
        }
    }

    /** Lines belong together: what comes first in one language may come last in another. */
    private String[] translated(String[] lines) {
        return lines.length == 0
                ? lines
                : language.say(String.join(LINE, lines)).split(LINE, -1);
    }

    @Override
    protected @Nullable Object handleGetObject(String key) {
        return texts.get(key);
    }

    @Override
    public Enumeration<String> getKeys() {
        return Collections.enumeration(texts.keySet());
    }
}
