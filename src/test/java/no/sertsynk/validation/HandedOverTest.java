package no.sertsynk.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.sandbox.SandboxAuthority;
import no.sertsynk.validation.HandedOver.Piece;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as services hand them out, and as nobody should. */
class HandedOverTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final SandboxAuthority AUTHORITY = SandboxAuthority.create("Tjeneste", NOW, Optional.empty());
    private static final PartnerCertificate FIRST = issue("A");
    private static final PartnerCertificate SECOND = issue("B");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static PartnerCertificate issue(String name) {
        return AUTHORITY.issue(SandboxAuthority.Order.of(
                name,
                new OrganizationNumber("983544622"),
                SandboxAuthority.ENCRYPTION_USAGE,
                NOW.minus(Duration.ofDays(1))));
    }

    @Test
    void everyForm_givesTheSameCertificates() throws Exception {
        List<PartnerCertificate> both = List.of(FIRST, SECOND);
        byte[] pkcs7 = CertificateFiles.pkcs7(both);

        assertThat(found(CertificateFiles.pem(both))).isEqualTo(both);
        assertThat(found(pkcs7)).containsExactlyInAnyOrderElementsOf(both);
        assertThat(found(pem("PKCS7", pkcs7))).containsExactlyInAnyOrderElementsOf(both);
        assertThat(found(FIRST.der())).containsExactly(FIRST);
        assertThat(found(zip(Map.of("a.cer", FIRST.der())))).containsExactly(FIRST);
    }

    @Test
    void archive_givesEachFileByItsName_andPassesLettersOver() throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("les meg.txt", "Hei".getBytes(StandardCharsets.UTF_8));
        files.put("prod/", new byte[0]);
        files.put("prod/ny.cer", FIRST.der());
        files.put("prod/kjede.p7b", CertificateFiles.pkcs7(List.of(SECOND, issuer())));
        files.put("prod/skadet.crt", new byte[] {0x30, 3, 1, 2, 3});

        List<Piece> pieces = read(zip(files));

        assertThat(pieces).hasSize(3);
        assertThat(pieces.get(0)).isInstanceOfSatisfying(Piece.Found.class, found -> {
            assertThat(found.name()).endsWith("handed!prod/ny.cer");
            assertThat(found.isBundle()).isTrue();
        });
        assertThat(pieces.get(1))
                .isInstanceOfSatisfying(
                        Piece.Found.class,
                        found -> assertThat(found.certificates()).containsExactlyInAnyOrder(SECOND, issuer()));
        assertThat(pieces.get(2)).isInstanceOf(Piece.Refused.class);
    }

    private static PartnerCertificate issuer() {
        try {
            return PartnerCertificate.of(AUTHORITY.issuer());
        } catch (MalformedCertificateException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/cert.cer",
                "/etc/cert.cer",
                "a/../../b.cer",
                "a\\..\\b.cer",
                "C:cert.cer",
                "a\u0007.cer"
            })
    void trickyName_refusesTheArchive(String name) throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("god.cer", FIRST.der());
        files.put(name, SECOND.der());

        assertRefused(zip(files), ReasonCode.MALFORMED_CERTIFICATE, "plain file names");
    }

    @Test
    void bombOfOneFile_isRefused() throws Exception {
        assertRefused(zip(Map.of("a.cer", new byte[50_000_000])), ReasonCode.LIMIT_EXCEEDED, "files of at most");
    }

    @Test
    void bombOfManyFiles_isRefusedByItsRatio() throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < 10; i++) {
            files.put(i + ".txt", new byte[1_000_000]);
        }
        assertRefused(zip(files), ReasonCode.LIMIT_EXCEEDED, "times the archive");
    }

    @Test
    void archiveOfTooManyFiles_isRefused() throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < 501; i++) {
            files.put(i + ".txt", new byte[] {1});
        }
        assertRefused(zip(files), ReasonCode.LIMIT_EXCEEDED, "at most 500 files");
    }

    @Test
    void archiveInAnArchive_isRefused() throws Exception {
        byte[] inner = zip(Map.of("a.cer", FIRST.der()));

        assertRefused(zip(Map.of("indre.dat", inner)), ReasonCode.MALFORMED_CERTIFICATE, "archive in the archive");
    }

    @Test
    void archiveWithAPassword_isRefused() throws Exception {
        byte[] locked = zip(Map.of("a.cer", FIRST.der()));
        locked[6] |= 1;

        assertRefused(locked, ReasonCode.MALFORMED_CERTIFICATE, "without a password");
    }

    @Test
    void emptyArchive_isRefused() throws Exception {
        assertRefused(zip(Map.of()), ReasonCode.MALFORMED_CERTIFICATE, "without any");
    }

    @Test
    void signedDataWithoutCertificates_isRefused() throws Exception {
        byte[] none = {0x30, 11, 6, 9, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 13, 1, 7, 2};

        assertRefused(none, ReasonCode.MALFORMED_CERTIFICATE, "PKCS#7");
    }

    /** Any damage is read or refused, and never anything else. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void damagedContainers_areReadOrRefused(long seed) throws Exception {
        Random random = new Random(seed);
        List<byte[]> containers = List.of(
                CertificateFiles.pkcs7(List.of(FIRST, SECOND)),
                zip(Map.of("a.cer", FIRST.der(), "b.p7b", CertificateFiles.pkcs7(List.of(SECOND)))));
        int refused = 0;
        for (int i = 0; i < 600; i++) {
            byte[] damaged = containers.get(i % 2).clone();
            for (int hits = random.nextInt(6); hits >= 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            byte[] given = random.nextInt(4) > 0 ? damaged : Arrays.copyOf(damaged, random.nextInt(damaged.length));
            List<Piece> pieces = read(given);
            assertThat(pieces).as("seed " + seed).isNotEmpty();
            refused += pieces.stream().anyMatch(Piece.Refused.class::isInstance) ? 1 : 0;
        }
        assertThat(refused).as("seed " + seed).isPositive();
    }

    private void assertRefused(byte[] file, ReasonCode code, String words) throws IOException {
        List<Piece> pieces = read(file);

        assertThat(pieces).hasSize(1).first().isInstanceOfSatisfying(Piece.Refused.class, refused -> {
            assertThat(refused.reason().code()).isEqualTo(code);
            assertThat(refused.reason().message()).contains(words).doesNotContain("\n");
        });
    }

    private List<PartnerCertificate> found(byte[] file) throws IOException {
        List<PartnerCertificate> certificates = new ArrayList<>();
        for (Piece piece : read(file)) {
            assertThat(piece).isInstanceOf(Piece.Found.class);
            certificates.addAll(((Piece.Found) piece).certificates());
        }
        return certificates;
    }

    private List<Piece> read(byte[] file) throws IOException {
        return HandedOver.read(Files.write(folder.resolve("handed"), file));
    }

    private static byte[] pem(String label, byte[] der) {
        return ("-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
                        + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
