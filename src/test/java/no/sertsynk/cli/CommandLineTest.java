package no.sertsynk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.sertsynk.cli.Main.Context;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the program is spoken to and how it answers, whatever the command. */
class CommandLineTest {
    private static final List<String> COMMANDS =
            List.of("sync", "plan", "status", "history", "inspect", "validate", "config", "config check", "demo");
    private static final String STRING = "ldap://ldap.buypass.no/dc=no?userCertificate?sub?(sn=983544622)";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private Terminals terminals = Terminals.NONE;

    private record Ended(int code, String out, String err) {}

    private Ended run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Context context = new Context(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Clock.systemUTC(),
                name -> Optional.ofNullable(environment.get(name)),
                terminals);
        int code = Main.run(arguments, context);
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Ended runLine(String line, String... more) {
        List<String> arguments = new ArrayList<>(List.of(line.split(" ")));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    @Test
    void help_isEverywhereAndOnStandardOutput() {
        assertThat(run("--help").out()).contains("Usage: sertsynk", "Exit codes:", "sync", "validate");
        for (String command : COMMANDS) {
            Ended ended = runLine(command, "--help");

            assertThat(ended.code()).as(command).isZero();
            assertThat(ended.out()).as(command).startsWith("Usage: sertsynk " + command);
            assertThat(ended.err()).as(command).isEmpty();
        }
    }

    @Test
    void version_isEverywhereAndOneLine() {
        assertThat(run("--version").out().lines()).singleElement().asString().startsWith("sertsynk ");
        for (String command : COMMANDS) {
            Ended ended = runLine(command, "--version");

            assertThat(ended.code()).as(command).isZero();
            assertThat(ended.out().lines())
                    .as(command)
                    .singleElement()
                    .asString()
                    .startsWith("sertsynk ");
        }
    }

    @Test
    void noCommand_tellsTheUsageOnStandardError() {
        for (String line : List.of("", "config")) {
            Ended ended = line.isEmpty() ? run() : run(line);

            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.out()).isEmpty();
            assertThat(ended.err()).startsWith("Usage: sertsynk");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "stauts, Did you mean: sertsynk status",
        "vaildate, Did you mean: sertsynk validate",
        "config chek, check",
        "sync --dryrun, --dry-run",
        "validate --purpos any, --purpose"
    })
    void misspeltWord_isAnsweredWithTheOneThatWasProbablyMeant(String line, String meant) {
        Ended ended = runLine(line);

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).startsWith("sertsynk: ").contains(meant).contains("--help' tells");
        assertThat(ended.err().lines()).hasSizeLessThanOrEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "--nonsense",
                "sync extra",
                "sync --at",
                "sync --at 2026-01-01T00:00:00Z",
                "sync --at yesterday --dry-run",
                "sync --party abc",
                "sync --party 0",
                "sync --force everything",
                "sync --accept-organization 12",
                "plan --at 2026",
                "history --party x",
                "inspect",
                "inspect a --url b",
                "inspect a b",
                "validate",
                "validate a.pem",
                "validate --trust /nonexistent a.pem",
                "validate --batch /nonexistent",
                "validate --batch",
                "demo --parties many",
                "demo --parties -1",
                "status --lang sv",
                "status --color sometimes",
                "status -v -q"
            })
    void misuse_isExitTwoAndSaysNothingOnStandardOutput(String line) throws Exception {
        environment.put("SERTSYNK_CONFIG", configuration().toString());

        Ended ended = runLine(line);

        assertThat(ended.code()).as(ended.toString()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).isNotBlank().doesNotContain("\tat ");
    }

    private Path configuration() throws Exception {
        Files.writeString(folder.resolve("password"), "x");
        Files.setPosixFilePermissions(
                folder.resolve("password"), java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        return Files.writeString(folder.resolve("sertsynk.yaml"), """
            register:
              soap: {url: "http://127.0.0.1:1/", username: a, passwordFile: password}
            parties: []
            trust: {anchors: []}
            keystores: []
            state: state
            """);
    }

    @Test
    void globalOptions_mayStandBeforeAndBehindTheCommand() throws Exception {
        String file = configuration().toString();

        assertThat(run("--config", file, "--lang", "nb", "status").out()).contains("ingen synk er kjørt");
        assertThat(run("status", "--config", file, "--lang", "nb").out()).contains("ingen synk er kjørt");
        assertThat(run("config", "check", "--config", file, "--lang", "nb").out())
                .contains("ingen feil");
    }

    @Test
    void configuration_isThatOfTheEnvironmentIfNoneIsNamed() throws Exception {
        environment.put("SERTSYNK_CONFIG", configuration().toString());
        assertThat(run("config", "check").code()).isZero();

        environment.put("SERTSYNK_CONFIG", folder.resolve("none.yaml").toString());
        Ended ended = run("config", "check");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("none.yaml", "name it with --config");

        environment.put("SERTSYNK_CONFIG", "");
        assertThat(run("config", "check").err()).contains("/etc/sertsynk/sertsynk.yaml");
    }

    @Test
    void doubtfulConfiguration_isToldByCheckAndOnceByARun() throws Exception {
        Path file = configuration();
        Files.setPosixFilePermissions(
                folder.resolve("password"), java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));

        Ended check = run("--config", file.toString(), "--lang", "en", "config", "check");
        assertThat(check.code()).isZero();
        assertThat(check.out()).contains("warning: sertsynk.yaml:2:").contains("everybody on this host may read");
        assertThat(check.err()).isEmpty();

        Ended run = run("--config", file.toString(), "sync", "--json");
        assertThat(run.err().lines().filter(line -> line.contains("everybody on this host")))
                .hasSize(1);
        assertThat(run("--config", file.toString(), "sync", "-q").err()).doesNotContain("everybody on this host");
    }

    @Test
    void configurationWithoutWhatSyncNeeds_isExitTwo() throws Exception {
        Path file = configuration();
        Files.writeString(
                file, Files.readString(file).replace("parties: []\n", "").replace("keystores: []\n", ""));

        assertThat(run("--config", file.toString(), "--lang", "en", "config", "check")
                        .out())
                .contains("sync also needs: parties", "sync also needs: keystores");
        Ended ended = run("--config", file.toString(), "sync");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("lacks parties, keystores");
    }

    @ParameterizedTest
    @CsvSource({
        // terminal, NO_COLOR, CLICOLOR_FORCE, TERM, option, coloured
        "true,  '',  '',  xterm, auto,   true",
        "false, '',  '',  xterm, auto,   false",
        "true,  1,   '',  xterm, auto,   false",
        "true,  '',  '',  dumb,  auto,   false",
        "true,  '',  '',  '',    auto,   false",
        "false, '',  1,   xterm, auto,   true",
        "false, '',  1,   dumb,  auto,   true",
        "false, '',  0,   xterm, auto,   false",
        "true,  1,   1,   xterm, auto,   false",
        "false, 1,   '',  dumb,  always, true",
        "true,  '',  1,   xterm, never,  false"
    })
    void colours_followTerminalEnvironmentAndOption(
            boolean terminal, String noColor, String force, String term, String option, boolean coloured) {
        terminals = new Terminals(terminal, terminal);
        environment.put("NO_COLOR", noColor);
        environment.put("CLICOLOR_FORCE", force);
        environment.put("TERM", term);

        assertThat(run("inspect", "--color", option, STRING).out().contains("\u001b["))
                .isEqualTo(coloured);
        assertThat(run("inspect", "--color", option, "--json", STRING).out()).doesNotContain("\u001b");
    }

    @ParameterizedTest
    @CsvSource({
        // LC_ALL, LC_MESSAGES, LANG, option, word
        "nb_NO.UTF-8, en_GB.UTF-8, en_GB.UTF-8, '',  vert",
        "'',          nb_NO.UTF-8, en_GB.UTF-8, '',  vert",
        "'',          '',          nn_NO.UTF-8, '',  vert",
        "'',          '',          no_NO,       '',  vert",
        "C,           nb_NO.UTF-8, nb_NO.UTF-8, '',  host",
        "'',          '',          en_US.UTF-8, '',  host",
        "'',          '',          '',          '',  host",
        "C,           C,           C,           nb,  vert",
        "nb_NO.UTF-8, '',          '',          en,  host"
    })
    void language_followsTheLocaleUnlessItIsNamed(
            String all, String messages, String lang, String option, String word) {
        environment.put("LC_ALL", all);
        environment.put("LC_MESSAGES", messages);
        environment.put("LANG", lang);

        Ended ended = option.isEmpty() ? run("inspect", STRING) : run("--lang", option, "inspect", STRING);

        assertThat(ended.out()).contains("\n" + word + " ");
    }

    @Test
    void argumentThatBeginsWithAt_readsNoFile() throws Exception {
        Path file = Files.writeString(folder.resolve("arguments"), "--help");

        Ended ended = run("inspect", "@" + file);

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).contains("reject");
    }

    @Test
    void ldapString_isReadWhateverItLooksLike() {
        assertThat(run("inspect", "--", "-x").code()).isEqualTo(1);
        assertThat(run("inspect", "").code()).isEqualTo(1);
        assertThat(run("inspect", "--url", "-x").code()).isIn(1, 2);
        assertThat(run("inspect", "--json", "nonsense").out())
                .startsWith("{\"verdict\":\"reject\",\"host\":null,\"port\":null,\"baseDn\":null,\"attributes\":[],"
                        + "\"scope\":null,\"filter\":null,\"repairs\":[],\"error\":\"")
                .contains("\"usable\":false");
        assertThat(run("inspect", "--json", STRING).out())
                .isEqualTo("{\"verdict\":\"accept\",\"host\":\"ldap.buypass.no\",\"port\":389,\"baseDn\":\"dc=no\","
                        + "\"attributes\":[\"userCertificate\"],\"scope\":\"sub\",\"filter\":\"(sn=983544622)\","
                        + "\"repairs\":[],\"error\":null,\"usable\":true,\"reasons\":[]}\n");
    }

    @Test
    void unexpectedFailure_isOneLineAndWithMinusVWhere() throws Exception {
        Path file = configuration();
        Clock broken = new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                throw new IllegalStateException("no zone");
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public java.time.Instant instant() {
                throw new IllegalStateException("the clock\u001b is broken");
            }
        };
        for (boolean verbose : new boolean[] {false, true}) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
            Context context = new Context(
                    new PrintStream(new ByteArrayOutputStream()), err, broken, name -> Optional.empty(), terminals);
            Files.createDirectories(folder.resolve("trust"));

            int code = Main.run(
                    verbose
                            ? new String[] {"--config", file.toString(), "sync", "-v"}
                            : new String[] {"--config", file.toString(), "sync"},
                    context);

            String told = bytes.toString(StandardCharsets.UTF_8);
            assertThat(code).isEqualTo(1);
            assertThat(told)
                    .startsWith("sertsynk: unexpected failure, please report it: java.lang.IllegalStateException: the"
                            + " clock\\u001b is broken");
            assertThat(told.contains("\tat ")).isEqualTo(verbose);
            assertThat(told.lines().count() == 1).isNotEqualTo(verbose);
        }
    }
}
