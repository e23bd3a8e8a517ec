package no.sertsynk.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import no.sertsynk.app.Authorities;
import no.sertsynk.app.AuthorityFetch.Fetched;
import no.sertsynk.app.UsageException;
import no.sertsynk.config.Configuration;
import no.sertsynk.model.Escape;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.validation.TrustFiles;
import no.sertsynk.validation.trust.NewAuthority;
import no.sertsynk.validation.trust.PinnedAuthorities;
import no.sertsynk.validation.trust.PinnedAuthority;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The certificate authorities that are trusted. */
@Command(
        name = "trust",
        description = "Shows, gets and adds the certificate authorities to trust.",
        subcommands = {TrustCommand.ListAll.class, TrustCommand.Fetch.class, TrustCommand.Add.class})
final class TrustCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable RootCommand root;

    @Override
    public Integer call() throws UsageException {
        throw new UsageException("expected 'trust list', 'trust fetch' or 'trust add FILE'");
    }

    private RootCommand root() {
        return Objects.requireNonNull(root);
    }

    /** What is pinned and what lies in the trust folders. */
    @Command(name = "list", description = "Shows the known certificate authorities and what is in the trust folders.")
    static final class ListAll implements Callable<Integer> {
        @ParentCommand
        private @Nullable TrustCommand trust;

        @Option(names = "--json", description = "answer in JSON")
        private boolean json;

        @Override
        public Integer call() throws UsageException {
            RootCommand root = Objects.requireNonNull(trust).root();
            Console console = root.console();
            Instant now = root.context().clock().instant();
            Optional<Authorities> authorities = root.optionalConfiguration()
                    .map(configuration -> root.application(configuration).authorities());
            TrustOutput output = TrustOutput.of(authorities, now);
            if (json) {
                console.out().println(output.json());
            } else {
                output.text(console);
            }
            if (!output.mistakes().isEmpty()) {
                throw new UsageException(output.mistakes());
            }
            return ExitCodes.OK;
        }
    }

    /** Gets the pinned authorities. */
    @Command(
            name = "fetch",
            description = "Downloads the known certificate authorities of the environment that are not there yet, and"
                    + " takes those alone whose fingerprint is the known one.")
    static final class Fetch implements Callable<Integer> {
        @ParentCommand
        private @Nullable TrustCommand trust;

        @Option(
                names = "--from",
                paramLabel = "PATH",
                description = "download nothing; take them from this file or folder")
        private @Nullable Path from;

        @Override
        public Integer call() throws UsageException {
            RootCommand root = Objects.requireNonNull(trust).root();
            Console console = root.console();
            List<Fetched> results = root.application().authorityFetch().fetch(Optional.ofNullable(from));
            results.forEach(result -> console.out().println(line(result, console)));
            return results.stream().anyMatch(Fetched.Missing.class::isInstance) ? ExitCodes.PROBLEM : ExitCodes.OK;
        }

        private static String line(Fetched result, Console console) {
            String name = result.authority().name();
            return switch (result) {
                case Fetched.Present(PinnedAuthority authority, Path file) ->
                    "= " + console.say("{0}: there already, {1}", name, file);
                case Fetched.Added(PinnedAuthority authority, Path file) ->
                    console.good("+ " + console.say("{0}: fetched, {1}", name, file));
                case Fetched.NotNeeded(PinnedAuthority authority) ->
                    "- "
                            + (authority.issuesToPersons()
                                    ? console.say("{0}: left out, issues to persons alone", name)
                                    : console.say(
                                            "{0}: left out, ended {1}", name, SyncOutput.day(authority.notAfter())));
                case Fetched.Missing(PinnedAuthority authority, List<String> problems) ->
                    console.bad("x " + console.say("{0}: missing; {1}", name, why(problems, console)));
            };
        }

        private static String why(List<String> problems, Console console) {
            return problems.isEmpty()
                    ? console.say("no known address: get it from the authority and use trust add")
                    : problems.stream().map(console::words).collect(Collectors.joining("; "));
        }
    }

    /** Adds one by hand. */
    @Command(name = "add", description = "Adds a certificate authority to the trust folder, once it is confirmed.")
    static final class Add implements Callable<Integer> {
        @ParentCommand
        private @Nullable TrustCommand trust;

        @Option(
                names = "--sha256",
                paramLabel = "HEX",
                description = "the certificate's fingerprint, as the authority publishes it; asks nothing")
        private @Nullable String sha256;

        @Parameters(paramLabel = "FILE", description = "one certificate, PEM or DER")
        private @Nullable Path file;

        @Override
        public Integer call() throws UsageException {
            RootCommand root = Objects.requireNonNull(trust).root();
            Console console = root.console();
            Configuration configuration = root.configuration();
            PartnerCertificate certificate = read(Objects.requireNonNull(file));
            Instant now = root.context().clock().instant();
            Optional<String> refusal = NewAuthority.refusal(certificate, configuration.environment(), now);
            if (refusal.isPresent()) {
                throw new UsageException(file + ": " + refusal.get());
            }
            show(certificate, console);
            Confirmation confirmation = new Confirmation(Optional.ofNullable(sha256), terminal(console));
            if (!confirmation.isGiven(certificate)) {
                console.err().println(console.say("not added"));
                return ExitCodes.PROBLEM;
            }
            Path added = root.application(configuration).authorities().add(certificate);
            console.out().println(console.good(console.say("trusted: {0}", added)));
            return ExitCodes.OK;
        }

        private static PartnerCertificate read(Path file) throws UsageException {
            try {
                List<PartnerCertificate> certificates = TrustFiles.readFile(file);
                if (certificates.size() != 1) {
                    throw new UsageException("expected one certificate in " + file + ", found " + certificates.size());
                }
                return certificates.getFirst();
            } catch (MalformedCertificateException e) {
                throw new UsageException(file + ": " + e.reason().message());
            } catch (IOException e) {
                throw new UsageException("expected a readable file " + file + ", found: " + e);
            }
        }

        private static void show(PartnerCertificate certificate, Console console) {
            String known = PinnedAuthorities.find(certificate.sha256())
                    .map(pinned -> console.say("known to this program: {0} ({1})", pinned.name(), pinned.environment()))
                    .orElse(console.say(
                            "not known to this program; compare the fingerprint with what the authority publishes"));
            Table table = new Table();
            table.add(console.say("subject"), Escape.text(certificate.subject()));
            table.add("SHA-256", certificate.sha256().toString());
            table.add(
                    console.say("valid"),
                    SyncOutput.day(certificate.notBefore()) + " – " + SyncOutput.day(certificate.notAfter()));
            table.lines().forEach(console.out()::println);
            console.out().println(known);
            console.out().flush();
        }

        /** Asks on the terminal; empty where there is none. */
        private static Optional<Supplier<String>> terminal(Console console) {
            java.io.Console terminal = System.console();
            if (terminal == null || !terminal.isTerminal()) {
                return Optional.empty();
            }
            return Optional.of(() -> {
                String answer = terminal.readLine("%s ", console.say("Trust it? [y/N]"));
                return answer == null ? "" : answer.strip().toLowerCase(Locale.ROOT);
            });
        }
    }
}
