package no.sertsynk.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients see of a PKCS #12 file that sertsynk has written. */
class Pkcs12ClientsTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeThree() throws Exception {
        file = folder.resolve("dit.p12");
        KeystoreChange change = new KeystoreChange(
                Map.of(
                        "her-1-encryption", TestCertificates.number(1),
                        "her-1-signature", TestCertificates.number(2),
                        "her-2-encryption", TestCertificates.named(3, "CN=Sjúkrahús Ærøskøbing,O=Øst ASA")),
                Set.of());
        Stores.replace(Stores.pkcs12(file), change);
    }

    @Test
    void keytool_listsTrustedCertificates() {
        String list = Command.keytool("-list", "-keystore", file.toString(), "-storepass", Stores.PASSWORD)
                .succeeded();

        assertThat(list).contains("contains 3 entries");
        assertThat(list.split("trustedCertEntry", -1)).hasSize(4);
        assertThat(list).contains("her-1-encryption,", "her-1-signature,", "her-2-encryption,");
    }

    @Test
    void openssl_showsCertificatesAndModernAlgorithms() {
        String info = Command.openssl(
                        "pkcs12", "-info", "-nokeys", "-in", file.toString(), "-passin", "pass:" + Stores.PASSWORD)
                .succeeded();

        assertThat(info).contains("MAC: sha256, Iteration 10000");
        assertThat(info).contains("PBES2, PBKDF2, AES-256-CBC, Iteration 10000, PRF hmacWithSHA256");
        assertThat(info.split("-----BEGIN CERTIFICATE-----", -1)).hasSize(4);
        assertThat(info).contains("friendlyName: her-2-encryption");
    }

    @Test
    void jdk_findsTrustedEntries() throws Exception {
        KeyStore store = Stores.load(file);

        assertThat(store.size()).isEqualTo(3);
        assertThat(store.isCertificateEntry("her-1-signature")).isTrue();
        assertThat(store.getCertificate("her-1-signature"))
                .isEqualTo(TestCertificates.number(2).x509());
    }

    @Test
    void bouncyCastle_findsTrustedEntries() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12", new BouncyCastleProvider());
        store.load(new ByteArrayInputStream(Files.readAllBytes(file)), Stores.PASSWORD.toCharArray());

        assertThat(store.size()).isEqualTo(3);
        assertThat(store.isCertificateEntry("her-2-encryption")).isTrue();
    }

    @Test
    void lastEntryRemoved_leavesKeystoreThatJavaOpens() throws Exception {
        boolean changed = Stores.replace(
                Stores.pkcs12(file),
                new KeystoreChange(Map.of(), Set.of("her-1-encryption", "her-1-signature", "her-2-encryption")));

        assertThat(changed).isTrue();
        assertThat(Stores.load(file).size()).isZero();
        assertThat(Keystores.read(Stores.pkcs12(file)).exists()).isTrue();
    }

    @Test
    void entryReplaced_keepsItsPlace() throws Exception {
        Stores.replace(Stores.pkcs12(file), Stores.put("her-1-encryption", TestCertificates.number(77)));

        KeystoreContents contents = Keystores.read(Stores.pkcs12(file));
        assertThat(contents.certificates()).hasSize(3);
        assertThat(contents.certificates().get("her-1-encryption")).isEqualTo(TestCertificates.number(77));
    }

    @Test
    void passwordBeyondAscii_opensAgain() throws Exception {
        Path other = folder.resolve("other.p12");
        KeystoreSpec spec = Stores.pkcs12(other, "blåbærsyltetøy");
        Stores.replace(spec, Stores.put("her-1-encryption", TestCertificates.number(1)));

        assertThat(Keystores.read(spec).certificates()).containsOnlyKeys("her-1-encryption");
        Command.openssl("pkcs12", "-info", "-nokeys", "-in", other.toString(), "-passin", "pass:blåbærsyltetøy")
                .succeeded();
    }

    @Test
    void sameContent_leavesFileUntouched() throws Exception {
        byte[] before = Files.readAllBytes(file);
        Object inode = Files.readAttributes(file, "unix:ino,ctime");

        boolean changed = Stores.replace(
                Stores.pkcs12(file),
                new KeystoreChange(Map.of("her-1-encryption", TestCertificates.number(1)), Set.of("not-there")));

        assertThat(changed).isFalse();
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(Files.readAttributes(file, "unix:ino,ctime")).isEqualTo(inode);
    }
}
