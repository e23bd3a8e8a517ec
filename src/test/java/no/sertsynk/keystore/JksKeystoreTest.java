package no.sertsynk.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.Set;
import no.sertsynk.keystore.KeystoreSpec.KeystoreType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JKS files: what clients see, and that others' entries stay. */
class JksKeystoreTest {
    private static final KeystoreChange ADD = Stores.put("her-1-encryption", TestCertificates.number(1));

    @TempDir
    Path folder;

    private Path file;
    private KeystoreSpec spec;

    @BeforeEach
    void name() {
        file = folder.resolve("dit.jks");
        spec = Stores.of(KeystoreType.JKS, file);
    }

    @Test
    void keytool_listsTrustedCertificates() throws Exception {
        Stores.replace(spec, ADD);

        assertThat(Command.keytool(
                                "-list",
                                "-storetype",
                                "JKS",
                                "-keystore",
                                file.toString(),
                                "-storepass",
                                Stores.PASSWORD)
                        .succeeded())
                .contains("Keystore type: JKS", "contains 1 entry", "her-1-encryption, Jan 1, 2026, trustedCertEntry");
    }

    @Test
    void jdk_opensItAsJksAndAsDefault() throws Exception {
        Stores.replace(spec, ADD);

        for (String type : Set.of("JKS", "PKCS12")) {
            KeyStore store = KeyStore.getInstance(type);
            try (var in = Files.newInputStream(file)) {
                store.load(in, Stores.PASSWORD.toCharArray());
            }
            assertThat(store.isCertificateEntry("her-1-encryption")).isTrue();
            assertThat(store.getCertificate("her-1-encryption"))
                    .isEqualTo(TestCertificates.number(1).x509());
        }
    }

    @Test
    void privateKeys_surviveWithTheirOwnPasswordsAndDates() throws Exception {
        KeyStore before = KeyStore.getInstance("JKS");
        before.load(null, null);
        Stores.addKey(before, "own", "another password");
        before.setCertificateEntry("Foreign CA", TestCertificates.x509(5, "CN=Foreign CA"));
        store(before);

        Stores.replace(spec, ADD);
        Stores.replace(spec, Stores.put("her-1-encryption", TestCertificates.number(2)));
        Stores.replace(spec, Stores.remove("her-1-encryption"));
        Stores.replace(spec, ADD);

        KeyStore after = load();
        assertThat(after.size()).isEqualTo(3);
        char[] password = "another password".toCharArray();
        assertThat(after.getKey("own", password)).isEqualTo(before.getKey("own", password));
        assertThat(after.getCertificateChain("own")).isEqualTo(before.getCertificateChain("own"));
        assertThat(after.getCreationDate("own")).isEqualTo(before.getCreationDate("own"));
        assertThat(after.getCertificate("foreign ca")).isEqualTo(before.getCertificate("foreign ca"));
        assertThat(Keystores.read(spec).keyAliases()).containsExactly("own");
    }

    @Test
    void keytoolsOwnFile_isChangedAndChangedBack() throws Exception {
        Command.keytool(
                        "-genkeypair",
                        "-alias",
                        "own",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=Own",
                        "-storetype",
                        "JKS",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        Stores.PASSWORD,
                        "-keypass",
                        "another password")
                .succeeded();
        byte[] before = Files.readAllBytes(file);

        Stores.replace(spec, ADD);
        assertThat(load().size()).isEqualTo(2);
        Stores.replace(spec, Stores.remove("her-1-encryption"));

        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void privateKeyUnderOurAlias_isAConflict() throws Exception {
        KeyStore before = KeyStore.getInstance("JKS");
        before.load(null, null);
        Stores.addKey(before, "her-1-encryption", Stores.PASSWORD);
        store(before);

        assertThatExceptionOfType(KeystoreException.class)
                .isThrownBy(() -> Stores.replace(spec, ADD))
                .withMessageContaining("private key");
        assertThat(load().isKeyEntry("her-1-encryption")).isTrue();
    }

    @Test
    void lastEntryRemoved_leavesKeystoreThatJavaOpens() throws Exception {
        Stores.replace(spec, ADD);
        Stores.replace(spec, new KeystoreChange(Map.of(), Set.of("her-1-encryption")));

        assertThat(load().size()).isZero();
    }

    private KeyStore load() throws Exception {
        KeyStore store = KeyStore.getInstance("JKS");
        try (var in = Files.newInputStream(file)) {
            store.load(in, Stores.PASSWORD.toCharArray());
        }
        return store;
    }

    private void store(KeyStore store) throws Exception {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, Stores.PASSWORD.toCharArray());
        }
    }
}
