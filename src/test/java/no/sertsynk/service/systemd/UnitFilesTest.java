package no.sertsynk.service.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import no.sertsynk.OtherProgram;
import no.sertsynk.OtherProgram.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The units and what is shipped beside them, as systemd's own tools see them. */
class UnitFilesTest {
    private static final Path UNITS = Path.of("systemd");
    private static final Pattern LEVEL = Pattern.compile("Overall exposure level for \\S+: ([0-9.]+)");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /** Copies whose program is there. */
    @BeforeEach
    void copy() throws IOException {
        for (Path from : List.of(UNITS, UNITS.resolve("examples"))) {
            try (Stream<Path> files = Files.list(from)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String text = Files.readString(file).replace("/opt/sertsynk/bin/sertsynk", "/bin/true");
                    Files.writeString(folder.resolve(file.getFileName()), text);
                }
            }
        }
    }

    private void addDropIn(String unit, String dropIn) throws IOException {
        Path place = Files.createDirectories(folder.resolve(unit + ".d"));
        Files.copy(folder.resolve(dropIn), place.resolve(dropIn));
    }

    private double exposure(String unit) throws Exception {
        Answer answer = OtherProgram.run(
                Map.of(),
                "systemd-analyze",
                "security",
                "--offline=true",
                folder.resolve(unit).toString());
        Matcher level = LEVEL.matcher(answer.output());
        assertThat(level.find()).as(answer.output()).isTrue();
        return Double.parseDouble(level.group(1));
    }

    private Answer verified(String... units) throws Exception {
        List<String> command = new ArrayList<>(List.of("systemd-analyze", "verify", "--man=no"));
        Stream.of(units).map(unit -> folder.resolve(unit).toString()).forEach(command::add);
        return OtherProgram.run(Map.of(), command.toArray(String[]::new));
    }

    @Test
    void units_areFlawless() throws Exception {
        assertThat(verified(
                        "sertsynk.service",
                        "sertsynk-sync.service",
                        "sertsynk-sync.timer",
                        "epj-reload.path",
                        "epj-reload.service"))
                .isEqualTo(new Answer("", 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sertsynk-other-owner.conf", "credentials.conf"})
    void dropIns_areFlawless(String dropIn) throws Exception {
        addDropIn("sertsynk.service", dropIn);
        addDropIn("sertsynk-sync.service", dropIn);

        assertThat(verified("sertsynk.service", "sertsynk-sync.service")).isEqualTo(new Answer("", 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sertsynk.service", "sertsynk-sync.service"})
    void exposure_isLowAlsoWhereOtherOwnersKeystoresAreWritten(String unit) throws Exception {
        double alone = exposure(unit);
        addDropIn(unit, "sertsynk-other-owner.conf");
        double opened = exposure(unit);

        assertThat(alone).isLessThanOrEqualTo(1.3);
        // The drop-in is taken into account, or this would prove nothing.
        assertThat(opened).isGreaterThan(alone).isLessThanOrEqualTo(2.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sertsynk.service", "sertsynk-sync.service"})
    void whatJavaNeeds_isNotTakenFromIt(String unit) throws Exception {
        List<String> settings = Files.readAllLines(UNITS.resolve(unit));

        assertThat(settings).noneMatch(line -> line.startsWith("MemoryDenyWriteExecute="));
        // Without the mounts of /proc it cannot learn how much room a file system has.
        assertThat(settings).noneMatch(line -> line.startsWith("ProcSubset="));
    }

    @Test
    void serviceAndTimer_canBeEnabled() throws Exception {
        for (String unit : List.of("sertsynk.service", "sertsynk-sync.timer")) {
            assertThat(Files.readAllLines(UNITS.resolve(unit))).contains("[Install]");
        }
    }

    @Test
    void polkitRule_letsSertsynkReloadOneUnitAlone() throws Exception {
        OtherProgram.require("node");
        Path script = folder.resolve("try.js");
        Files.writeString(script, """
            const rules = [];
            const polkit = {Result: {YES: "yes"}, addRule: rule => rules.push(rule)};
            eval(require("fs").readFileSync(process.argv[2], "utf8"));
            const ask = (id, user, unit, verb) => rules[0](
                {id: id, lookup: key => ({unit: unit, verb: verb})[key]}, {user: user}) || "no";
            const manage = "org.freedesktop.systemd1.manage-units";
            console.log([
                ask(manage, "sertsynk", "epj.service", "reload-or-try-restart"),
                ask(manage, "sertsynk", "epj.service", "stop"),
                ask(manage, "sertsynk", "ssh.service", "restart"),
                ask(manage, "nobody", "epj.service", "restart"),
                ask("org.freedesktop.systemd1.reload-daemon", "sertsynk", "epj.service", "restart")].join(" "));
            """);
        Path rule = folder.resolve("49-sertsynk-reload.rules");

        assertThat(OtherProgram.run(Map.of(), "node", script.toString(), rule.toString()))
                .isEqualTo(new Answer("yes no no no no\n", 0));
    }
}
