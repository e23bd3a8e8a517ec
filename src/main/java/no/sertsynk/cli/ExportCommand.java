package no.sertsynk.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import no.sertsynk.app.Application;
import no.sertsynk.app.InstalledEntries;
import no.sertsynk.app.UsageException;
import no.sertsynk.model.Escape;
import no.sertsynk.model.HerId;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Sha256;
import no.sertsynk.rollover.Role;
import no.sertsynk.state.SqliteStatus;
import no.sertsynk.sync.StatusSource.Row;
import no.sertsynk.validation.CertificateFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** What is installed, for systems that sertsynk cannot reach. */
@Command(
        name = "export",
        description = {
            "Writes the certificates that are installed to a file, for systems that sertsynk cannot reach, and beside"
                    + " it a",
            "sheet to print: fingerprints, validity and where to install them."
        })
final class ExportCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable RootCommand root;

    @ArgGroup(multiplicity = "1")
    private Selection selection = new Selection();

    /** Exactly one of them is given. */
    static final class Selection {
        @Option(names = "--party", paramLabel = "HERID", description = "what is installed for that party")
        private @Nullable String party;

        @Option(names = "--keystore", paramLabel = "NAME", description = "what is installed in that keystore")
        private @Nullable String keystore;

        @Option(names = "--all", description = "what is installed for all parties")
        private boolean all;
    }

    @Option(names = "--format", paramLabel = "pem|pkcs7", description = "pem unless told otherwise")
    private String format = "pem";

    @Option(names = "--to", paramLabel = "FILE", required = true, description = "the file to write")
    private Path to = Path.of("");

    @Option(names = "--sheet", paramLabel = "FILE", description = "where the sheet is written; else FILE.html")
    private @Nullable Path sheet;

    @Option(names = "--overwrite", description = "replace files that exist")
    private boolean overwrite;

    @Override
    public Integer call() throws UsageException {
        RootCommand command = Objects.requireNonNull(root);
        Console console = command.console();
        if (!format.equals("pem") && !format.equals("pkcs7")) {
            throw new UsageException("--format: expected pem or pkcs7, found '" + format + "'");
        }
        Application application = command.application();
        Path sheetFile = sheet == null ? to.resolveSibling(to.getFileName() + ".html") : sheet;
        refuseKeystores(application, to);
        refuseKeystores(application, sheetFile);
        List<ExportSheet.Line> lines = lines(application);
        if (lines.isEmpty()) {
            console.err().println(console.say("nothing is installed that could be exported; see sertsynk status"));
            return ExitCodes.PROBLEM;
        }
        Map<Sha256, PartnerCertificate> certificates = new LinkedHashMap<>();
        lines.forEach(line -> certificates.putIfAbsent(line.certificate().sha256(), line.certificate()));
        List<PartnerCertificate> all = List.copyOf(certificates.values());
        write(to, format.equals("pem") ? CertificateFiles.pem(all) : CertificateFiles.pkcs7(all));
        String page = new ExportSheet(
                        console,
                        String.valueOf(to.getFileName()),
                        command.context().clock().instant())
                .html(lines);
        write(sheetFile, page.getBytes(StandardCharsets.UTF_8));
        console.out().println(console.say("{0}: {1} certificates", Escape.text(to.toString()), all.size()));
        console.out().println(console.say("{0}: the sheet to print", Escape.text(sheetFile.toString())));
        return ExitCodes.OK;
    }

    /** An export over a keystore would end what every client reads. */
    private static void refuseKeystores(Application application, Path file) throws UsageException {
        Path real = file.toAbsolutePath().normalize();
        boolean isKeystore = application.settings().keystores().stream()
                .anyMatch(keystore ->
                        real.startsWith(keystore.spec().path().toAbsolutePath().normalize()));
        if (isKeystore || Files.isDirectory(file)) {
            throw new UsageException("--to: expected a file that is no keystore of this configuration, found " + file);
        }
    }

    private void write(Path file, byte[] content) throws UsageException {
        OpenOption[] options = overwrite
                ? new OpenOption[] {
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS
                }
                : new OpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
        try {
            Files.write(file, content, options);
        } catch (FileAlreadyExistsException e) {
            throw new UsageException("expected no file " + file + ", found one; --overwrite replaces it");
        } catch (IOException e) {
            throw new UsageException("cannot write " + file + ": " + e.getMessage());
        }
    }

    private List<ExportSheet.Line> lines(Application application) throws UsageException {
        Optional<SqliteStatus> opened = application.status();
        if (selection.keystore != null) {
            Map<Sha256, List<Row>> known = new HashMap<>();
            if (opened.isPresent()) {
                try (SqliteStatus status = opened.get()) {
                    status.rows()
                            .forEach(row -> known.computeIfAbsent(
                                            row.certificate().sha256(), key -> new ArrayList<>())
                                    .add(row));
                }
            }
            return ofKeystore(InstalledEntries.of(application, selection.keystore), known);
        }
        Optional<HerId> only = Optional.empty();
        if (selection.party != null) {
            String text = selection.party;
            only = Optional.of(HerId.parse(text)
                    .orElseThrow(() -> new UsageException("--party: expected a HER-id, found '" + text + "'")));
            application.requireParty(only.get());
        }
        if (opened.isEmpty()) {
            return List.of();
        }
        try (SqliteStatus status = opened.get()) {
            return ofParties(status, only);
        }
    }

    private static List<ExportSheet.Line> ofParties(SqliteStatus status, Optional<HerId> only) {
        Map<Sha256, PartnerCertificate> certificates = new HashMap<>();
        status.certificates().forEach(certificate -> certificates.put(certificate.sha256(), certificate));
        List<ExportSheet.Line> lines = new ArrayList<>();
        for (Row row : status.rows()) {
            PartnerCertificate certificate = certificates.get(row.certificate().sha256());
            boolean isInstalled = row.role() == Role.CURRENT || row.role() == Role.PARALLEL;
            if (isInstalled
                    && certificate != null
                    && (only.isEmpty() || only.get().equals(row.herId()))) {
                lines.add(ExportSheet.Line.of(certificate, row));
            }
        }
        return lines;
    }

    private static List<ExportSheet.Line> ofKeystore(
            Map<String, PartnerCertificate> entries, Map<Sha256, List<Row>> known) {
        List<ExportSheet.Line> lines = new ArrayList<>();
        entries.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .forEach(entry -> {
                    PartnerCertificate certificate = entry.getValue();
                    List<Row> rows = known.getOrDefault(certificate.sha256(), List.of());
                    lines.add(
                            rows.isEmpty()
                                    ? ExportSheet.Line.unknown(entry.getKey(), certificate)
                                    : ExportSheet.Line.of(certificate, rows.getFirst()));
                });
        return lines;
    }
}
