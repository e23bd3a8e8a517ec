package no.sertsynk.cli;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import no.sertsynk.app.HostCheckup;
import no.sertsynk.app.UsageException;
import no.sertsynk.app.doctor.Diagnosis;
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

    @Override
    public Integer call() throws UsageException, IOException, InterruptedException {
        RootCommand command = Objects.requireNonNull(root);
        Console console = command.console();
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
        return diagnosis.errors() > 0 ? ExitCodes.PROBLEM : ExitCodes.OK;
    }
}
