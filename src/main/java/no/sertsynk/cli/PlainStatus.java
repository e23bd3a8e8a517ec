package no.sertsynk.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.app.RunningDaemon;
import no.sertsynk.app.UsageException;
import no.sertsynk.cli.language.Language;
import no.sertsynk.service.admin.AdminClient;

/**
 * {@code status} of a service that is running, where nothing but the configuration, the language and JSON is asked for. It
 * is what monitoring asks every minute, and modelling the command line takes longer than the answer. Whatever else is said,
 * or goes wrong, is left to {@link StatusCommand}, which answers the same and explains.
 */
final class PlainStatus {
    private PlainStatus() {}

    /** What to print; empty if this is not for here. */
    static Optional<String> answer(List<String> arguments, Main.Context context, Language language) {
        return Question.read(arguments).flatMap(question -> answer(question, context, language));
    }

    private static Optional<String> answer(Question question, Main.Context context, Language language) {
        try {
            Path file = question.configuration().isPresent()
                    ? Path.of(question.configuration().get())
                    : context.configurationFile();
            Optional<AdminClient> daemon = RunningDaemon.find(file, context.environment());
            if (daemon.isEmpty()) {
                return Optional.empty();
            }
            Console console = context.console(language, context.isColoured(), 0);
            return Optional.of(DaemonReply.shown(daemon.get(), StatusCommand.PATH, question.json(), console));
        } catch (UsageException | InvalidPathException e) {
            // Asked for once more by the command, which tells it.
            return Optional.empty();
        }
    }

    /** The arguments that are understood here: each at most once, an option's value behind it or after an equals sign. */
    private record Question(Optional<String> configuration, boolean json) {
        static Optional<Question> read(List<String> arguments) {
            Set<String> flags = new HashSet<>();
            Map<String, String> values = new HashMap<>();
            Iterator<String> rest = arguments.iterator();
            while (rest.hasNext()) {
                String argument = rest.next();
                int equals = argument.indexOf('=');
                String name = equals < 0 ? argument : argument.substring(0, equals);
                boolean isNew = switch (name) {
                    case "status" -> equals < 0 && flags.add(name);
                    case "--json" -> equals < 0 && flags.contains("status") && flags.add(name);
                    case "--config", "--lang" -> {
                        String value = equals >= 0 ? argument.substring(equals + 1) : rest.hasNext() ? rest.next() : "";
                        yield !value.isEmpty() && !value.startsWith("-") && values.put(name, value) == null;
                    }
                    default -> false;
                };
                if (!isNew) {
                    return Optional.empty();
                }
            }
            boolean isKnown = flags.contains("status")
                    && Language.parse(values.getOrDefault("--lang", "en")).isPresent();
            return isKnown
                    ? Optional.of(new Question(Optional.ofNullable(values.get("--config")), flags.contains("--json")))
                    : Optional.empty();
        }
    }
}
