package no.sertsynk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import no.sertsynk.validation.TestAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code inspect} tells of a certificate's path. */
class InspectedPathTest {
    @TempDir
    private Path folder;

    @Test
    void certificate_isShownBelowItsConfiguredAnchor() throws Exception {
        TestAuthority root = TestAuthority.root("CN=Root");
        Files.write(folder.resolve("root.der"), root.certificate.getEncoded());
        Files.write(
                folder.resolve("leaf.der"),
                root.leaf("CN=Legekontor,2.5.4.97=NTRNO-983544622").der());
        Files.writeString(folder.resolve("password"), "secret");
        Files.writeString(folder.resolve("sertsynk.yaml"), """
            environment: test
            register:
              soap: {url: "http://127.0.0.1:1/", username: user, passwordFile: password}
            trust: {anchors: [root.der]}
            state: state
            """);

        List<String> lines = inspect(
                "--config",
                folder.resolve("sertsynk.yaml").toString(),
                "inspect",
                folder.resolve("leaf.der").toString());

        assertThat(lines).anySatisfy(line -> assertThat(line).contains("CN=Root (trust anchor"));
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("└─ organizationIdentifier=NTRNO-983544622"));
        assertThat(lines)
                .anySatisfy(line ->
                        assertThat(line).contains("✓ encoding, signature, validity, constraints, organisation"));
    }

    @Test
    void certificateWithoutConfiguration_isShownAlone() throws Exception {
        Files.write(
                folder.resolve("leaf.der"),
                TestAuthority.root("CN=Root").leaf("CN=Legekontor").der());

        assertThat(inspect("inspect", folder.resolve("leaf.der").toString()))
                .noneSatisfy(line -> assertThat(line).contains("└─"));
    }

    private static List<String> inspect(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        int code = Main.run(
                arguments, stream, stream, Clock.fixed(TestAuthority.NOW, ZoneOffset.UTC), name -> Optional.empty());
        assertThat(code).as(out.toString(StandardCharsets.UTF_8)).isZero();
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
