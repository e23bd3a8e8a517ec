package no.sertsynk.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Provider;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import no.sertsynk.keystore.KeystoreSpec.KeystoreType;
import org.bouncycastle.crypto.util.PBKDFConfig;
import org.bouncycastle.crypto.util.ScryptConfig;
import org.bouncycastle.jcajce.BCFKSLoadStoreParameter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** BCFKS files: what clients see, and that others' entries stay. */
class BcfksKeystoreTest {
    private static final Provider PROVIDER = new BouncyCastleProvider();
    private static final KeystoreChange ADD = Stores.put("her-1-encryption", TestCertificates.number(1));

    @TempDir
    Path folder;

    private Path file;
    private KeystoreSpec spec;

    @BeforeEach
    void name() {
        file = folder.resolve("dit.bcfks");
        spec = Stores.of(KeystoreType.BCFKS, file);
    }

    @Test
    void bouncyCastle_findsTrustedEntries() throws Exception {
        Stores.replace(spec, ADD);

        KeyStore store = Stores.load("BCFKS", PROVIDER, file);
        assertThat(store.size()).isEqualTo(1);
        assertThat(store.isCertificateEntry("her-1-encryption")).isTrue();
        assertThat(store.getCertificate("her-1-encryption"))
                .isEqualTo(TestCertificates.number(1).x509());
    }

    @Test
    void keytool_listsTrustedCertificatesWithTheProvider() throws Exception {
        Stores.replace(spec, ADD);

        String jar = Path.of(BouncyCastleProvider.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        assertThat(Command.keytool(
                                "-list",
                                "-storetype",
                                "BCFKS",
                                "-keystore",
                                file.toString(),
                                "-storepass",
                                Stores.PASSWORD,
                                "-providerpath",
                                jar,
                                "-providerclass",
                                BouncyCastleProvider.class.getName())
                        .succeeded())
                .contains(
                        "Keystore type: BCFKS", "contains 1 entry", "her-1-encryption, Jan 1, 2026, trustedCertEntry");
    }

    @Test
    void keys_surviveWithTheirOwnPasswords() throws Exception {
        KeyStore before = empty();
        Stores.addKey(before, "own", "another password");
        before.setKeyEntry("secret", new SecretKeySpec(new byte[16], "AES"), "third".toCharArray(), null);
        before.setCertificateEntry("Foreign CA", TestCertificates.x509(5, "CN=Foreign CA"));
        Files.write(file, stored(before));

        Stores.replace(spec, ADD);
        Stores.replace(spec, Stores.put("her-1-encryption", TestCertificates.number(2)));
        Stores.replace(spec, Stores.remove("her-1-encryption"));
        Stores.replace(spec, ADD);

        KeyStore after = Stores.load("BCFKS", PROVIDER, file);
        assertThat(after.size()).isEqualTo(4);
        char[] password = "another password".toCharArray();
        assertThat(after.getKey("own", password)).isEqualTo(before.getKey("own", password));
        assertThat(after.getKey("secret", "third".toCharArray()).getEncoded()).isEqualTo(new byte[16]);
        assertThat(after.getCertificateChain("own")).isEqualTo(before.getCertificateChain("own"));
        assertThat(after.getCertificate("Foreign CA")).isEqualTo(before.getCertificate("Foreign CA"));
        assertThat(Keystores.read(spec).keyAliases()).containsExactlyInAnyOrder("own", "secret");
    }

    @Test
    void namesThatDifferInCaseAlone_areToldSinceOtherFormatsCannotHoldThem() throws Exception {
        KeyStore before = empty();
        before.setCertificateEntry("HER-1-Encryption", TestCertificates.x509(5, "CN=Foreign CA"));
        Files.write(file, stored(before));

        assertThatExceptionOfType(KeystoreException.class)
                .isThrownBy(() -> Stores.replace(spec, ADD))
                .withMessageContaining("cannot tell apart");
    }

    @Test
    void privateKeyUnderOurAlias_isAConflict() throws Exception {
        KeyStore before = empty();
        Stores.addKey(before, "her-1-encryption", Stores.PASSWORD);
        Files.write(file, stored(before));

        assertThatExceptionOfType(KeystoreException.class)
                .isThrownBy(() -> Stores.replace(spec, ADD))
                .withMessageContaining("private key");
    }

    /** Written anew with the usual ones it might be less protected than its owner wants. */
    @Test
    void otherAlgorithms_areRefusedAndStay() throws Exception {
        PBKDFConfig scrypt =
                new ScryptConfig.Builder(1024, 8, 1).withSaltLength(20).build();
        Set<BCFKSLoadStoreParameter.Builder> others = Set.of(
                builder().withStorePBKDFConfig(scrypt),
                builder().withStoreEncryptionAlgorithm(BCFKSLoadStoreParameter.EncryptionAlgorithm.AES256_KWP),
                builder().withStoreMacAlgorithm(BCFKSLoadStoreParameter.MacAlgorithm.HmacSHA3_512));
        for (BCFKSLoadStoreParameter.Builder other : others) {
            KeyStore store = empty();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            BCFKSLoadStoreParameter parameters = other.build();
            store.load(parameters);
            store.setCertificateEntry("foreign", TestCertificates.x509(5, "CN=Foreign CA"));
            store.store(copy(parameters, out));
            Files.write(file, out.toByteArray());

            assertThatExceptionOfType(KeystoreException.class)
                    .isThrownBy(() -> Stores.replace(spec, ADD))
                    .withMessageContaining("usual algorithms");
            assertThat(file).hasBinaryContent(out.toByteArray());
        }
    }

    private static BCFKSLoadStoreParameter.Builder builder() {
        return new BCFKSLoadStoreParameter.Builder();
    }

    private static BCFKSLoadStoreParameter copy(BCFKSLoadStoreParameter from, ByteArrayOutputStream out) {
        return new BCFKSLoadStoreParameter.Builder(out, Stores.PASSWORD.toCharArray())
                .withStorePBKDFConfig(from.getStorePBKDFConfig())
                .withStoreEncryptionAlgorithm(from.getStoreEncryptionAlgorithm())
                .withStoreMacAlgorithm(from.getStoreMacAlgorithm())
                .build();
    }

    private static KeyStore empty() throws Exception {
        KeyStore store = KeyStore.getInstance("BCFKS", PROVIDER);
        store.load(null, null);
        return store;
    }

    private static byte[] stored(KeyStore store) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        store.store(out, Stores.PASSWORD.toCharArray());
        return out.toByteArray();
    }
}
