package no.sertsynk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import no.sertsynk.SharedData;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.sandbox.SandboxAuthority;
import no.sertsynk.validation.TrustFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trust commands, with a web proxy on loopback that plays every host of the certificate authorities. */
class TrustCommandTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);
    private static final SandboxAuthority AUTHORITY =
            SandboxAuthority.create("Egen", CLOCK.instant(), Optional.empty());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private HttpServer proxy;

    private final Map<String, byte[]> published = new ConcurrentHashMap<>();
    private String out = "";

    @BeforeEach
    void start() throws IOException {
        proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = published.get(exchange.getRequestURI().toString());
                exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
                if (body != null) {
                    exchange.getResponseBody().write(body);
                }
            }
        });
        proxy.start();
        Files.writeString(folder.resolve("password"), "secret");
        configure("test", "anchors: [trust]");
    }

    @AfterEach
    void stop() {
        proxy.stop(0);
    }

    private void configure(String environment, String trust) throws IOException {
        Files.writeString(folder.resolve("sertsynk.yaml"), """
            environment: %s
            register: {soap: {username: a, passwordFile: password}}
            network: {proxy: "http://127.0.0.1:%d"}
            trust: {%s}
            keystores: []
            parties: []
            state: state
            """.formatted(
                        environment, proxy.getAddress().getPort(), trust));
    }

    private int run(String... arguments) {
        return runAt(CLOCK, arguments);
    }

    private int runAt(Clock clock, String... arguments) {
        List<String> all = new ArrayList<>(
                List.of("--config", folder.resolve("sertsynk.yaml").toString(), "--lang", "en"));
        all.addAll(List.of(arguments));
        return main(clock, all);
    }

    private int main(Clock clock, List<String> arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int code = Main.run(arguments.toArray(String[]::new), stream, stream, clock, name -> Optional.empty());
        out = bytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    private static PartnerCertificate real(String file) throws Exception {
        return TrustFiles.readFile(SharedData.path("certificates/ca/" + file)).getFirst();
    }

    /** What the test authorities publish, at the addresses that their certificates name. */
    private void publishTestAuthorities() throws Exception {
        String buypass = "http://crt.test4.buypassca.com/";
        published.put(
                buypass + "BPCl3RootCaG2ST.cer",
                real("test/BPCl3RootCaG2ST.pem").der());
        published.put(
                buypass + "BPCl3CaG2STBS.cer", real("test/BPCl3CaG2STBS.pem").der());
        published.put(
                buypass + "BPCl3RootCaG2HT.cer",
                real("test/BPCl3RootCaG2HT.pem").der());
        published.put(
                buypass + "BPCl3CaG2HTBS.cer", real("test/BPCl3CaG2HTBS.pem").der());
        published.put(
                "http://crt.test4.buypass.no/crt/BPClass3T4CA3.cer",
                real("test/BPClass3T4CA3.pem").der());
        String commfides = "http://crt.test.commfides.com/G3/";
        published.put(
                commfides + "CommfidesRootCA-G3-TEST.crt",
                Files.readAllBytes(SharedData.path("certificates/ca/test/CommfidesRootCA-G3-TEST.pem")));
        published.put(
                commfides + "CommfidesLegalPersonCA-G3-TEST.crt",
                real("test/CommfidesLegalPersonCA-G3-TEST.pem").der());
    }

    private List<String> files(String name) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void fetch_getsWhatIsPublishedAndTellsWhatIsMissing() throws Exception {
        publishTestAuthorities();

        assertThat(run("trust", "fetch")).as(out).isEqualTo(1);

        assertThat(files("trust"))
                .containsExactly(
                        "buypass-class-3-test4-ca-3-b761abd7.pem",
                        "buypass-class-3-test4-ca-g2-ht-business-2c9e0ec1.pem",
                        "buypass-class-3-test4-ca-g2-st-business-2f36956b.pem",
                        "buypass-class-3-test4-root-ca-g2-ht-52a09cf1.pem",
                        "buypass-class-3-test4-root-ca-g2-st-760637a0.pem",
                        "commfides-legal-person-g3-test-94bb0e87.pem",
                        "commfides-root-ca-g3-test-97ea3902.pem");
        assertThat(out)
                .contains("x Buypass Class 3 Test4 Root CA: missing; no known address")
                .contains("- Buypass Class 3 Test4 CA G2 HT Person: left out, issues to persons alone")
                .contains("- Buypass Class 3 Test4 CA 1: left out, ended 2016-05-06");
    }

    @Test
    void fetchWithAllThere_isDone() throws Exception {
        publishTestAuthorities();
        Path byHand = SharedData.path("certificates/ca/test/BPClass3T4RootCA.pem");
        String fingerprint = "2a8475824d9ba398170031b9b398222f857a59bdc5cc3b49005eafdb55955da4";
        assertThat(run("trust", "add", byHand.toString(), "--sha256", fingerprint))
                .as(out)
                .isZero();

        assertThat(run("trust", "fetch")).as(out).isZero();
        published.clear();
        assertThat(run("trust", "fetch")).as(out).isZero();
        assertThat(out).contains("= Buypass Class 3 Test4 Root CA: there already");
    }

    @Test
    void intermediates_goWhereTheConfigurationWantsThem() throws Exception {
        publishTestAuthorities();
        configure("test", "anchors: [trust], intermediates: [below]");

        run("trust", "fetch");

        assertThat(files("trust")).allMatch(name -> name.contains("root"));
        assertThat(files("below")).hasSize(4).noneMatch(name -> name.contains("root"));
    }

    @Test
    void answerWithAnotherFingerprint_isRefusedAndNothingWritten() throws Exception {
        published.put(
                "http://crt.buypassca.com/BPCl3RootCaG2ST.cer", AUTHORITY.root().getEncoded());
        configure("production", "anchors: [trust]");

        assertThat(run("trust", "fetch")).isEqualTo(1);

        assertThat(out)
                .contains("refused: expected the certificate with SHA-256 f8c16c6b")
                .contains("found " + PartnerCertificate.of(AUTHORITY.root()).sha256());
        assertThat(folder.resolve("trust")).doesNotExist();
    }

    @Test
    void fetchFromAFolder_takesWhatIsPinnedAndNothingElse() throws Exception {
        Path handed = Files.createDirectory(folder.resolve("handed"));
        Files.write(handed.resolve("a.cer"), real("prod/BPClass3RootCA.pem").der());
        Files.write(handed.resolve("b.cer"), AUTHORITY.root().getEncoded());
        configure("production", "anchors: [trust]");

        assertThat(run("trust", "fetch", "--from", handed.toString())).isEqualTo(1);

        assertThat(files("trust")).containsExactly("buypass-class-3-root-ca-edf7ebbc.pem");
        assertThat(out).contains("x Commfides Root CA - G3: missing; expected a certificate with SHA-256 5ad1a2b5");
    }

    @Test
    void listWithoutConfiguration_showsBothEnvironments() {
        assertThat(main(CLOCK, List.of("--lang", "en", "trust", "list", "--json")))
                .isZero();
        assertThat(out)
                .contains("\"environment\":null")
                .contains("\"subject\":\"Buypass Class 3 Root CA\"", "\"subject\":\"Commfides Root CA - G3 - TEST\"");
    }

    @Test
    void list_showsWhatIsThereAndWhatIsNotPinned() throws Exception {
        Path own = Files.write(folder.resolve("own.cer"), AUTHORITY.root().getEncoded());
        String fingerprint = PartnerCertificate.of(AUTHORITY.root()).sha256().hex();
        assertThat(run("trust", "add", own.toString(), "--sha256", fingerprint))
                .as(out)
                .isZero();
        assertThat(out).contains("not known to this program", "SHA-256  " + fingerprint);

        assertThat(run("trust", "list")).isZero();
        assertThat(out).contains("Egen Root CA", "not pinned", fingerprint).contains("Buypass Class 3 Test4 Root CA");
        assertThat(run("trust", "list", "--json")).isZero();
        assertThat(out).contains("\"other\":[{\"subject\":\"C=NO,O=Sandkasse,CN=Egen Root CA\"");
    }

    @Test
    void addWithoutConfirmation_addsNothing() throws Exception {
        Path own = Files.write(folder.resolve("own.cer"), AUTHORITY.root().getEncoded());

        assertThat(run("trust", "add", own.toString())).isEqualTo(2);
        assertThat(run("trust", "add", own.toString(), "--sha256", "00")).isEqualTo(2);
        assertThat(folder.resolve("trust")).doesNotExist();
    }

    @Test
    void addOfSeveralCertificates_isRefused() throws Exception {
        Path bundle = folder.resolve("bundle.pem");
        Files.writeString(
                bundle,
                Files.readString(SharedData.path("certificates/ca/test/BPClass3T4CA1.pem"))
                        + Files.readString(SharedData.path("certificates/ca/test/BPClass3T4CA3.pem")));

        assertThat(run("trust", "add", bundle.toString(), "--sha256", "00")).isEqualTo(2);
        assertThat(out).contains("expected one certificate in", "found 2");
    }

    @Test
    void addOfGarbageOrNothing_isRefused() throws Exception {
        Path garbage = Files.writeString(folder.resolve("garbage.pem"), "garbage");

        assertThat(run("trust", "add", garbage.toString())).isEqualTo(2);
        assertThat(out).contains("expected a DER certificate");
        assertThat(run("trust", "add", folder.resolve("absent.pem").toString())).isEqualTo(2);
        assertThat(out).contains("expected a readable file");
    }

    @Test
    void folderThatOthersMayWriteTo_isRefusedByEveryCommand() throws Exception {
        Path trust = Files.createDirectory(folder.resolve("trust"));
        Path own = Files.write(folder.resolve("own.cer"), AUTHORITY.root().getEncoded());
        Files.copy(own, trust.resolve("own.cer"));
        Files.setPosixFilePermissions(trust, PosixFilePermissions.fromString("rwxrwxrwx"));
        String fingerprint = PartnerCertificate.of(AUTHORITY.root()).sha256().hex();

        for (List<String> command : List.of(
                List.of("sync"),
                List.of("plan"),
                List.of("trust", "list"),
                List.of("trust", "fetch"),
                List.of("trust", "add", own.toString(), "--sha256", fingerprint))) {
            assertThat(run(command.toArray(String[]::new)))
                    .as(command + ": " + out)
                    .isEqualTo(2);
            assertThat(out).contains("chmod go-w " + trust.toRealPath());
        }
        assertThat(files("trust")).containsExactly("own.cer");
    }

    @Test
    void expiredAnchorsAlone_stopARun() throws Exception {
        Path trust = Files.createDirectory(folder.resolve("trust"));
        Files.write(trust.resolve("own.cer"), AUTHORITY.root().getEncoded());
        Clock later = Clock.offset(CLOCK, Duration.ofDays(4000));

        assertThat(runAt(later, "sync")).isEqualTo(2);
        assertThat(out).contains("in force", "CN=Egen Root CA", "sertsynk trust fetch");
    }

    @Test
    void garbageInTheTrustFolder_stopsARunAndIsNamed() throws Exception {
        Path trust = Files.createDirectory(folder.resolve("trust"));
        Files.write(trust.resolve("own.cer"), AUTHORITY.root().getEncoded());
        Files.writeString(trust.resolve("half.pem"), "-----BEGIN CERTIFICATE-----\nMIIB");

        assertThat(run("sync")).isEqualTo(2);
        assertThat(out).contains(trust.resolve("half.pem").toString());
    }

    @Test
    void emptyOrAbsentTrustFolder_namesTheCommandThatFillsIt() throws Exception {
        assertThat(run("sync")).isEqualTo(2);
        assertThat(out).contains("found nothing there; run sertsynk trust fetch");
        Files.createDirectory(folder.resolve("trust"));
        assertThat(run("sync")).isEqualTo(2);
        assertThat(out).contains("found none; run sertsynk trust fetch");
    }
}
