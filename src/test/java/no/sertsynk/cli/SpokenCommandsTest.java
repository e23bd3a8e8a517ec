package no.sertsynk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.sandbox.Sandbox;
import no.sertsynk.sandbox.Sandbox.Pair;
import no.sertsynk.sandbox.SandboxAuthority;
import no.sertsynk.sandbox.SandboxRegisterParty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands tell in bokmål, by words that English sentences can hardly do without. */
class SpokenCommandsTest {
    private static final Pattern ENGLISH = Pattern.compile(
            "\\b(the|of|and|is|are|was|were|found|expected|not|with|without|by|has|have|missing|required|unknown|should"
                    + "|cannot|none|which|that|this|only|from|until|it|its|or)\\b",
            Pattern.CASE_INSENSITIVE);

    /** Names, addresses and paths; and what stands in quotes was written by somebody else. */
    private static final Pattern NAMES = Pattern.compile("\\S*[/=.@:]\\S+|'[^']*'|--?[a-z-]+|sertsynk [a-z]+ [a-z]+");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Clock clock = Clock.fixed(Instant.now(), ZoneOffset.UTC);

    private record Ended(int code, String out, String err) {
        String all() {
            return out + err;
        }
    }

    private Ended run(String language, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--lang", language));
        Path configuration = folder.resolve("sertsynk.yaml");
        if (Files.exists(configuration)) {
            all.addAll(List.of("--config", configuration.toString()));
        }
        all.addAll(List.of(arguments));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                all.toArray(String[]::new),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                clock,
                name -> Optional.empty());
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Ended spoken(String... arguments) {
        Ended ended = run("nb", arguments);
        assertThat(ended.all()).as(String.join(" ", arguments)).isNotBlank();
        assertThat(english(ended.all())).as(String.join(" ", arguments)).isEmpty();
        return ended;
    }

    /** The lines that look English. */
    private static List<String> english(String text) {
        return text.lines()
                .filter(line ->
                        ENGLISH.matcher(NAMES.matcher(line).replaceAll(" ")).find())
                .toList();
    }

    @Test
    void englishSentence_isSeen() {
        assertThat(english("sync: expected a name, found none\nalt vel\n"))
                .containsExactly("sync: expected a name, found none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sync",
                "plan",
                "daemon",
                "refresh",
                "status",
                "history",
                "rollback",
                "import",
                "inspect",
                "validate",
                "trust",
                "trust list",
                "trust fetch",
                "trust add",
                "config",
                "config check",
                "demo"
            })
    void help_isInBokmaal(String command) {
        Ended help = spoken((command + " --help").split(" "));

        assertThat(help.code()).isZero();
        assertThat(help.out()).startsWith("Bruk: sertsynk " + command);
    }

    @Test
    void helpOfTheProgram_isInBokmaal() {
        assertThat(spoken("--help").out()).contains("Kommandoer:", "Utgangskoder:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "stauts",
                "--nonsense",
                "sync --dryrun",
                "sync extra more",
                "sync --at",
                "sync --at yesterday --dry-run",
                "sync --at 2026-01-31T12:00:00Z",
                "sync --party abc",
                "sync --json=x",
                "sync --force everything",
                "sync --accept-organization 12",
                "history --party x",
                "inspect",
                "inspect a b",
                "import",
                "import a.pem",
                "rollback",
                "rollback a --to x",
                "rollback a --to 1 --to 2",
                "rollback a --to 1 --release",
                "validate",
                "validate a.pem",
                "validate --trust /nonexistent a.pem",
                "validate --batch",
                "validate --trust /nonexistent --purpose all a.pem",
                "demo --parties many",
                "demo --parties -1",
                "status --color sometimes",
                "status -v -q",
                "status",
                "refresh",
                "trust",
                "trust add"
            })
    void misuse_isToldInBokmaal(String line) {
        assertThat(spoken(line.split(" ")).code()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ldap.buypass.no/dc=no??sub?(serialNumber=1)",
                " 'ldap://ldap.buypass.no/dc=no??sub?(sn=983544622' ",
                "ldap://ldap.buypass.no/dc=no?cn?base",
                "ldap://elsewhere.example/dc=no??sub?(sn=983544622)",
                "ldap://ldap.buypass.no/dc=no??sub?(|(a=*)(objectClass=*))",
                "ldap://ldap.buypass.no/dc=no??sub?(&(a=b)",
                "ldap://ldap.buypass.no/dc=no??all?(a=b)",
                "ldap://ldap.buypass.no/dc=no??sub?(a=b)?!x",
                "ldap://me@ldap.buypass.no/dc=no",
                "ldap://[::x]/dc=no",
                "ldap://ldap.buypass.no:99999/dc=no",
                "ldap://a b/",
                "ldap://ldap.buypass.no/d%c=no",
                "ldap://ldap.buypass.no/dc=no?a?b?c?d?e?f",
                "ldap://ldap.buypass.no/dc=no\u0007",
                "ldap://ldap://ldap.buypass.no/",
                "http://ldap.buypass.no/"
            })
    void explanation_isInBokmaal(String string) {
        spoken("inspect", "--url", string);
    }

    @Test
    void knownAuthorities_areShownInBokmaal() {
        assertThat(run("nb", "trust", "list").out()).startsWith("utsteder ").contains(" rot ", " mellom ");
    }

    @Test
    void mistakesOfTheConfiguration_areToldInBokmaal() throws Exception {
        Path file = Files.writeString(folder.resolve("sertsynk.yaml"), """
            environment: prod
            register:
              source: soup
              soap: {url: "ftp://127.0.0.1:1/", username: a, password: secret, passwordFile: none, timeout: soon}
            parties: [{herId: x}, {herId: 1, organizationNumber: 12}, {herId: 1}, 2, [3]]
            trust: {anchors: none, anchrs: []}
            directories: {allow: ["ldap://x"], hostMap: {"a:b": c}}
            revocation: {mode: maybe, order: [crl, crl], maxAge: -1}
            keystores:
              - {name: "a b", type: PKCS13, path: a, purposes: [all], parties: [7]}
              - {name: dit, type: PKCS12, path: b, password: x}
              - {name: dit, type: PKCS12, path: b, passwordFile: nowhere, alias: "{herId}", hooks: [{command: []}, {}]}
            rollover: {maxChange: 300, keepPrevious: 1}
            admin: {listen: "0.0.0.0:1", tokenFile: x}
            state: state
            state: other
            """);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

        Ended check = spoken("config", "check");

        assertThat(check.code()).isEqualTo(2);
        assertThat(check.err().lines()).hasSizeGreaterThan(15);
    }

    @Test
    void runsAndWhatTheyFind_areToldInBokmaalAndAsEverInJson() throws Exception {
        try (Sandbox sandbox = Sandbox.start(folder, clock)) {
            troubledParties(sandbox);

            Ended sync = spoken("-v", "sync");
            assertThat(sync.out()).contains("ventet", "oppdatert", "parter:");
            spoken(
                    "-v",
                    "plan",
                    "--at",
                    clock.instant().plus(Duration.ofDays(1_000)).toString());
            spoken("-v", "status");
            spoken("history");
            spoken("rollback", "dit");
            spoken("rollback", "nowhere");
            spoken("rollback", "dit", "--to", "77");

            clock = Clock.offset(clock, Duration.ofDays(700));
            spoken("-v", "status");
            sandbox.directory().close();
            spoken("sync");
            sandbox.register().close();
            spoken("sync");
            spoken("status");

            for (String command : List.of("status", "history", "plan")) {
                assertThat(comparable(run("nb", command, "--json").out()))
                        .isEqualTo(comparable(run("en", command, "--json").out()));
            }
            spoken("rollback", "dit", "--release");
        }
    }

    @Test
    void verdicts_areToldInBokmaalAndAsEverInJson() throws Exception {
        try (Sandbox sandbox = Sandbox.start(folder, clock)) {
            troubledParties(sandbox);
            PartnerCertificate certificate = sandbox.publishPair(
                            "God",
                            new OrganizationNumber("983544622"),
                            clock.instant().minus(Duration.ofDays(9)))
                    .encryption();
            String good =
                    Files.write(folder.resolve("a.der"), certificate.der()).toString();
            String garbage =
                    Files.writeString(folder.resolve("b.pem"), "garbage").toString();
            String trust = folder.resolve("trust").toString();
            String issuer = folder.resolve("issuer.pem").toString();
            List<String> verdict = List.of(
                    "validate",
                    "--trust",
                    trust,
                    "--intermediates",
                    issuer,
                    "--offline",
                    "--policy",
                    "virksomhet",
                    "--org",
                    "999999999",
                    good,
                    garbage);

            spoken(verdict.toArray(String[]::new));
            spoken(
                    "validate",
                    "--trust",
                    trust,
                    "--intermediates",
                    issuer,
                    "--offline",
                    "--revocation",
                    "require",
                    good);
            spoken("validate", "--trust", trust, "--offline", "--purpose", "signature", good);
            spoken("inspect", good);
            spoken("inspect", garbage);
            spoken("import", good, garbage, "--party", "1");
            spoken("import", good, "--party", "1", "--remove");
            spoken("import", good, "--party", "1", "--remove");

            for (List<String> command : List.of(verdict, List.of("inspect", good), List.of("trust", "list"))) {
                List<String> json = new ArrayList<>(command);
                json.add("--json");
                assertThat(run("nb", json.toArray(String[]::new)).out())
                        .isNotBlank()
                        .isEqualTo(run("en", json.toArray(String[]::new)).out());
            }
        }
    }

    /** Each run has an id and time of its own. */
    private static String comparable(String json) {
        return json.replaceAll("\"(runId|startedAt|finishedAt)\":\"[^\"]*\"", "");
    }

    private void troubledParties(Sandbox sandbox) throws Exception {
        Instant begun = clock.instant().minus(Duration.ofDays(100));
        OrganizationNumber number = new OrganizationNumber("983544622");
        Pair good = sandbox.publishPair("God", number, begun);
        sandbox.register(new HerId(1), "God", number, good.encryption(), good.signature());
        sandbox.register().put(SandboxRegisterParty.organization(new HerId(2), "Uten streng", number));
        SandboxAuthority forger = SandboxAuthority.create(
                "Sandkasse Class 3",
                clock.instant(),
                Optional.of(sandbox.lists().url()));
        Pair forged = Sandbox.issuePair(forger, "Falsk", number, begun);
        sandbox.publish(forged.encryption());
        sandbox.register(new HerId(3), "Falsk", number, forged.encryption());
        Pair expired = sandbox.publishPair("Gammel", number, begun.minus(Duration.ofDays(4_000)));
        sandbox.register(new HerId(4), "Gammel", number, expired.encryption(), expired.signature());
        Pair later = sandbox.publishPair("Senere", number, clock.instant().plus(Duration.ofDays(3)));
        sandbox.register(new HerId(5), "Senere", number, later.encryption(), later.signature());
        Pair revoked = sandbox.publishPair("Tilbakekalt", number, begun);
        sandbox.authority().revoke(revoked.encryption(), false);
        sandbox.authority().revoke(revoked.signature(), true);
        sandbox.register(new HerId(6), "Tilbakekalt", number, revoked.encryption(), revoked.signature());
        PartnerCertificate unpublished =
                Sandbox.issuePair(sandbox.authority(), "Borte", number, begun).encryption();
        sandbox.register(new HerId(7), "Borte", number, unpublished);
        sandbox.configure(Stream.of(1, 2, 3, 4, 5, 6, 7, 8).map(HerId::new).toList());
    }
}
