package no.sertsynk.validation.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.sandbox.SandboxAuthority;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustReadingTest {
    private static final SandboxAuthority AUTHORITY =
            SandboxAuthority.create("Lese", Instant.parse("2026-01-01T00:00:00Z"), Optional.empty());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private TrustedOwners owners;

    @BeforeEach
    void open() throws Exception {
        owners = new TrustedOwners(Set.copyOf(List.of(0, (Integer) Files.getAttribute(folder, "unix:uid"))));
        put("root.cer", AUTHORITY.root().getEncoded());
    }

    private Path put(String name, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return file;
    }

    private TrustReading reading() {
        return TrustReading.of(List.of(folder), owners);
    }

    @Test
    void certificates_areFoundWithTheirFiles() throws Exception {
        PartnerCertificate root = PartnerCertificate.of(AUTHORITY.root());
        PartnerCertificate issuer = PartnerCertificate.of(AUTHORITY.issuer());
        Path pem = TrustFolder.open(folder, owners).put(issuer);

        TrustReading reading = reading();

        assertThat(reading.mistakes()).isEmpty();
        assertThat(reading.found())
                .containsExactlyInAnyOrder(
                        new TrustReading.Found(folder.resolve("root.cer"), root), new TrustReading.Found(pem, issuer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"README", "notes.txt", ".hidden.pem", ".root.pem.tmp"})
    void otherFiles_arePassedOver(String name) throws Exception {
        put(name, "-----BEGIN CERTIFICATE-----\nhalf".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        Files.createDirectory(folder.resolve("folder.pem"));

        assertThat(reading().mistakes()).isEmpty();
        assertThat(reading().certificates())
                .extracting(PartnerCertificate::x509)
                .containsExactly(AUTHORITY.root());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "-----BEGIN CERTIFICATE-----\nMIIB\n"})
    void fileThatShouldHoldACertificateAndDoesNot_isNamed(String content) throws Exception {
        Path file = put("other.PEM", content.getBytes(java.nio.charset.StandardCharsets.US_ASCII));

        assertThat(reading().mistakes()).singleElement().asString().contains(file.toString(), "remove the file");
    }

    @Test
    void trailingBytesBehindACertificate_areNamed() throws Exception {
        X509Certificate root = AUTHORITY.root();
        byte[] longer = java.util.Arrays.copyOf(root.getEncoded(), root.getEncoded().length + 1);
        Path file = put("longer.der", longer);

        assertThat(reading().mistakes()).singleElement().asString().contains(file.toString(), "1 bytes after it");
    }

    @Test
    void danglingLink_isNamed() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("gone.pem"), folder.resolve("nothing"));

        assertThat(reading().mistakes()).singleElement().asString().contains(link.toString());
    }

    @Test
    void fileThatOthersMayWriteTo_isNotTrusted() throws Exception {
        Files.setPosixFilePermissions(folder.resolve("root.cer"), PosixFilePermissions.fromString("rw-rw-r--"));

        assertThat(reading().mistakes()).singleElement().asString().contains("chmod go-w");
        assertThat(reading().found()).isEmpty();
    }

    @Test
    void folderThatOthersMayWriteTo_isNotRead() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxr-x"));

        assertThat(reading().mistakes()).singleElement().asString().contains("chmod go-w");
        assertThat(reading().found()).isEmpty();
    }

    @Test
    void absentPath_isMissingAndNoMistake() {
        TrustReading reading = TrustReading.of(List.of(folder.resolve("absent")), owners);

        assertThat(reading.missing()).containsExactly(folder.resolve("absent"));
        assertThat(reading.mistakes()).isEmpty();
    }
}
