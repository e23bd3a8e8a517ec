package no.sertsynk.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import no.sertsynk.app.Application;
import no.sertsynk.app.UsageException;
import no.sertsynk.cli.ImportOutput.Row;
import no.sertsynk.model.Escape;
import no.sertsynk.model.HerId;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.sync.SyncListener;
import no.sertsynk.sync.SyncReport;
import no.sertsynk.validation.HandedOver;
import no.sertsynk.validation.HandedOver.Piece;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Installs certificates that were handed over by hand. */
@Command(
        name = "import",
        description = {
            "Installs certificates handed over by hand, after the same validation and by the same rules as those that"
                    + " the register names.",
            "They count as the party's from then on, whatever the register says of it."
        })
final class ImportCommand implements Callable<Integer> {
    private static final int MAX_CERTIFICATES = 1_000;

    @ParentCommand
    private @Nullable RootCommand root;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "certificates: PEM, DER, PKCS#7, or ZIP with such files")
    private List<Path> files = List.of();

    @Option(names = "--party", paramLabel = "HERID", required = true, description = "whose certificates they are")
    private String party = "";

    @Option(
            names = "--remove",
            description = "take back what was handed over: the party's certificates are then again those that the"
                    + " register names; what is installed leaves by the rules of what the register has dropped")
    private boolean remove;

    @Option(names = "--json", description = "answer in JSON")
    private boolean json;

    @Override
    public Integer call() throws UsageException {
        RootCommand command = Objects.requireNonNull(root);
        HerId herId = HerId.parse(party)
                .orElseThrow(() -> new UsageException("--party: expected a HER-id, found '" + party + "'"));
        Application application = command.warnedApplication();
        application.requireParty(herId);
        List<Row> read = read();
        Set<PartnerCertificate> certificates = new LinkedHashSet<>();
        read.forEach(row -> row.certificate().ifPresent(certificates::add));
        if (remove) {
            return takeBack(application, herId, read, List.copyOf(certificates));
        }
        Optional<SyncReport> report = certificates.isEmpty()
                ? Optional.empty()
                : Optional.of(application.handOver(herId, List.copyOf(certificates), SyncListener.none()));
        List<Row> rows = report.isEmpty()
                ? read
                : read.stream().map(row -> row.decided(report.get())).toList();
        ImportOutput output = new ImportOutput(herId, rows, report);
        if (json) {
            command.console().out().println(output.json());
        } else {
            output.text(command.console());
        }
        return code(rows, report);
    }

    /** Forgets first and runs then, so that a register that is down only delays what follows from it. */
    private int takeBack(Application application, HerId herId, List<Row> read, List<PartnerCertificate> certificates)
            throws UsageException {
        List<PartnerCertificate> taken = application.takeBack(herId, certificates);
        List<Row> rows = read.stream().map(row -> row.takenBack(taken)).toList();
        Optional<SyncReport> report = taken.isEmpty()
                ? Optional.empty()
                : Optional.of(application.sync(
                        new Application.Order(Set.of(herId), false, Set.of(), Optional.empty(), Optional.empty()),
                        SyncListener.none()));
        TakeBackOutput output = new TakeBackOutput(herId, rows, report);
        Console console = Objects.requireNonNull(root).console();
        if (json) {
            console.out().println(output.json());
        } else {
            output.text(console);
        }
        boolean complete = rows.stream().allMatch(row -> row.reasons().isEmpty());
        int code = report.map(run -> ExitCodes.of(run, false)).orElse(ExitCodes.OK);
        return complete || code != ExitCodes.OK ? code : ExitCodes.PROBLEM;
    }

    /** What the files hold; what is no certificate is a row of its own. */
    private List<Row> read() throws UsageException {
        List<Row> rows = new ArrayList<>();
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new UsageException("expected the certificate file " + file + ", found none");
            }
            try {
                HandedOver.read(file).forEach(piece -> rows.addAll(rows(piece)));
            } catch (IOException e) {
                throw new UsageException(file + ": " + e.getMessage());
            }
            if (rows.size() > MAX_CERTIFICATES) {
                throw new UsageException("expected at most " + MAX_CERTIFICATES + " certificates, found more");
            }
        }
        return rows;
    }

    /** Containers bring the issuers along, which are trusted in another way or not at all. */
    private List<Row> rows(Piece piece) {
        return switch (piece) {
            case Piece.Refused(String name, Reason reason) -> List.of(Row.unreadable(name, reason));
            case Piece.Found(String name, List<PartnerCertificate> certificates, boolean isBundle) -> {
                List<Row> rows = new ArrayList<>();
                for (PartnerCertificate certificate : certificates) {
                    if (isBundle && certificate.x509().getBasicConstraints() >= 0) {
                        leftOut(name, certificate);
                    } else {
                        rows.add(Row.of(name, certificate));
                    }
                }
                yield rows;
            }
        };
    }

    private void leftOut(String name, PartnerCertificate certificate) {
        Console console = Objects.requireNonNull(root).console();
        if (!console.isQuiet()) {
            console.err()
                    .println(console.say(
                            "{0}: left out {1}, which is an authority's certificate (see sertsynk trust)",
                            Escape.text(name), Escape.text(certificate.subject())));
        }
    }

    /** What the register says of the party does not count here. */
    private static int code(List<Row> rows, Optional<SyncReport> report) {
        Optional<Reason> stopped = report.flatMap(SyncReport::stopped);
        if (stopped.filter(reason -> reason.code() == ReasonCode.GUARD).isPresent()) {
            return ExitCodes.GUARD;
        }
        boolean keystoreFailed = report.isPresent()
                && report.get().keystores().stream()
                        .anyMatch(keystore -> !keystore.reasons().isEmpty());
        return keystoreFailed || !rows.stream().allMatch(Row::isAccepted) ? ExitCodes.PROBLEM : ExitCodes.OK;
    }
}
