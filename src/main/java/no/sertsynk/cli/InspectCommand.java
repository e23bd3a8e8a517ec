package no.sertsynk.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import no.sertsynk.app.UsageException;
import no.sertsynk.config.Configuration;
import no.sertsynk.directory.CaProfile;
import no.sertsynk.directory.DirectoryPolicy;
import no.sertsynk.directory.LdapString;
import no.sertsynk.directory.LdapStringReader;
import no.sertsynk.directory.LdapStringReading;
import no.sertsynk.keystore.KeystoreContents;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.keystore.KeystoreSpec;
import no.sertsynk.keystore.Keystores;
import no.sertsynk.model.Escape;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.model.Secret;
import no.sertsynk.validation.CertificateReading;
import no.sertsynk.validation.TrustFiles;
import no.sertsynk.validation.profile.KeyUsageRule;
import no.sertsynk.validation.revocation.FileCrls;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Explains a file, or an LDAP string. */
@Command(name = "inspect", description = "Explains a certificate, list or keystore file, or an LDAP string.")
final class InspectCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable RootCommand root;

    @Parameters(paramLabel = "ARG", arity = "0..1", description = "an existing file, else an LDAP string")
    private @Nullable String argument;

    @Option(names = "--url", paramLabel = "URL", description = "an LDAP string, whatever it looks like")
    private @Nullable String url;

    @Option(names = "--password-file", paramLabel = "FILE", description = "the password of a keystore")
    private @Nullable Path passwordFile;

    @Option(names = "--json", description = "answer in JSON")
    private boolean json;

    /** How certificates stand to the configured trust; empty without one. */
    private Optional<InspectedPath> trusted = Optional.empty();

    @Override
    public Integer call() throws UsageException {
        if ((argument == null) == (url == null)) {
            throw new UsageException("expected one file or LDAP string");
        }
        if (argument != null && isFile(argument)) {
            return file(Path.of(argument));
        }
        return ldapString(argument == null ? Objects.requireNonNull(url) : argument);
    }

    private static boolean isFile(String text) {
        try {
            return Files.isRegularFile(Path.of(text));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private Console console() {
        return Objects.requireNonNull(root).console();
    }

    private int ldapString(String text) throws UsageException {
        Optional<Configuration> configuration = Objects.requireNonNull(root).optionalConfiguration();
        DirectoryPolicy policy = configuration
                .map(found -> new DirectoryPolicy(
                        found.directories().allow().orElseGet(() -> CaProfile.hosts(Optional.of(found.environment()))),
                        found.directories().hostMap()))
                .orElseGet(() -> DirectoryPolicy.ofEnvironment(Optional.empty()));
        switch (LdapStringReader.read(text)) {
            case LdapStringReading.Unreadable(String error) -> {
                rejected(error);
                return ExitCodes.PROBLEM;
            }
            case LdapStringReading.Readable(LdapString string, List<String> repairs) -> {
                readable(string, repairs, policy.refusals(string));
                return ExitCodes.OK;
            }
        }
    }

    private void rejected(String error) {
        Console console = console();
        if (json) {
            console.out()
                    .println(Json.object(object -> object.put("verdict", "reject")
                            .putOptional("host", Optional.empty())
                            .putOptional("port", Optional.empty())
                            .putOptional("baseDn", Optional.empty())
                            .putTexts("attributes", List.of())
                            .putOptional("scope", Optional.empty())
                            .putOptional("filter", Optional.empty())
                            .putTexts("repairs", List.of())
                            .put("error", error)
                            .put("usable", false)
                            .putReasons(
                                    "reasons",
                                    List.of(Reason.of(no.sertsynk.model.ReasonCode.LDAP_STRING_MALFORMED, error)))));
        } else {
            console.out().println(console.bad(console.say("reject")) + ": " + console.words(error));
        }
    }

    private void readable(LdapString string, List<String> repairs, List<Reason> refusals) {
        Console console = console();
        String verdict = repairs.isEmpty() ? "accept" : "repair";
        if (json) {
            console.out()
                    .println(Json.object(object -> object.put("verdict", verdict)
                            .put("host", string.host())
                            .put("port", string.port())
                            .put("baseDn", string.baseDn())
                            .putTexts("attributes", string.attributes())
                            .put("scope", string.scope().id())
                            .put("filter", string.filter())
                            .putTexts("repairs", repairs)
                            .putOptional("error", Optional.empty())
                            .put("usable", refusals.isEmpty())
                            .putReasons("reasons", refusals)));
            return;
        }
        Table table = new Table();
        table.add(console.say("verdict"), console.words(verdict));
        repairs.forEach(repair -> table.add("", console.words(repair)));
        table.add(console.say("host"), string.host() + ":" + string.port() + (string.tls() ? " (TLS)" : ""));
        table.add(console.say("base"), Escape.text(string.baseDn()));
        table.add(console.say("attributes"), Escape.text(String.join(", ", string.attributes())));
        table.add(console.say("scope"), string.scope().id());
        table.add(console.say("filter"), Escape.text(string.filter()));
        table.add(
                console.say("names"),
                string.exact()
                        ? console.say("certain certificates only")
                        : console.say("an organisation or a name: may match several systems"));
        table.add(
                console.say("usable"),
                refusals.isEmpty() ? console.good(console.say("yes")) : console.bad(console.say("no")));
        refusals.forEach(reason -> table.add("", console.reason(reason)));
        table.lines().forEach(console.out()::println);
    }

    private int file(Path file) throws UsageException {
        RootCommand command = Objects.requireNonNull(root);
        if (!json) {
            trusted = InspectedPath.of(
                    command.optionalConfiguration(),
                    console(),
                    command.context().clock().instant());
        }
        try {
            byte[] bytes = TrustFiles.bytes(file);
            if (passwordFile != null) {
                return keystore(file);
            }
            if (TrustFiles.isPem(bytes)) {
                return pem(file, bytes);
            }
            try {
                certificate(CertificateReading.parse(bytes));
                return ExitCodes.OK;
            } catch (MalformedCertificateException notCertificate) {
                return listOrNothing(file, bytes, notCertificate.reason());
            }
        } catch (IOException e) {
            throw new UsageException(file + ": " + e.getMessage());
        }
    }

    private int pem(Path file, byte[] bytes) throws IOException {
        try {
            List<PartnerCertificate> certificates = TrustFiles.readFile(file);
            List<X509CRL> lists = FileCrls.parse(bytes, file.toString());
            certificates.forEach(this::certificate);
            lists.forEach(this::list);
            return certificates.isEmpty() && lists.isEmpty() ? ExitCodes.PROBLEM : ExitCodes.OK;
        } catch (MalformedCertificateException e) {
            console().out().println(console().reason(e.reason()));
            return ExitCodes.PROBLEM;
        }
    }

    private int listOrNothing(Path file, byte[] bytes, Reason notCertificate) {
        try {
            FileCrls.parse(bytes, file.toString()).forEach(this::list);
            return ExitCodes.OK;
        } catch (IOException e) {
            console()
                    .out()
                    .println(console()
                            .say(
                                    "{0}; a PKCS12 keystore needs --password-file",
                                    console().reason(notCertificate)));
            return ExitCodes.PROBLEM;
        }
    }

    private int keystore(Path file) throws UsageException {
        try {
            String password =
                    Files.readString(Objects.requireNonNull(passwordFile)).strip();
            KeystoreSpec spec = new KeystoreSpec(
                    file.getFileName().toString(),
                    file.toAbsolutePath(),
                    KeystoreSpec.KeystoreType.PKCS12,
                    Optional.of(new Secret(password.toCharArray())));
            KeystoreContents contents = Keystores.read(spec);
            contents.keyAliases().stream()
                    .sorted()
                    .forEach(alias -> console()
                            .out()
                            .println(Escape.text(alias) + ": " + console().say("private key")));
            contents.certificates().entrySet().stream()
                    .sorted(java.util.Map.Entry.comparingByKey())
                    .forEach(entry -> {
                        console().out().println(Escape.text(entry.getKey()) + ":");
                        certificate(entry.getValue());
                    });
            return ExitCodes.OK;
        } catch (KeystoreException e) {
            console().out().println(console().reason(e.reason()));
            return ExitCodes.PROBLEM;
        } catch (IOException e) {
            throw new UsageException("--password-file: " + e.getMessage());
        }
    }

    private void certificate(PartnerCertificate certificate) {
        Console console = console();
        if (json) {
            console.out()
                    .println(Json.object(object -> object.put("subject", certificate.subject())
                            .put("issuer", certificate.issuer())
                            .put("serial", certificate.serial().toString())
                            .put("sha256", certificate.sha256().hex())
                            .put("notBefore", certificate.notBefore())
                            .put("notAfter", certificate.notAfter())
                            .putTexts(
                                    "purposes",
                                    KeyUsageRule.purposes(certificate.x509()).stream()
                                            .sorted()
                                            .toList())));
            return;
        }
        Table table = new Table();
        table.add(console.say("subject"), Escape.text(certificate.subject()));
        table.add(console.say("issuer"), Escape.text(certificate.issuer()));
        table.add(console.say("serial"), certificate.serial() + " (" + certificate.serialHex() + ")");
        table.add(console.say("valid"), certificate.notBefore() + " – " + certificate.notAfter());
        table.add(
                console.say("purposes"),
                KeyUsageRule.purposes(certificate.x509()).stream()
                        .sorted()
                        .map(purpose -> console.words(purpose.id()))
                        .toList()
                        .toString());
        table.add("SHA-256", certificate.sha256().hex());
        table.lines().forEach(console.out()::println);
        trusted.ifPresent(path -> path.lines(certificate).forEach(console.out()::println));
    }

    private void list(X509CRL list) {
        Console console = console();
        int entries = list.getRevokedCertificates() == null
                ? 0
                : list.getRevokedCertificates().size();
        console.out()
                .println(console.say(
                        "revocation list of {0}, {1} – {2}, {3} entries",
                        Escape.text(list.getIssuerX500Principal().getName()),
                        list.getThisUpdate().toInstant(),
                        list.getNextUpdate() == null ? "" : list.getNextUpdate().toInstant(),
                        entries));
    }
}
