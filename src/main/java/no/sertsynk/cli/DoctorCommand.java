package no.sertsynk.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import no.sertsynk.app.HostCheckup;
import no.sertsynk.app.UsageException;
import no.sertsynk.app.doctor.Diagnosis;
import no.sertsynk.cli.language.Language;
import no.sertsynk.config.Configuration;
import no.sertsynk.model.Escape;
import no.sertsynk.state.StateException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Looks at everything that can be wrong on this host. */
@Command(
        name = "doctor",
        description = "Looks at everything that can be wrong on this host and says what to do. Changes nothing.")
final class DoctorCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable RootCommand root;

    @Option(
            names = "--client-user",
            paramLabel = "NAME",
            description = "tell whether this user, whose program reads the keystores, may do so")
    private List<String> clients = List.of();

    @Option(names = "--json", description = "answer in JSON")
    private boolean json;

    @Option(
            names = "--bundle",
            paramLabel = "FILE",
            description = "write all that is found into this ZIP file for whoever is asked for help, without secrets")
    private @Nullable Path bundle;

    @Override
    public Integer call() throws UsageException, IOException, InterruptedException {
        RootCommand command = Objects.requireNonNull(root);
        Console console = command.console();
        if (bundle != null && Files.exists(bundle, LinkOption.NOFOLLOW_LINKS)) {
            throw new UsageException("--bundle: expected a file that is not there yet, found " + bundle);
        }
        HostCheckup checkup = HostCheckup.of(
                command.configurationFile(),
                command.context().environment(),
                command.context().clock());
        Diagnosis diagnosis = checkup.examine(clients);
        if (json) {
            console.out().println(DoctorOutput.json(diagnosis));
        } else {
            DoctorOutput.text(diagnosis, console);
        }
        if (bundle != null) {
            checkup.bundle(bundle, texts(diagnosis.discreet(), checkup.configuration(), command));
            console.err()
                    .println(console.say(
                            "written: {0}; look through it before you hand it on", Escape.text(bundle.toString())));
        }
        return diagnosis.errors() > 0 ? ExitCodes.PROBLEM : ExitCodes.OK;
    }

    /** What is told in the bundle besides the host's own files. */
    private static Map<String, String> texts(
            Diagnosis diagnosis, Optional<Configuration> configuration, RootCommand command) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("doctor.json", DoctorOutput.json(diagnosis) + "\n");
        texts.put("doctor.txt", written(console -> DoctorOutput.text(diagnosis, console)));
        configuration.map(command::application).ifPresent(application -> {
            Instant now = command.context().clock().instant();
            texts.put("status.json", written(console -> new StatusView(application, now).show(true, console)));
            texts.put(
                    "history.json",
                    written(console -> HistoryCommand.show(application, Optional.empty(), true, console)));
        });
        return texts;
    }

    private interface Writing {
        void to(Console console) throws UsageException;
    }

    /** In English, whoever asks. */
    private static String written(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            writing.to(new Console(out, out, false, false, Language.ENGLISH, 0));
        } catch (UsageException | StateException e) {
            return e.getMessage() + "\n";
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
