package no.sertsynk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import no.sertsynk.cli.ProgramProcess.Ended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the program when its streams end, and of {@code demo --serve} when a signal comes. */
class ProgramStreamsTest {
    private static final String CLASS_PATH = System.getProperty("java.class.path");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static String quoted(String... arguments) {
        return "'" + String.join("' '", ProgramProcess.command(CLASS_PATH, arguments)) + "'";
    }

    private static Ended shell(String script) throws Exception {
        return ProgramProcess.run(List.of("bash", "-c", script));
    }

    @Test
    void readerThatGoesAway_isNoFailure() throws Exception {
        Ended ended = shell(quoted("--help") + " | true; echo ${PIPESTATUS[0]}");

        assertThat(ended.out()).isEqualTo("0\n");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void resultThatCannotBeWritten_isAFailure() throws Exception {
        Ended ended = shell(quoted("inspect", "ldap://ldap.buypass.no") + " > /dev/full");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err().lines())
                .singleElement()
                .asString()
                .startsWith("sertsynk: standard output cannot be written: No space left");
    }

    @Test
    void closedStreams_areEndured() throws Exception {
        assertThat(shell(quoted("--version") + " >&- 2>&-; test $? -le 1").code())
                .isZero();
        assertThat(shell(quoted("nonsense") + " 2>&-").code()).isEqualTo(2);
    }

    @Test
    void textBeyondAscii_isUtf8WhateverTheLocale() throws Exception {
        Ended ended = ProgramProcess.run(
                ProgramProcess.command(
                        CLASS_PATH, "--lang", "nb", "inspect", "ldap://ldap.buypass.no/dc=no??sub?(sn=983544622)"),
                java.util.Map.of("LC_ALL", "C"));

        assertThat(ended.out()).contains("kan treffe flere systemer");
        assertThat(ended.code()).isZero();
    }

    @Test
    void servedDemo_stopsAtASignalAndLeavesItsFiles() throws Exception {
        for (String signal : List.of("TERM", "INT")) {
            Process process = new ProcessBuilder(
                            ProgramProcess.command(CLASS_PATH, "--lang", "en", "demo", "--serve", "--parties", "1"))
                    .redirectError(folder.resolve("err").toFile())
                    .start();
            try (BufferedReader out = process.inputReader()) {
                Path configuration = Path.of(out.readLine());
                assertThat(configuration).exists();
                assertThat(ProgramProcess.run(List.of("kill", "-" + signal, Long.toString(process.pid())))
                                .code())
                        .isZero();

                assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
                assertThat(process.exitValue()).isEqualTo(signal.equals("TERM") ? 143 : 130);
                assertThat(out.readLine()).isNull();
                assertThat(Files.readString(folder.resolve("err")))
                        .contains("serving until stopped")
                        .contains("stopped; the files remain in " + configuration.getParent());
                assertThat(configuration).exists();
            } finally {
                process.destroyForcibly();
            }
        }
    }
}
