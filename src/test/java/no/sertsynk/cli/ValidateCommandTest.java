package no.sertsynk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import no.sertsynk.validation.TestAuthority;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.BERSequence;
import org.bouncycastle.asn1.DEROctetString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code validate} and {@code validate --batch} on files of all kinds. */
@Timeout(120)
class ValidateCommandTest {
    private final TestAuthority root = TestAuthority.root("CN=Root");
    private final TestAuthority authority = root.authority("CN=Authority");

    @TempDir
    private Path folder;

    private Path good = Path.of("");

    /** What the program wrote and ended with. */
    private record Ended(int code, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    @BeforeEach
    void writeFiles() throws Exception {
        Files.createDirectory(folder.resolve("trust"));
        Files.createDirectory(folder.resolve("others"));
        write("trust/root.pem", pem("CERTIFICATE", root.certificate.getEncoded()));
        write("trust/README.txt", "not a certificate".getBytes(StandardCharsets.UTF_8));
        write("others/authority.der", authority.certificate.getEncoded());
        good = write("good.der", authority.leaf("CN=Good").der());
    }

    @Test
    void goodCertificate_isAccepted() {
        Ended ended = validate(good);

        assertThat(ended.code()).isZero();
        assertThat(ended.lines())
                .singleElement()
                .asString()
                .contains("\"valid\":true,\"verdict\":\"accepted\",\"purposes\":[\"encryption\",\"authentication\"]")
                .contains("\"subject\":\"CN=Good\"");
    }

    @Test
    void pathForPeople_isATreeFromTheAnchorDown() {
        Ended ended = run(
                "validate",
                "--offline",
                "--trust",
                folder.resolve("trust").toString(),
                "--intermediates",
                folder.resolve("others").toString(),
                good.toString());

        assertThat(ended.lines()).hasSizeGreaterThan(4);
        assertThat(ended.lines().get(0)).startsWith("accepted");
        assertThat(ended.lines().get(1)).contains("CN=Root").contains("trust anchor");
        assertThat(ended.lines().get(2)).contains("└─ CN=Authority");
        assertThat(ended.lines().get(3)).contains("✓ encoding, signature, validity, constraints");
        assertThat(ended.lines().get(4)).contains("└─ CN=Good");
    }

    @Test
    void missingIntermediate_isUntrusted() {
        Ended ended = run(
                "validate",
                "--offline",
                "--json",
                "--trust",
                folder.resolve("trust").toString(),
                good.toString());

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).contains("\"UNTRUSTED\"");
    }

    @Test
    void missingCertificateFile_isAMistake() {
        Ended ended = validate(folder.resolve("nowhere.pem"));

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("nowhere.pem");
    }

    @Test
    void trustWithoutACertificate_isAMistake() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertThat(run("validate", "--offline", "--trust", empty.toString(), good.toString())
                        .code())
                .isEqualTo(2);
        assertThat(run(
                                "validate",
                                "--offline",
                                "--trust",
                                folder.resolve("absent").toString(),
                                good.toString())
                        .code())
                .isEqualTo(2);
        assertThat(run("validate", "--offline", good.toString()).code()).isEqualTo(2);
    }

    @Test
    void unknownWords_areMistakes() {
        for (List<String> option : List.of(
                List.of("--purpose", "sealing"),
                List.of("--policy", "strict"),
                List.of("--revocation", "maybe"),
                List.of("--at", "yesterday"),
                List.of("--org", "12345678"))) {
            Ended ended = validate(good, option.toArray(String[]::new));

            assertThat(ended.code()).as(option.toString()).isEqualTo(2);
            assertThat(ended.out()).as(option.toString()).isEmpty();
        }
    }

    @Test
    void otherPurposeOrOrganisation_isRefused() {
        assertThat(validate(good, "--purpose", "signature").out()).contains("WRONG_KEY_USAGE");
        assertThat(validate(good, "--org", "983544622").out()).contains("WRONG_ORGANIZATION");
    }

    @Test
    void revocationWithoutAnswer_isUndeterminedOnlyWhereRequired() {
        assertThat(validate(good, "--revocation", "require").out()).contains("\"undetermined\"", "REVOCATION_UNKNOWN");
        assertThat(validate(good, "--revocation", "prefer").code()).isZero();
        assertThat(validate(good, "--revocation", "off").code()).isZero();
    }

    @Test
    void hostileFiles_areRowsWithAReason() throws Exception {
        byte[] der = authority.leaf("CN=Good").der();
        byte[] hugeLength = {0x30, (byte) 0x84, 0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 1, 2, 3};
        List<Path> files = List.of(
                write("empty.der", new byte[0]),
                write("truncated.der", Arrays.copyOf(der, der.length - 40)),
                write("trailing.der", Arrays.copyOf(der, der.length + 3)),
                write("length.der", hugeLength),
                write("deep.der", nested(30_000)),
                write("large.der", new byte[5 * 1024 * 1024]),
                write("large-certificate.der", large(5 * 1024 * 1024)),
                write(
                        "indefinite.der",
                        new BERSequence(ASN1Sequence.getInstance(der).toArray()).getEncoded()),
                write("text.pem", "nothing of use".getBytes(StandardCharsets.UTF_8)),
                write("key.pem", pem("PRIVATE KEY", root.keys.getPrivate().getEncoded())),
                write("key.der", root.keys.getPrivate().getEncoded()),
                write(
                        "mislabelled.pem",
                        pem("CERTIFICATE", root.keys.getPrivate().getEncoded())),
                write("label.pem", pem("PKCS7", der)),
                write("unfinished.pem", "-----BEGIN CERTIFICATE-----\nMIIB".getBytes(StandardCharsets.US_ASCII)),
                write(
                        "base64.pem",
                        "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----"
                                .getBytes(StandardCharsets.US_ASCII)),
                write(
                        "bundle.p7b",
                        CertificateFactory.getInstance("X.509")
                                .generateCertPath(List.of(authority.certificate))
                                .getEncoded("PKCS7")));
        Ended ended = validateAll(files.toArray(Path[]::new));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.lines())
                .hasSameSizeAs(files)
                .allSatisfy(line -> assertThat(line)
                        .contains("\"valid\":false")
                        .containsAnyOf("MALFORMED_CERTIFICATE", "LIMIT_EXCEEDED"));
    }

    /** A whole one, rightly signed, of which all but a few hundred bytes are one extension. */
    @Test
    void certificateOfFiveMegabytes_isRefusedAndNoHelpToOthers() throws Exception {
        byte[] big = root.leafCertificate(
                        "CN=Big",
                        TestAuthority.Change.add(
                                new ASN1ObjectIdentifier("1.3.6.1.4.1.55555.1"),
                                false,
                                new DEROctetString(new byte[5 * 1024 * 1024])))
                .getEncoded();
        Path file = write("big.der", big);
        write("others/big.der", big);

        assertThat(validateAll(file).out()).contains("\"valid\":false").contains("LIMIT_EXCEEDED");
        assertThat(batch(List.of("{\"id\":\"a\",\"certificate\":\"good.der\",\"trust\":[\"trust\"],"
                                + "\"intermediates\":[\"others\"]}"))
                        .code())
                .isZero();
    }

    @Test
    void listPastItsEnd_countsForNothingByTheRfcAlone() throws Exception {
        Path list = write("ended.crl", TestLists.of(authority, TestAuthority.NOW.minusSeconds(3600)));
        Path ofRoot = write("root.crl", TestLists.of(root, TestAuthority.NOW.plusSeconds(3600)));

        assertThat(validate(good, "--crl", list.toString(), "--crl", ofRoot.toString())
                        .out())
                .contains("\"undetermined\"", "REVOCATION_UNKNOWN");
    }

    @Test
    void pemOfOtherEditors_isRead() throws Exception {
        byte[] der = authority.leaf("CN=Good").der();
        String text = new String(pem("CERTIFICATE", der), StandardCharsets.US_ASCII);
        Ended ended = validateAll(
                write("crlf.pem", text.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII)),
                write("bom.pem", ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8)),
                write("comment.pem", ("subject=Good\n" + text).getBytes(StandardCharsets.US_ASCII)));

        assertThat(ended.code()).as(ended.out()).isZero();
    }

    @Test
    void batch_answersInOrder() throws IOException {
        List<String> cases = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            cases.add(
                    i % 2 == 0
                            ? "{\"id\":" + i + ",\"certificate\":\"good.der\",\"trust\":[\"trust\"],"
                                    + "\"intermediates\":[\"others\"],\"later\":{\"a\":[1]}}"
                            : "{\"id\":\"" + i + "\",\"certificate\":\"good.der\",\"trust\":[\"trust\"]}");
        }
        Ended ended = batch(cases);

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.lines()).hasSize(200);
        for (int i = 0; i < 200; i++) {
            assertThat(ended.lines().get(i))
                    .startsWith(
                            i % 2 == 0
                                    ? "{\"id\":" + i + ",\"valid\":true,\"verdict\":\"accepted\",\"reasons\":[]}"
                                    : "{\"id\":\"" + i + "\",\"valid\":false,\"verdict\":\"rejected\",\"reasons\":[{");
        }
    }

    @Test
    void batchCasesThatCannotBeRead_areRowsOfTheirOwn() throws IOException {
        Ended ended = batch(List.of(
                "{\"id\":\"broken\",",
                "[]",
                "{\"id\":\"a\",\"trust\":[\"trust\"]}",
                "{\"id\":\"b\",\"certificate\":\"good.der\"}",
                "{\"id\":\"c\",\"certificate\":\"absent.der\",\"trust\":[\"trust\"]}",
                "{\"id\":\"d\",\"certificate\":\"good.der\",\"trust\":[\"absent\"]}",
                "{\"id\":\"e\",\"certificate\":\"good.der\",\"trust\":[\"trust\"],\"at\":\"never\"}",
                "{\"id\":\"f\",\"certificate\":\"good.der\",\"trust\":[\"trust\"],\"policy\":\"none\"}",
                "{\"id\":\"g\",\"certificate\":\"good.der\",\"trust\":[\"trust\"],\"intermediates\":[\"others\"]}"));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.lines()).hasSize(9);
        assertThat(ended.lines().subList(0, 8))
                .allSatisfy(line -> assertThat(line).contains("\"valid\":false"));
        assertThat(ended.lines().get(8)).contains("\"id\":\"g\",\"valid\":true");
    }

    @Test
    void batchIntermediatesThatCannotBeRead_doNotCostTheVerdict() throws IOException {
        write("others/broken.pem", pem("CERTIFICATE", new byte[] {1, 2, 3}));
        write("others/broken.der", new byte[] {0x30, 0x05});

        assertThat(batch(List.of("{\"id\":\"a\",\"certificate\":\"good.der\",\"trust\":[\"trust\"],"
                                + "\"intermediates\":[\"others\"]}"))
                        .code())
                .isZero();
    }

    @Test
    void missingBatch_isAMistake() {
        assertThat(run("validate", "--batch", folder.resolve("absent.jsonl").toString())
                        .code())
                .isEqualTo(2);
    }

    private Ended batch(List<String> cases) throws IOException {
        Path file = Files.write(folder.resolve("cases.jsonl"), cases);
        return run("validate", "--batch", file.toString());
    }

    private Ended validateAll(Path... files) {
        List<String> arguments = new ArrayList<>(List.of(
                "validate",
                "--offline",
                "--json",
                "--trust",
                folder.resolve("trust").toString(),
                "--intermediates",
                folder.resolve("others").toString()));
        Arrays.stream(files).map(Path::toString).forEach(arguments::add);
        return run(arguments.toArray(String[]::new));
    }

    private Ended validate(Path file, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "validate",
                "--offline",
                "--json",
                "--trust",
                folder.resolve("trust").toString(),
                "--intermediates",
                folder.resolve("others").toString()));
        arguments.addAll(List.of(options));
        arguments.add(file.toString());
        return run(arguments.toArray(String[]::new));
    }

    private static Ended run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Clock.fixed(TestAuthority.NOW, ZoneOffset.UTC),
                name -> Optional.empty());
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private static byte[] pem(String label, byte[] der) {
        return ("-----BEGIN " + label + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                        + "\n-----END " + label + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** A sequence in a sequence in a sequence … */
    private static byte[] nested(int depth) {
        byte[] der = new byte[depth * 4];
        for (int i = 0; i < depth; i++) {
            int rest = der.length - i * 4 - 4;
            der[i * 4] = 0x30;
            der[i * 4 + 1] = (byte) 0x82;
            der[i * 4 + 2] = (byte) (rest >> 8);
            der[i * 4 + 3] = (byte) rest;
        }
        return der;
    }

    /** Begins as a certificate of that size would. */
    private static byte[] large(int size) {
        byte[] der = new byte[size];
        der[0] = 0x30;
        der[1] = (byte) 0x83;
        der[2] = (byte) (size - 5 >> 16);
        der[3] = (byte) (size - 5 >> 8);
        der[4] = (byte) (size - 5);
        return der;
    }
}
