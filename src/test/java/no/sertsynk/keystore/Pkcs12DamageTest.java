package no.sertsynk.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import no.sertsynk.keystore.KeystoreSpec.KeystoreType;
import no.sertsynk.model.Secret;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.bouncycastle.operator.MacCalculator;
import org.bouncycastle.pkcs.PKCS12PfxPdu;
import org.bouncycastle.pkcs.bc.BcPKCS12MacCalculatorBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PKCS #12 files and passwords that are not what they should be: told apart, and never written over. */
class Pkcs12DamageTest {
    private static final KeystoreChange ADD = Stores.put("her-2-encryption", TestCertificates.number(2));

    @TempDir
    Path folder;

    private Path file;
    private byte[] whole;

    @BeforeEach
    void write() throws Exception {
        file = folder.resolve("dit.p12");
        Stores.replace(Stores.pkcs12(file), Stores.put("her-1-encryption", TestCertificates.number(1)));
        whole = Files.readAllBytes(file);
    }

    @Test
    void wrongPassword_isToldAsSuch() {
        refused(Stores.pkcs12(file, "wrong"), "the password is wrong");
    }

    @Test
    void missingPassword_isAMistake() {
        refused(new KeystoreSpec("dit", file, KeystoreType.PKCS12, Optional.empty()), "needs a password, found none");
        refused(
                new KeystoreSpec("dit", file, KeystoreType.PKCS12, Optional.of(new Secret(new char[0]))),
                "the password is empty");
    }

    @Test
    void passwords_appearInNoMessage() {
        assertThatExceptionOfType(KeystoreException.class)
                .isThrownBy(() -> Keystores.read(Stores.pkcs12(file, "hunter2hunter2")))
                .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain("hunter2"));
    }

    @Test
    void changedContent_isDamageAndNotAWrongPassword() throws Exception {
        byte[] changed = whole.clone();
        changed[whole.length / 2] ^= 1;
        Files.write(file, changed);

        refused(Stores.pkcs12(file), "the password is right, but the file is damaged");
    }

    @Test
    void truncatedFile_isRefusedWhereverItEnds() throws Exception {
        for (int length = 37; length < whole.length; length += 37) {
            Files.write(file, Arrays.copyOf(whole, length));
            refused(Stores.pkcs12(file), "damaged");
        }
    }

    @Test
    void emptyFile_isNotTakenForANewOne() throws Exception {
        Files.write(file, new byte[0]);

        refused(Stores.pkcs12(file), "found an empty file");
    }

    @Test
    void bytesBehindTheEnd_areRefused() throws Exception {
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));

        refused(Stores.pkcs12(file), "damaged");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void garbage_isRefused(long seed) throws Exception {
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            byte[] garbage = whole.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                garbage[random.nextInt(64)] = (byte) random.nextInt(256);
                garbage[random.nextInt(garbage.length)] ^= (byte) (1 + random.nextInt(255));
            }
            Files.write(file, garbage);
            assertThatExceptionOfType(KeystoreException.class)
                    .as("seed %d round %d", seed, round)
                    .isThrownBy(() -> Keystores.read(Stores.pkcs12(file)));
        }
    }

    @Test
    void deeplyNestedFile_isRefused() throws Exception {
        byte[] nested = new byte[400_000];
        for (int i = 0; i < nested.length; i += 2) {
            nested[i] = 0x30;
            nested[i + 1] = (byte) 0x80;
        }
        Files.write(file, nested);

        refused(Stores.pkcs12(file), "damaged");
    }

    @Test
    void fileWithoutMac_isRefused() throws Exception {
        Pfx pfx = Pfx.getInstance(whole);
        Files.write(file, new Pfx(pfx.getAuthSafe(), null).getEncoded());

        refused(Stores.pkcs12(file), "without a MAC");
    }

    @Test
    void anotherFormat_isRefused() throws Exception {
        Files.writeString(file, "-----BEGIN CERTIFICATE-----\n");

        refused(Stores.pkcs12(file), "expected a PKCS12 keystore, found a file of the format PEM");
    }

    @Test
    void contentUnderASecondPassword_isRefused() throws Exception {
        ContentInfo[] inner = new PKCS12PfxPdu(whole).getContentInfos();
        byte[] content = new DERSequence(inner).getEncoded();
        Files.write(file, signedAnew(content, "outer"));

        refused(Stores.pkcs12(file, "outer"), "does not open all of its content");
    }

    /** The same content under another password's MAC, as openssl makes it with two passwords. */
    private static byte[] signedAnew(byte[] content, String password) throws Exception {
        MacCalculator calculator = new BcPKCS12MacCalculatorBuilder().build(password.toCharArray());
        try (OutputStream out = calculator.getOutputStream()) {
            out.write(content);
        }
        PKCS12PBEParams parameters =
                PKCS12PBEParams.getInstance(calculator.getAlgorithmIdentifier().getParameters());
        AlgorithmIdentifier sha1 = new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1, DERNull.INSTANCE);
        MacData mac = new MacData(
                new DigestInfo(sha1, calculator.getMac()),
                parameters.getIV(),
                parameters.getIterations().intValueExact());
        return new Pfx(new ContentInfo(PKCSObjectIdentifiers.data, new DEROctetString(content)), mac).getEncoded();
    }

    @Test
    void tooLargeFile_isRefusedUnread() throws Exception {
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(64L * 1024 * 1024 + 1);
        }

        assertThatExceptionOfType(KeystoreException.class)
                .isThrownBy(() -> Keystores.read(Stores.pkcs12(file)))
                .withMessageContaining("at most 67108864 bytes");
    }

    private void refused(KeystoreSpec spec, String finding) {
        assertThatExceptionOfType(KeystoreException.class)
                .isThrownBy(() -> Keystores.read(spec))
                .withMessageContaining(finding);
        assertThatExceptionOfType(KeystoreException.class)
                .isThrownBy(() -> Stores.replace(spec, ADD))
                .withMessageContaining(finding);
        assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".tmp"));
    }
}
