package no.sertsynk.validation.revocation;

import static no.sertsynk.validation.revocation.RevocationPki.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import no.sertsynk.SharedData;
import no.sertsynk.validation.fetch.Fetcher.Version;
import no.sertsynk.validation.revocation.KnownList.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The compact form of lists against the JDK's reading of the same bytes. */
class CrlReaderTest {
    private static final Origin ORIGIN = new Origin(
            "http://lists.test/a", new Version(Optional.of("\"e\""), Optional.empty()), Optional.of(NOW), true);

    private static X509CRL jdk(byte[] der) throws Exception {
        return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void randomLists_saySerialBySerialWhatTheJdkSays(long seed) throws Exception {
        Random random = new Random(seed);
        Map<BigInteger, Integer> entries = new HashMap<>();
        for (int i = random.nextInt(300); i > 0; i--) {
            entries.put(new BigInteger(1 + random.nextInt(159), random), random.nextInt(7));
        }
        byte[] der = new RevocationPki("CN=Authority").list(seed, NOW, entries);
        X509CRL expected = jdk(der);

        CrlReader.Content content = CrlReader.read(der);

        assertThat(content.header().plain()).isTrue();
        assertThat(content.entries().size()).as("seed " + seed).isEqualTo(entries.size());
        for (BigInteger serial : entries.keySet()) {
            for (BigInteger asked : new BigInteger[] {serial, serial.add(BigInteger.ONE), serial.negate()}) {
                X509CRLEntry jdks = expected.getRevokedCertificate(asked);
                Optional<CrlEntries.Entry> ours = content.entries().find(asked);
                assertThat(ours.isPresent())
                        .as("seed " + seed + ", serial " + asked)
                        .isEqualTo(jdks != null);
                if (jdks != null) {
                    assertThat(ours.orElseThrow().revokedAt())
                            .isEqualTo(jdks.getRevocationDate().toInstant());
                }
            }
        }
    }

    @Test
    void realLists_saySerialBySerialWhatTheJdkSays() throws Exception {
        try (Stream<Path> files = Files.walk(SharedData.path("certificates/crl"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".crl")).toList()) {
                byte[] der = Files.readAllBytes(file);
                CrlReader.Content content = CrlReader.read(der);
                X509CRL expected = jdk(der);
                int size = expected.getRevokedCertificates() == null
                        ? 0
                        : expected.getRevokedCertificates().size();
                assertThat(content.header().plain()).as(file.toString()).isTrue();
                assertThat(content.entries().size()).isEqualTo(size);
                if (size > 0) {
                    assertThat(expected.getRevokedCertificates())
                            .allSatisfy(entry -> assertThat(content.entries().find(entry.getSerialNumber()))
                                    .map(CrlEntries.Entry::revokedAt)
                                    .contains(entry.getRevocationDate().toInstant()));
                }
            }
        }
    }

    @Test
    void index_bringsEverythingBack() throws Exception {
        RevocationPki pki = new RevocationPki("CN=Authority");
        byte[] der = pki.list(5, NOW, Map.of(BigInteger.TEN, RevocationPki.ON_HOLD));
        KnownList list = KnownList.of(der, ORIGIN).signedBy(pki.key.getPublic());

        KnownList back = CrlIndex.decode(CrlIndex.encode(list), () -> der);

        assertThat(back.header()).isEqualTo(list.header());
        assertThat(back.origin()).isEqualTo(list.origin());
        assertThat(back.signer()).isEqualTo(list.signer());
        assertThat(back.entries().find(BigInteger.TEN)).isEqualTo(list.entries().find(BigInteger.TEN));
    }

    @Test
    void indexWithAnyByteChangedOrCutOff_isRefused() throws Exception {
        byte[] der = new RevocationPki("CN=Authority").list(5, NOW, Map.of());
        byte[] index = CrlIndex.encode(KnownList.of(der, ORIGIN));
        for (int i = 0; i < index.length; i++) {
            byte[] changed = index.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> CrlIndex.decode(changed, () -> der)).isInstanceOf(IOException.class);
            byte[] cut = Arrays.copyOf(index, i);
            assertThatThrownBy(() -> CrlIndex.decode(cut, () -> der)).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void damagedLists_failInOneWay(long seed) throws Exception {
        Random random = new Random(seed);
        byte[] der = new RevocationPki("CN=Authority")
                .list(5, NOW, Map.of(BigInteger.TEN, 1, BigInteger.TWO, RevocationPki.ON_HOLD));
        for (int i = 0; i < 2000; i++) {
            byte[] changed = random.nextBoolean() ? der.clone() : Arrays.copyOf(der, random.nextInt(der.length));
            for (int k = random.nextInt(4); k >= 0 && changed.length > 0; k--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(CrlReader.read(changed).entries()).isNotNull();
            } catch (IOException e) {
                assertThat(e.getMessage()).as("seed " + seed + ", round " + i).isNotBlank();
            }
        }
    }

    @Test
    void listWithSomethingBehindIt_isRefused() throws Exception {
        byte[] der = new RevocationPki("CN=Authority").list(5, NOW, Map.of());

        assertThatThrownBy(() -> CrlReader.read(Arrays.copyOf(der, der.length + 1)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void listBeyondTheBytesAllowed_isRefused() {
        assertThatThrownBy(() -> CrlReader.read(new byte[CrlReader.MAX_BYTES + 1]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than the");
    }

    @Test
    void serialTooLongToKeep_isLeftToTheFullProcessing() throws Exception {
        BigInteger huge = BigInteger.ONE.shiftLeft(8 * CrlEntries.MAX_SERIAL_BYTES);
        byte[] der = new RevocationPki("CN=Authority").list(5, NOW, Map.of(huge, 1));

        assertThat(CrlReader.read(der).header().plain()).isFalse();
    }
}
