package no.sertsynk.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import no.sertsynk.app.UsageException;
import no.sertsynk.cli.ValidateCommand.Answer;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.validation.CertificateReading;
import no.sertsynk.validation.TrustStore;
import no.sertsynk.validation.ValidationSettings;
import no.sertsynk.validation.Validators;

/**
 * Answers the cases of a file of JSON lines, one line each, in order, working on all cores. A case that cannot be read, or
 * that takes too long, is answered as rejected, so that it does not cost the others their answers. Nothing is fetched.
 */
final class ValidateBatch {
    /** Far above what the limits of validation let a case take; a guard against libraries that never end. */
    private static final Duration CASE_TIME = Duration.ofSeconds(60);

    private static final int CASES_AHEAD = 64;

    private final Console console;
    private final Clock clock;
    private final BatchFiles files = new BatchFiles();

    ValidateBatch(Console console, Clock clock) {
        this.console = console;
        this.clock = clock;
    }

    /** An answer line and what it says. */
    private record Row(String json, boolean isValid) {}

    int run(Path file) throws UsageException {
        Path folder =
                Objects.requireNonNullElse(file.toAbsolutePath().normalize().getParent(), Path.of("/"));
        ThreadPoolExecutor workers = workers(Runtime.getRuntime().availableProcessors());
        boolean all = true;
        Deque<Pending> pending = new ArrayDeque<>();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank()) {
                    String text = line;
                    pending.add(new Pending(text, workers.submit(() -> answer(text, folder))));
                }
                if (pending.size() >= CASES_AHEAD) {
                    all &= print(pending.remove(), workers);
                }
            }
            while (!pending.isEmpty()) {
                all &= print(pending.remove(), workers);
            }
        } catch (IOException e) {
            throw new UsageException("--batch " + file + ": expected a file of JSON lines, found: " + e);
        } finally {
            workers.shutdownNow();
        }
        return all ? ExitCodes.OK : ExitCodes.PROBLEM;
    }

    private record Pending(String line, Future<Row> row) {}

    /** Threads that do not keep the process from ending. */
    private static ThreadPoolExecutor workers(int count) {
        return new ThreadPoolExecutor(count, count, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, "validate");
            thread.setDaemon(true);
            return thread;
        });
    }

    private boolean print(Pending pending, ThreadPoolExecutor workers) {
        Row row = await(pending, workers);
        console.out().println(row.json());
        return row.isValid();
    }

    private static Row await(Pending pending, ThreadPoolExecutor workers) {
        try {
            return pending.row().get(CASE_TIME.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            pending.row().cancel(true);
            // The thread may never come back; the others' share of the machine stays what it was.
            workers.setMaximumPoolSize(workers.getMaximumPoolSize() + 1);
            workers.setCorePoolSize(workers.getMaximumPoolSize());
            return row(
                    pending.line(),
                    refused(
                            ReasonCode.LIMIT_EXCEEDED,
                            "expected a verdict within " + CASE_TIME.toSeconds()
                                    + " s, found none; the case is too much work"));
        } catch (ExecutionException e) {
            return row(
                    pending.line(),
                    refused(ReasonCode.LIMIT_EXCEEDED, "expected a case that can be judged, found: " + e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while cases were under way", e);
        }
    }

    /** The row of a case that came to no answer of its own. */
    private static Row row(String line, Answer answer) {
        try {
            return row(BatchCase.parse(line), answer);
        } catch (UsageException e) {
            return row(new BatchCase(Map.of(), Map.of(), Set.of(), false), answer);
        }
    }

    private static Row row(BatchCase read, Answer answer) {
        return new Row(
                Json.object(row -> {
                    read.putId(row);
                    row.put("valid", answer.isValid())
                            .put("verdict", answer.verdict().id())
                            .putReasons("reasons", answer.reasons());
                }),
                answer.isValid());
    }

    private Row answer(String line, Path folder) {
        BatchCase read = new BatchCase(Map.of(), Map.of(), Set.of(), false);
        Answer answer;
        try {
            read = BatchCase.parse(line);
            answer = validate(read, folder);
        } catch (MalformedCertificateException e) {
            answer = Answer.refused(e.reason());
        } catch (IOException | InvalidPathException | UsageException e) {
            answer = refused(
                    ReasonCode.MALFORMED_CERTIFICATE, "expected a case that can be read, found: " + e.getMessage());
        }
        return row(read, answer);
    }

    private static Answer refused(ReasonCode code, String message) {
        return Answer.refused(Reason.of(code, message));
    }

    private Answer validate(BatchCase read, Path folder)
            throws UsageException, IOException, MalformedCertificateException {
        for (String required : List.of("id", "certificate")) {
            if (!read.texts().containsKey(required)) {
                throw new UsageException("no field " + required);
            }
        }
        if (!read.lists().containsKey("trust")) {
            throw new UsageException("no list trust");
        }
        PartnerCertificate certificate = CertificateReading.first(folder.resolve(read.text("certificate", "")));
        TrustStore trust = new TrustStore(
                files.certificates(read.paths("trust", folder)),
                files.certificates(read.paths("intermediates", folder)));
        return ValidateCommand.answer(
                Validators.create(trust, settings(read), files.lists(read.paths("crls", folder)))
                        .assess(certificate),
                ValidateCommand.purpose(read.text("purpose", "any")),
                Optional.empty());
    }

    private ValidationSettings settings(BatchCase read) throws UsageException {
        Instant at = read.texts().containsKey("at")
                ? SyncCommand.instant(read.text("at", "")).orElseThrow()
                : clock.instant();
        boolean hasLists = !read.list("crls").isEmpty();
        ValidationSettings.Policy policy = ValidateCommand.policy(read.text("policy", "rfc5280"));
        return new ValidationSettings(
                at,
                policy,
                2048,
                ValidateCommand.revocationMode(read.text("revocation", hasLists ? "require" : "off")),
                ValidateCommand.maxStale(policy),
                new HashSet<>(read.list("initialPolicies")),
                read.flag("explicitPolicy"),
                read.flag("inhibitMapping"),
                read.flag("inhibitAny"));
    }
}
