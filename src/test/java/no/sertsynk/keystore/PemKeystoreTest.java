package no.sertsynk.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PEM bundles: readable by everybody, and everything of others' in place. */
class PemKeystoreTest {
    private static final String KEY = "-----BEGIN PRIVATE KEY-----\r\n"
            + Base64.getMimeEncoder()
                    .encodeToString(TestCertificates.KEYS.getPrivate().getEncoded())
            + "\r\n-----END PRIVATE KEY-----\r\n";

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("dit.pem");
    }

    private void writeThree() throws KeystoreException {
        Stores.replace(
                Stores.pem(file),
                new KeystoreChange(
                        Map.of(
                                "her-2-encryption", TestCertificates.named(3, "CN=Ærøskøbing sjukehus,O=Øst ASA"),
                                "her-1-encryption-1f", TestCertificates.number(1),
                                "her-1-encryption", TestCertificates.number(2)),
                        Set.of()));
    }

    @Test
    void bundle_namesEachCertificateAndSortsByName() throws Exception {
        writeThree();

        List<String> comments = Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("#"))
                .toList();
        assertThat(comments)
                .containsExactly(
                        "# sertsynk: her-1-encryption",
                        "# subject: CN=Party 2",
                        "# valid: 2026-01-01T00:00:00Z to 2036-01-01T00:00:00Z",
                        "# sertsynk: her-1-encryption-1f",
                        "# subject: CN=Party 1",
                        "# valid: 2026-01-01T00:00:00Z to 2036-01-01T00:00:00Z",
                        "# sertsynk: her-2-encryption",
                        "# subject: O=Øst ASA,CN=Ærøskøbing sjukehus",
                        "# valid: 2026-01-01T00:00:00Z to 2036-01-01T00:00:00Z");
        assertThat(Keystores.read(Stores.pem(file)).certificates())
                .containsOnlyKeys("her-1-encryption", "her-1-encryption-1f", "her-2-encryption");
    }

    @Test
    void bundle_isReadByOpenssl() throws Exception {
        writeThree();

        assertThat(Command.openssl("storeutl", "-certs", "-noout", file.toString())
                        .succeeded())
                .contains("Total found: 3");
        Path one = folder.resolve("one.pem");
        Stores.replace(Stores.pem(one), Stores.put("her-1-encryption", TestCertificates.number(2)));
        assertThat(Command.openssl("verify", "-partial_chain", "-CAfile", file.toString(), one.toString())
                        .succeeded())
                .contains("one.pem: OK");
    }

    @Test
    void bundle_isReadByJavaAndBouncyCastle() throws Exception {
        writeThree();

        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            assertThat(certificates).hasSize(3);
            assertThat(certificates).anyMatch(TestCertificates.number(1).x509()::equals);
        }
        List<Object> parsed = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(Files.readString(file)))) {
            for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
                parsed.add(next);
            }
        }
        assertThat(parsed).hasSize(3).allMatch(X509CertificateHolder.class::isInstance);
    }

    @Test
    void sameContent_hasTheSameBytesWhateverCameFirst() throws Exception {
        writeThree();
        Path other = folder.resolve("other.pem");
        Stores.replace(Stores.pem(other), Stores.put("her-9-encryption", TestCertificates.number(9)));
        Stores.replace(Stores.pem(other), Stores.put("her-2-encryption", TestCertificates.number(7)));
        KeystoreContents wanted = Keystores.read(Stores.pem(file));
        Stores.replace(Stores.pem(other), new KeystoreChange(wanted.certificates(), Set.of("her-9-encryption")));

        assertThat(Files.readAllBytes(other)).isEqualTo(Files.readAllBytes(file));
    }

    @Test
    void foreignTextKeysAndCertificates_keepTheirBytes() throws Exception {
        Path certificate = folder.resolve("cert.pem");
        Stores.replace(Stores.pem(certificate), Stores.put("x", TestCertificates.number(8)));
        String foreign = Files.readString(certificate).lines().skip(3).reduce("", (a, b) -> a + b + "\r\n");
        byte[] head = ("caf\u00e9 \u0000 text\r\n" + KEY + "\n\n").getBytes(StandardCharsets.ISO_8859_1);
        byte[] tail = ("# tail\r\n" + foreign + "the end").getBytes(StandardCharsets.ISO_8859_1);
        Files.write(file, head);
        Stores.replace(Stores.pem(file), Stores.put("her-1-encryption", TestCertificates.number(1)));
        Files.write(file, tail, StandardOpenOption.APPEND);

        Stores.replace(Stores.pem(file), Stores.put("her-2-encryption", TestCertificates.number(2)));
        String both = Files.readString(file, StandardCharsets.ISO_8859_1);
        Stores.replace(Stores.pem(file), new KeystoreChange(Map.of(), Set.of("her-1-encryption", "her-2-encryption")));

        assertThat(both)
                .startsWith(text(head) + "# sertsynk: her-1-encryption\n")
                .endsWith("-----\n" + text(tail));
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).isEqualTo(text(head) + text(tail));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void lastLineWithoutEnd_isEndedFirst() throws Exception {
        Files.writeString(file, "no line end");

        Stores.replace(Stores.pem(file), Stores.put("her-1-encryption", TestCertificates.number(1)));

        assertThat(Files.readString(file)).startsWith("no line end\n# sertsynk: her-1-encryption\n");
    }

    @Test
    void windowsLineEndsInOwnEntries_areRead() throws Exception {
        writeThree();
        Files.writeString(file, Files.readString(file).replace("\n", "\r\n"));

        assertThat(Keystores.read(Stores.pem(file)).certificates()).hasSize(3);
    }

    @Test
    void subjectWithLineBreaks_cannotBeginABlock() throws Exception {
        Stores.replace(
                Stores.pem(file),
                Stores.put("her-1-encryption", TestCertificates.named(5, "CN=a\\0A-----BEGIN CERTIFICATE-----\\0Ab")));

        assertThat(Keystores.read(Stores.pem(file)).certificates()).hasSize(1);
        assertThat(Files.readAllLines(file).stream().filter("-----BEGIN CERTIFICATE-----"::equals))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# sertsynk: her-1-encryption\n",
                "# sertsynk: her-1-encryption\ntext\n",
                "# sertsynk: her-1-encryption\n# sertsynk: her-2-encryption\n",
                "# sertsynk: her-1-encryption\n-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
                "# sertsynk: her-1-encryption\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                "# sertsynk: her-1-encryption\n-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\nAAAA\n",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            })
    void malformedFile_isRefusedAndKept(String text) throws Exception {
        Files.writeString(file, text);

        assertThatExceptionOfType(KeystoreException.class)
                .isThrownBy(() ->
                        Stores.replace(Stores.pem(file), Stores.put("her-5-encryption", TestCertificates.number(1))))
                .withMessageContaining("keystore dit (" + file + ")");
        assertThat(Files.readString(file)).isEqualTo(text);
    }

    @Test
    void twoCertificatesOfOneName_areRefused() throws Exception {
        Stores.replace(Stores.pem(file), Stores.put("her-1-encryption", TestCertificates.number(1)));
        Files.writeString(file, Files.readString(file).repeat(2));

        assertThatExceptionOfType(KeystoreException.class)
                .isThrownBy(() -> Keystores.read(Stores.pem(file)))
                .withMessageContaining("two certificates are named her-1-encryption");
    }

    @Test
    void lastEntryRemoved_leavesAnEmptyFile() throws Exception {
        Stores.replace(Stores.pem(file), Stores.put("her-1-encryption", TestCertificates.number(1)));
        Stores.replace(Stores.pem(file), Stores.remove("her-1-encryption"));

        assertThat(file).isEmptyFile();
        assertThat(Keystores.read(Stores.pem(file))).isEqualTo(new KeystoreContents(true, Map.of(), Set.of()));
    }
}
