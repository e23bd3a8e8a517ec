package no.sertsynk.keystore;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import no.sertsynk.keystore.KeystoreSpec.KeystoreType;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Secret;

/** Keystores as sertsynk opens them, and as the JDK does. */
final class Stores {
    static final String PASSWORD = "p4ssword";

    private Stores() {}

    static KeystoreSpec pkcs12(Path path) {
        return pkcs12(path, PASSWORD);
    }

    static KeystoreSpec pkcs12(Path path, String password) {
        return new KeystoreSpec("dit", path, KeystoreType.PKCS12, Optional.of(new Secret(password.toCharArray())));
    }

    static KeystoreSpec pem(Path path) {
        return new KeystoreSpec("dit", path, KeystoreType.PEM, Optional.empty());
    }

    /** A keystore of any type. */
    static KeystoreSpec of(KeystoreType type, Path path) {
        return new KeystoreSpec(
                "dit",
                path,
                type,
                type.needsPassword() ? Optional.of(new Secret(PASSWORD.toCharArray())) : Optional.empty());
    }

    static KeystoreSpec legacy(Path path) {
        KeystoreSpec spec = pkcs12(path);
        return new KeystoreSpec(
                spec.name(), path, spec.type(), spec.password(), KeystoreSpec.Profile.LEGACY, Optional.empty());
    }

    static KeystoreSpec keeping(KeystoreSpec spec, Path folder, int kept) {
        return new KeystoreSpec(
                spec.name(),
                spec.path(),
                spec.type(),
                spec.password(),
                spec.profile(),
                Optional.of(new KeystoreSpec.GenerationPolicy(folder, kept)));
    }

    static KeystoreChange put(String alias, PartnerCertificate certificate) {
        return new KeystoreChange(Map.of(alias, certificate), Set.of());
    }

    static KeystoreChange remove(String alias) {
        return new KeystoreChange(Map.of(), Set.of(alias));
    }

    static boolean replace(KeystoreSpec spec, KeystoreChange change) throws KeystoreException {
        try (Keystore keystore = Keystores.open(spec)) {
            return keystore.replace(change);
        }
    }

    static KeyStore load(Path path) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(path)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    static boolean replace(KeystoreSpec spec, KeystoreChange change, int generation) throws KeystoreException {
        try (Keystore keystore = Keystores.open(spec)) {
            return keystore.replace(change, generation);
        }
    }

    /** A store of another program's, of a type that the provider knows. */
    static KeyStore load(String type, Provider provider, Path path) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(type, provider);
        try (InputStream in = Files.newInputStream(path)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    /** What the JDK shows. */
    static List<String> aliases(Path path) throws IOException {
        try {
            return Collections.list(load(path).aliases());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    static void store(KeyStore store, Path path) throws GeneralSecurityException, IOException {
        try (OutputStream out = Files.newOutputStream(path)) {
            store.store(out, PASSWORD.toCharArray());
        }
    }

    interface StoreChange {
        void apply(KeyStore store) throws GeneralSecurityException;
    }

    /** A change by another program. */
    static void change(Path path, StoreChange change) throws IOException {
        try {
            KeyStore store = load(path);
            change.apply(store);
            store(store, path);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A private key with a chain of two. */
    static void addKey(KeyStore store, String alias, String keyPassword) throws GeneralSecurityException {
        Certificate[] chain = {
            TestCertificates.x509(900, "CN=Own system"), TestCertificates.x509(901, "CN=Test authority")
        };
        store.setKeyEntry(alias, TestCertificates.KEYS.getPrivate(), keyPassword.toCharArray(), chain);
    }

    /** The names in a folder, sorted. */
    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
