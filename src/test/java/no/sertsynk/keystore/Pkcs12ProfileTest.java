package no.sertsynk.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two sets of algorithms, and the way from one to the other. */
class Pkcs12ProfileTest {
    private static final KeystoreChange ADD = Stores.put("her-1-encryption", TestCertificates.number(1));
    private static final KeystoreChange NOTHING = new KeystoreChange(Map.of(), Set.of());

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("dit.p12");
    }

    @Test
    void legacy_isReadByOldClients() throws Exception {
        Stores.replace(Stores.legacy(file), ADD);

        assertThat(opensslInfo())
                .contains("MAC: sha1, Iteration 10000", "pbeWithSHA1And3-KeyTripleDES-CBC", "BEGIN CERTIFICATE")
                .doesNotContain("PBES2");
        assertThat(Command.keytool(
                                "-J-Dkeystore.pkcs12.legacy",
                                "-list",
                                "-keystore",
                                file.toString(),
                                "-storepass",
                                Stores.PASSWORD)
                        .succeeded())
                .contains("her-1-encryption,", "trustedCertEntry");
        assertThat(Stores.aliases(file)).containsExactly("her-1-encryption");
        assertThat(Stores.load("PKCS12", new BouncyCastleProvider(), file).isCertificateEntry("her-1-encryption"))
                .isTrue();
    }

    @Test
    void legacyPasswordBeyondAscii_opensAgain() throws Exception {
        KeystoreSpec plain = Stores.pkcs12(file, "blåbærsyltetøy");
        KeystoreSpec spec = new KeystoreSpec(
                "dit", file, plain.type(), plain.password(), KeystoreSpec.Profile.LEGACY, plain.generations());
        Stores.replace(spec, ADD);

        assertThat(Keystores.read(spec).certificates()).hasSize(1);
        assertThat(Command.openssl("pkcs12", "-nokeys", "-in", file.toString(), "-passin", "pass:blåbærsyltetøy")
                        .succeeded())
                .contains("BEGIN CERTIFICATE");
    }

    @Test
    void otherProfile_isRewrittenAtOnceAndOnce() throws Exception {
        KeyStore store = Stores.empty();
        Stores.addKey(store, "own", "another password");
        Stores.store(store, file);
        Stores.replace(Stores.pkcs12(file), ADD);

        assertThat(Keystores.read(Stores.pkcs12(file)).rewriteDue()).isFalse();
        assertThat(Keystores.read(Stores.legacy(file)).rewriteDue()).isTrue();
        assertThat(Stores.replace(Stores.legacy(file), NOTHING)).isTrue();
        assertThat(Stores.replace(Stores.legacy(file), NOTHING)).isFalse();
        assertThat(opensslInfo()).contains("MAC: sha1", "pbeWithSHA1And3-KeyTripleDES-CBC");

        assertThat(Keystores.read(Stores.pkcs12(file)).rewriteDue()).isTrue();
        assertThat(Stores.replace(Stores.pkcs12(file), NOTHING)).isTrue();
        assertThat(Stores.replace(Stores.pkcs12(file), NOTHING)).isFalse();
        assertThat(opensslInfo()).contains("MAC: sha256", "PBES2").doesNotContain("TripleDES");
        char[] password = "another password".toCharArray();
        assertThat(Stores.load(file).getKey("own", password)).isEqualTo(store.getKey("own", password));
        assertThat(Stores.load(file).getCertificateChain("own")).hasSize(2);
    }

    @Test
    void oldJavasFile_isDueInTheModernProfileAlone() throws Exception {
        Command.keytool(
                        "-J-Dkeystore.pkcs12.legacy",
                        "-genkeypair",
                        "-alias",
                        "own",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=Own",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        Stores.PASSWORD)
                .succeeded();

        assertThat(Keystores.read(Stores.legacy(file)).rewriteDue()).isFalse();
        assertThat(Keystores.read(Stores.pkcs12(file)).rewriteDue()).isTrue();
    }

    @Test
    void stamp_tellsOfTheProfile() throws Exception {
        Stores.replace(Stores.pkcs12(file), ADD);

        assertThat(Keystores.stamp(Stores.pkcs12(file))).isNotEqualTo(Keystores.stamp(Stores.legacy(file)));
        byte[] content = Files.readAllBytes(file);
        FileStamp stamp = Keystores.stamp(Stores.pkcs12(file));
        Files.write(file, content);
        assertThat(Keystores.stamp(Stores.pkcs12(file))).isNotEqualTo(stamp);
    }

    private String opensslInfo() {
        return Command.openssl(
                        "pkcs12",
                        "-legacy",
                        "-info",
                        "-nokeys",
                        "-in",
                        file.toString(),
                        "-passin",
                        "pass:" + Stores.PASSWORD)
                .succeeded();
    }
}
