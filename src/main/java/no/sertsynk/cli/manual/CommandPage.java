package no.sertsynk.cli.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import no.sertsynk.cli.manual.CommandEntry.Argument;

/** The manual page of the program, sertsynk(1). */
final class CommandPage {
    private static final Pattern EXIT = Pattern.compile("([0-9]+) ([^;]+?)[;.](?= |$)");

    private final Mdoc page;
    private final CommandEntry program;

    private CommandPage(CommandEntry program, String date) {
        this.program = program;
        this.page = new Mdoc("SERTSYNK", 1, date);
    }

    /** @param exitCodes as the help of the program tells them */
    static String of(CommandEntry program, String exitCodes, String date) {
        CommandPage page = new CommandPage(program, date);
        page.introduction();
        page.commands();
        page.surroundings();
        page.exitStatus(exitCodes);
        page.examples();
        return page.page.toString();
    }

    private void introduction() {
        page.macro("Sh", "NAME").macro("Nm", "sertsynk").macro("Nd", "organisation certificates in local keystores");
        page.macro("Sh", "SYNOPSIS")
                .macro("Nm", "sertsynk")
                .macro("Op", ".Ar", "options")
                .macro("Ar", "command")
                .macro("Op", ".Ar", "arguments");
        page.macro("Sh", "DESCRIPTION").text(program.description());
        page.text("It asks the register which LDAP strings the configured communication parties have, fetches their"
                + " certificates, validates them and puts them into the keystores of the configuration,");
        page.macro("Xr", "sertsynk.yaml", "5", Mdoc.STOP);
        page.macro("Pp").text("Options that every command has:");
        options(program.options());
    }

    private void commands() {
        page.macro("Sh", "COMMANDS");
        program.commands().stream()
                .flatMap(command -> command.all().stream())
                .filter(command -> command.commands().isEmpty())
                .forEach(this::command);
    }

    private void command(CommandEntry command) {
        page.macro("Ss", command.words().toArray(String[]::new));
        List<String> synopsis = new ArrayList<>(List.of("sertsynk", ".Cm"));
        synopsis.addAll(command.words());
        page.macro("Nm", synopsis.toArray(String[]::new));
        command.options().forEach(option -> {
            List<String> words =
                    new ArrayList<>(tag(option, List.of(option.names().getLast())));
            if (option.repeatable()) {
                words.addAll(List.of(".No", ".\\&..."));
            }
            if (option.required()) {
                page.macro(words.removeFirst().substring(1), words.toArray(String[]::new));
            } else {
                page.macro("Op", words.toArray(String[]::new));
            }
        });
        command.arguments().forEach(argument -> page.macro("Ar", argument.usage()));
        page.macro("Pp").text(command.description());
        options(command.options());
        List<Argument> described = command.arguments().stream()
                .filter(argument -> !argument.description().isEmpty())
                .toList();
        if (!described.isEmpty()) {
            page.macro("Bl", "-tag", "-width", "Ds");
            described.forEach(
                    argument -> page.macro("It", ".Ar", argument.label()).text(argument.description()));
            page.macro("El");
        }
    }

    private void options(List<OptionEntry> options) {
        if (options.isEmpty()) {
            return;
        }
        page.macro("Bl", "-tag", "-width", "Ds");
        options.forEach(option -> page.macro("It", tag(option, option.names()).toArray(String[]::new))
                .text(option.description()));
        page.macro("El");
    }

    /** The names of an option and what follows it, as words of a macro. */
    private static List<String> tag(OptionEntry option, List<String> names) {
        List<String> words = new ArrayList<>();
        for (String name : names) {
            if (!words.isEmpty()) {
                words.add(".,");
            }
            // The macro writes the first hyphen.
            words.addAll(List.of(".Fl", name.startsWith("--") ? ".\\" + name.substring(1) : name.substring(1)));
        }
        if (option.isValued()) {
            words.addAll(List.of(".Ar", option.value()));
        }
        return words;
    }

    private void exitStatus(String exitCodes) {
        page.macro("Sh", "EXIT", "STATUS").macro("Bl", "-tag", "-width", "Ds");
        Matcher code = EXIT.matcher(exitCodes);
        while (code.find()) {
            page.macro("It", code.group(1)).text(code.group(2));
        }
        page.macro("El");
    }

    private void surroundings() {
        page.macro("Sh", "ENVIRONMENT").macro("Bl", "-tag", "-width", "Ds");
        variable("SERTSYNK_CONFIG", "The configuration file, if --config does not name one.");
        variable("SERTSYNK_JAVA_HOME", "The Java to use, 25 or newer; a package that brings its own uses that.");
        variable("SERTSYNK_JAVA_OPTS", "Further options for Java.");
        variable("NO_COLOR", "Set to anything, colours are left out.");
        page.macro("El");
        page.macro("Sh", "FILES").macro("Bl", "-tag", "-width", "Ds");
        file("/etc/sertsynk/sertsynk.yaml", "The configuration.");
        file("/etc/sertsynk/trust", "The certificate authorities that are trusted.");
        file("/var/lib/sertsynk", "The state, earlier keystores and revocation lists.");
        page.macro("El");
    }

    private void examples() {
        page.macro("Sh", "EXAMPLES").text("Try the configuration, see what would be done, and do it:");
        page.literal("sertsynk config check\nsertsynk plan\nsertsynk sync");
        page.text("Ask the background service for a run now and wait for its report:");
        page.literal("sertsynk refresh --wait");
        page.macro("Sh", "SEE ALSO").macro("Xr", "sertsynk.yaml", "5");
    }

    private void variable(String name, String description) {
        page.macro("It", ".Ev", name).text(description);
    }

    private void file(String name, String description) {
        page.macro("It", ".Pa", name).text(description);
    }
}
