package no.sertsynk.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import no.sertsynk.app.Application;
import no.sertsynk.app.HeadStart;
import no.sertsynk.app.UsageException;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.rollover.Guards.Guard;
import no.sertsynk.service.admin.AdminClient;
import no.sertsynk.service.observe.RunTally;
import no.sertsynk.service.observe.SyncMetrics;
import no.sertsynk.sync.SyncListener;
import no.sertsynk.sync.SyncReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Runs the flow once. */
@Command(name = "sync", description = "Brings the keystores up to date, once.")
final class SyncCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable RootCommand root;

    @Option(names = "--party", paramLabel = "HERID", description = "touch this party alone; may be repeated")
    private List<String> parties = List.of();

    @Option(names = "--dry-run", description = "show what would change and write nothing")
    private boolean dryRun;

    @Option(
            names = "--force",
            paramLabel = "GUARD",
            split = ",",
            description = "go on past max-change, empty-register, clock")
    private List<String> force = List.of();

    @Option(names = "--accept-organization", paramLabel = "NUMBER", description = "accept this organisation number")
    private @Nullable String organization;

    @Option(names = "--at", paramLabel = "INSTANT", description = "validate as of this time; with --local or --dry-run")
    private @Nullable String at;

    @Option(names = "--local", description = "run here, also if a daemon is running")
    private boolean local;

    @Option(names = "--metrics-file", paramLabel = "FILE", description = "write metrics of the run to this file")
    private @Nullable Path metrics;

    @Option(names = "--json", description = "answer in JSON")
    private boolean json;

    @Override
    public Integer call() throws UsageException {
        RootCommand command = Objects.requireNonNull(root);
        if (at != null && !local && !dryRun) {
            throw new UsageException("--at needs --local or --dry-run");
        }
        Application.Order order = order(parties, dryRun, force, Optional.ofNullable(organization), at);
        Optional<AdminClient> daemon = local || dryRun ? Optional.empty() : command.daemon();
        if (daemon.isPresent()) {
            return throughDaemon(daemon.get(), order, command.console());
        }
        RunTally tally = new RunTally();
        Runner runner = new Runner(command, json);
        SyncReport report = runner.run(order, tally);
        if (metrics != null) {
            runner.leave(metrics, report, tally);
        }
        return ExitCodes.of(report, false);
    }

    private int throughDaemon(AdminClient daemon, Application.Order order, Console console) throws UsageException {
        DaemonRun run = new DaemonRun(daemon, console, json);
        int code = run.await(run.request(order));
        if (metrics != null) {
            MetricsFile.write(metrics, DaemonReply.metrics(daemon));
        }
        return code;
    }

    static Application.Order order(
            List<String> parties,
            boolean dryRun,
            List<String> force,
            Optional<String> organization,
            @Nullable String at)
            throws UsageException {
        Set<HerId> only = new LinkedHashSet<>();
        for (String party : parties) {
            only.add(HerId.parse(party)
                    .orElseThrow(() -> new UsageException("--party: expected a HER-id, found '" + party + "'")));
        }
        Set<Guard> guards = EnumSet.noneOf(Guard.class);
        for (String name : force) {
            guards.add(Guard.parse(name)
                    .orElseThrow(() -> new UsageException(
                            "--force: expected max-change, empty-register or clock, found '" + name + "'")));
        }
        Optional<OrganizationNumber> number = Optional.empty();
        if (organization.isPresent()) {
            number = OrganizationNumber.parse(organization.get());
            if (number.isEmpty()) {
                throw new UsageException(
                        "--accept-organization: expected nine digits, found '" + organization.get() + "'");
            }
        }
        return new Application.Order(only, dryRun, guards, number, instant(at));
    }

    static Optional<Instant> instant(@Nullable String text) throws UsageException {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(java.time.OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            throw new UsageException("--at: expected a time such as 2026-01-31T12:00:00Z, found '" + text + "'");
        }
    }

    /** Runs the flow and prints its report. */
    static final class Runner {
        private final RootCommand root;
        private final boolean json;
        private @Nullable Application application;

        Runner(RootCommand root, boolean json) {
            this.root = root;
            this.json = json;
        }

        SyncReport run(Application.Order order) throws UsageException {
            return run(order, new RunTally());
        }

        SyncReport run(Application.Order order, RunTally tally) throws UsageException {
            HeadStart.begin();
            Console console = root.console();
            SyncListener listener = console.progress() && !json
                    ? (done, total) -> {
                        if (done % 20 == 0 || done == total) {
                            console.err().print("\r" + done + "/" + total + (done == total ? "\r\u001b[K" : ""));
                        }
                    }
                    : SyncListener.none();
            Application application = root.warnedApplication();
            SyncReport report = application.sync(order, listener, tally);
            this.application = application;
            if (json) {
                console.out().println(SyncOutput.json(report));
            } else {
                SyncOutput.text(report, console);
            }
            return report;
        }

        /** Writes the figures of the run to the file, going on from the counts that stand there. A dry run counts nothing. */
        void leave(Path file, SyncReport report, RunTally tally) throws UsageException {
            SyncMetrics figures = new SyncMetrics(Application.version()).resuming(MetricsFile.read(file));
            if (!report.dryRun()) {
                figures.ended(report, tally);
            }
            Objects.requireNonNull(application, "nothing was run").show(figures);
            MetricsFile.write(file, figures.text());
        }
    }
}
