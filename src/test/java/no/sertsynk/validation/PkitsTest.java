package no.sertsynk.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import no.sertsynk.SharedData;
import no.sertsynk.cli.Main;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The NIST Public Key Interoperability Test Suite, through the command line. */
class PkitsTest {
    @ParameterizedTest
    @ValueSource(strings = {"cases.jsonl", "cases-policy-settings.jsonl"})
    void everyCase_comesOutAsItsAuthorsSay(String file) throws IOException {
        Path cases = SharedData.path("pkits").resolve(file);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);

        Main.run(
                new String[] {"validate", "--batch", cases.toString()},
                stream,
                stream,
                Clock.systemUTC(),
                name -> Optional.empty());

        List<String> answers = out.toString(StandardCharsets.UTF_8).lines().toList();
        List<String> expected = Files.readAllLines(cases);
        assertThat(answers).hasSameSizeAs(expected);
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i).contains("\"valid\":true") != expected.get(i).contains("\"expect\": true")) {
                wrong.add(answers.get(i));
            }
        }
        assertThat(wrong).isEmpty();
    }
}
