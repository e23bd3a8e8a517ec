package no.sertsynk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.sandbox.Sandbox.Pair;
import no.sertsynk.sandbox.SandboxAuthority;
import no.sertsynk.sandbox.SandboxAuthority.Order;
import no.sertsynk.validation.CertificateFiles;
import no.sertsynk.validation.HandedOver;
import no.sertsynk.validation.HandedOver.Piece;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes from hand to hand: certificates handed over in containers, and those exported for other systems. */
class ByHandTest {
    private static final HerId PARTY = new HerId(1001);
    private static final OrganizationNumber NUMBER = new OrganizationNumber("983544622");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final Clock clock = Clock.systemUTC();
    private final Instant begun = clock.instant().minus(Duration.ofDays(30));

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private ProgramFixture program;

    @SuppressWarnings("NullAway.Init")
    private Pair first;

    @BeforeEach
    void start() throws Exception {
        program = new ProgramFixture(folder, clock);
        first = program.sandbox.publishPair("God <i>& Co", NUMBER, begun);
        program.sandbox.register(PARTY, "God <i>& Co", NUMBER, first.encryption(), first.signature());
        program.sandbox.configure(List.of(PARTY));
        expect(0, "sync");
    }

    @AfterEach
    void stop() {
        program.close();
    }

    private void expect(int code, String... arguments) {
        assertThat(program.run(arguments)).as(program.out()).isEqualTo(code);
    }

    private PartnerCertificate issue() {
        return program.sandbox
                .authority()
                .issue(Order.of("God", NUMBER, SandboxAuthority.ENCRYPTION_USAGE, begun.plus(Duration.ofDays(1))));
    }

    @Test
    void archiveWithChain_isInstalledWithoutTheAuthorities_andCounted() throws Exception {
        PartnerCertificate byHand = issue();
        byte[] chain = CertificateFiles.pkcs7(List.of(
                byHand, PartnerCertificate.of(program.sandbox.authority().issuer())));
        Path archive = zip(Map.of("ny/kjede.p7b", chain));

        expect(0, "import", archive.toString(), "--party", "1001", "--json");

        JsonTree row = JsonTree.read(program.results());
        assertThat(row.list("/imported")).hasSize(1);
        assertThat(row.at("/imported/0/accepted")).isEqualTo(true);
        assertThat(row.text("/imported/0/file")).endsWith("handed.zip!ny/kjede.p7b");
        assertThat(program.out()).contains("left out").contains("an authority's certificate");
        expect(0, "status", "--json");
        JsonTree status = JsonTree.read(program.results());
        assertThat(status.at("/byHand/count")).isEqualTo(1L);
        assertThat(Instant.parse(status.text("/byHand/againBefore"))).isEqualTo(byHand.notAfter());
        expect(0, "status");
        assertThat(program.out()).contains("installed by hand: 1; to be done again before");
    }

    @Test
    void bomb_isARowAndChangesNothing() throws Exception {
        Path archive = zip(Map.of("a.cer", new byte[20_000_000]));

        expect(1, "import", archive.toString(), "--party", "1001", "--json");

        JsonTree row = JsonTree.read(program.results());
        assertThat(row.text("/imported/0/reasons/0/code")).isEqualTo("LIMIT_EXCEEDED");
        expect(0, "status", "--json");
        assertThat(JsonTree.read(program.results()).at("/byHand/count")).isEqualTo(0L);
    }

    @Test
    void export_givesWhatIsInstalledInBothForms() throws Exception {
        for (String format : List.of("pem", "pkcs7")) {
            for (String[] which : new String[][] {{"--party", "1001"}, {"--keystore", "dit"}, {"--all"}}) {
                Path to = folder.resolve("ut-" + format + which[0]);
                String[] arguments = new String[which.length + 5];
                System.arraycopy(
                        new String[] {"export", "--format", format, "--to", to.toString()}, 0, arguments, 0, 5);
                System.arraycopy(which, 0, arguments, 5, which.length);

                expect(0, arguments);

                assertThat(HandedOver.read(to))
                        .hasSize(1)
                        .first()
                        .isInstanceOfSatisfying(
                                Piece.Found.class,
                                found -> assertThat(found.certificates())
                                        .containsExactlyInAnyOrder(first.encryption(), first.signature()));
            }
        }
    }

    @Test
    void sheet_tellsFingerprintsAndValidity_andNeedsNothingElse() throws Exception {
        Path to = folder.resolve("ut.pem");

        expect(0, "export", "--all", "--to", to.toString());

        String page = Files.readString(folder.resolve("ut.pem.html"));
        String digest = first.encryption().sha256().hex();
        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("<html lang=\"en\">")
                .contains(digest.substring(0, 4) + " " + digest.substring(4, 8))
                .contains(first.encryption().notAfter().toString().substring(0, 10))
                .contains("HER-id 1001")
                .contains("God &lt;i&gt;&amp; Co")
                .doesNotContain("<i>")
                .doesNotContain("http:")
                .doesNotContain("https:")
                .doesNotContain("<script")
                .contains("default-src 'none'");
    }

    @Test
    void export_overwritesNothingUnasked_andNeverAKeystore() throws Exception {
        Path to = Files.writeString(folder.resolve("ut.pem"), "mitt");
        byte[] keystore = Files.readAllBytes(folder.resolve("dit.p12"));

        expect(2, "export", "--all", "--to", to.toString());
        assertThat(to).hasContent("mitt");
        expect(0, "export", "--all", "--overwrite", "--to", to.toString());
        assertThat(Files.readString(to)).startsWith("-----BEGIN CERTIFICATE-----");
        expect(
                2,
                "export",
                "--all",
                "--overwrite",
                "--to",
                folder.resolve("dit.p12").toString());
        assertThat(Files.readAllBytes(folder.resolve("dit.p12"))).isEqualTo(keystore);
    }

    @Test
    void exportOfNothing_isAProblem_andWrongOptionsAreUsageMistakes() throws IOException {
        String to = folder.resolve("ut.pem").toString();

        expect(2, "export", "--to", to);
        expect(2, "export", "--all", "--party", "1001", "--to", to);
        expect(2, "export", "--party", "4711", "--to", to);
        expect(2, "export", "--keystore", "ukjent", "--to", to);
        expect(2, "export", "--all", "--format", "doc", "--to", to);
        Files.delete(folder.resolve("state/state.db"));
        expect(1, "export", "--all", "--to", to);
        assertThat(Path.of(to)).doesNotExist();
    }

    private Path zip(Map<String, byte[]> files) throws IOException {
        Path file = folder.resolve("handed.zip");
        try (OutputStream bytes = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, byte[]> entry : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }
}
