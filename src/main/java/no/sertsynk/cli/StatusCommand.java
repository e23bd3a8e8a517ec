package no.sertsynk.cli;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import no.sertsynk.app.Application;
import no.sertsynk.app.Authorities;
import no.sertsynk.app.UsageException;
import no.sertsynk.state.SqliteStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** What is installed, as the last run left it. */
@Command(name = "status", description = "Shows what is installed, until when, and what comes next.")
final class StatusCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable RootCommand root;

    @Option(names = "--json", description = "answer in JSON")
    private boolean json;

    @Override
    public Integer call() throws UsageException {
        RootCommand command = Objects.requireNonNull(root);
        Application application = command.application();
        Console console = command.console();
        Optional<SqliteStatus> opened = application.status();
        if (opened.isEmpty()) {
            console.out()
                    .println(
                            json
                                    ? "{\"parties\":[],\"lastSync\":null,\"keystores\":[],\"anchors\":[],\"alerts\":[]}"
                                    : console.say("no sync has been run", "ingen synk er kjørt"));
            return ExitCodes.OK;
        }
        try (SqliteStatus status = opened.get()) {
            Instant now = command.context().clock().instant();
            Authorities authorities = application.authorities();
            AnchorOutput anchors = new AnchorOutput(
                    authorities.anchors().certificates(),
                    authorities.expiring(status::certificates, now),
                    authorities.mistakes(),
                    now);
            StatusOutput output = new StatusOutput(status, application.settings(), anchors, now);
            if (json) {
                console.out().println(output.json());
            } else {
                output.text(console);
            }
        }
        return ExitCodes.OK;
    }
}
