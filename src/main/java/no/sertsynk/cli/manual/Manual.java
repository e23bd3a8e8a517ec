package no.sertsynk.cli.manual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import no.sertsynk.cli.ProgramModel;
import no.sertsynk.config.ConfigurationKeys;
import picocli.CommandLine.Model.CommandSpec;

/** Writes the manual pages and the completions where packages expect them. */
public final class Manual {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("MMMM d, uuuu", Locale.ENGLISH);

    private Manual() {}

    /** @param arguments the folder to write in, and the time of the build in RFC 3339 */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("expected a folder and a time");
        }
        Path folder = Path.of(arguments[0]);
        LocalDate date = OffsetDateTime.parse(arguments[1]).toLocalDate();
        for (Map.Entry<String, String> file : files(date).entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    /** The content of each file, by its place below {@code share}. */
    static Map<String, String> files(LocalDate date) {
        CommandSpec root = ProgramModel.root();
        CommandEntry program = CommandEntry.program(root);
        String day = DATE.format(date);
        String exitCodes = String.join(" ", root.usageMessage().footer());
        Map<String, String> files = new LinkedHashMap<>();
        files.put("man/man1/sertsynk.1", CommandPage.of(program, exitCodes, day));
        files.put("man/man5/sertsynk.yaml.5", KeysPage.of(ConfigurationKeys.ALL, day));
        files.put("bash-completion/completions/sertsynk", BashCompletion.of(program));
        files.put("zsh/vendor-completions/_sertsynk", ZshCompletion.of(program));
        files.put("fish/vendor_completions.d/sertsynk.fish", FishCompletion.of(program));
        return files;
    }
}
