package no.sertsynk.cli.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The completion of the program's arguments in bash. */
final class BashCompletion {
    private final CommandEntry program;

    private BashCompletion(CommandEntry program) {
        this.program = program;
    }

    static String of(CommandEntry program) {
        return new BashCompletion(program).script();
    }

    private String script() {
        return """
            # Completes the arguments of sertsynk in bash. Made of its commands.
            _sertsynk() {
                local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command= word words= files=
                for word in "${COMP_WORDS[@]:1:COMP_CWORD - 1}"; do
                    case $command/$word in
            %s
                    esac
                done
                case $command:$prev in
            %s
                    *)
                        case $command in
            %s
                        esac
                        ;;
                esac
                mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
                if [[ -n $files && $cur != -* ]]; then
                    compopt -o filenames 2>/dev/null
                    mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$cur")
                fi
            }
            complete -F _sertsynk sertsynk
            """.formatted(entering(), values(), commands());
    }

    private static String place(CommandEntry command) {
        return command.words().stream().map(word -> "/" + word).collect(Collectors.joining());
    }

    /** How the words lead from command to command. */
    private String entering() {
        String all = program.all().stream()
                .filter(command -> !command.words().isEmpty())
                .map(BashCompletion::place)
                .collect(Collectors.joining(" | "));
        return "            " + all + ") command=$command/$word ;;";
    }

    /** What may follow an option. */
    private String values() {
        List<String> lines = new ArrayList<>();
        for (OptionEntry option : program.options()) {
            if (option.isValued()) {
                lines.add(value("*", option));
            }
        }
        for (CommandEntry command : program.all()) {
            if (!command.words().isEmpty()) {
                command.options().stream()
                        .filter(OptionEntry::isValued)
                        .forEach(option -> lines.add(value(place(command), option)));
            }
        }
        return String.join("\n", lines);
    }

    private static String value(String place, OptionEntry option) {
        String pattern = option.names().stream().map(name -> place + ":" + name).collect(Collectors.joining(" | "));
        String then = option.file() ? "files=yes" : "words='" + String.join(" ", option.choices()) + "'";
        return "        " + pattern + ") " + then + " ;;";
    }

    /** What a command offers where no option waits for its value. */
    private String commands() {
        String common = names(program.options());
        return program.all().stream()
                .map(command -> {
                    String below =
                            command.commands().stream().map(CommandEntry::name).collect(Collectors.joining(" "));
                    String own = command.words().isEmpty() ? "" : names(command.options());
                    String words = String.join(" ", List.of(below, own, common))
                            .strip()
                            .replaceAll(" +", " ");
                    boolean files = command.arguments().stream().anyMatch(CommandEntry.Argument::file);
                    String place = command.words().isEmpty() ? "''" : place(command);
                    return "                " + place + ") words='" + words + "'" + (files ? " files=yes" : "") + " ;;";
                })
                .collect(Collectors.joining("\n"));
    }

    private static String names(List<OptionEntry> options) {
        return options.stream().flatMap(option -> option.names().stream()).collect(Collectors.joining(" "));
    }
}
