package no.sertsynk.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import no.sertsynk.keystore.KeystoreSpec.KeystoreType;
import no.sertsynk.model.PartnerCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of PEM files: found by OpenSSL, read by everybody, and everything of others' in place. */
class PemDirectoryTest {
    private static final String SAME = "CN=Sjúkrahús Ærøskøbing,O=Øst  ASA";

    @TempDir
    Path around;

    private Path folder;
    private KeystoreSpec spec;

    @BeforeEach
    void name() {
        folder = around.resolve("dit");
        spec = Stores.of(KeystoreType.PEM_DIRECTORY, folder);
    }

    @Test
    void eachCertificate_isAFileThatJavaReads() throws Exception {
        Stores.replace(spec, Stores.put("her-1-encryption", TestCertificates.number(1)));

        try (var in = Files.newInputStream(folder.resolve("her-1-encryption.pem"))) {
            assertThat(CertificateFactory.getInstance("X.509").generateCertificate(in))
                    .isEqualTo(TestCertificates.number(1).x509());
        }
        assertThat(permissions(folder)).isEqualTo("rwxr-x---");
        assertThat(permissions(folder.resolve("her-1-encryption.pem"))).isEqualTo("rw-r-----");
        assertThat(Stores.names(around)).containsExactly("dit", "dit.lock");
    }

    @Test
    void openssl_findsEveryCertificateBeforeAndAfterAChange() throws Exception {
        Map<String, PartnerCertificate> all = new HashMap<>();
        for (int i = 1; i <= 3; i++) {
            all.put("her-" + i + "-encryption", TestCertificates.named(i, SAME));
            all.put("her-" + i + "-signature", TestCertificates.number(10 + i));
        }
        Stores.replace(spec, new KeystoreChange(all, Set.of()));
        assertThat(hashedNames()).hasSize(6);
        all.values().forEach(this::found);

        Stores.replace(spec, Stores.remove("her-1-encryption"));

        assertThat(hashedNames()).hasSize(5);
        notFound(Objects.requireNonNull(all.remove("her-1-encryption")));
        all.values().forEach(this::found);
    }

    @Test
    void opensslsOwnRehash_changesNothing() throws Exception {
        Stores.replace(
                spec,
                new KeystoreChange(
                        Map.of(
                                "her-1-encryption", TestCertificates.named(1, SAME),
                                "her-2-encryption", TestCertificates.number(2)),
                        Set.of()));
        List<String> before = Stores.names(folder);

        Command.openssl("rehash", folder.toString()).succeeded();

        assertThat(Stores.names(folder)).isEqualTo(before);
        assertThat(Keystores.read(spec).rewriteDue()).isFalse();
    }

    @Test
    void promotion_keepsBothFound() throws Exception {
        PartnerCertificate old = TestCertificates.named(1, SAME);
        PartnerCertificate renewed = TestCertificates.named(2, SAME);
        PartnerCertificate moved = TestCertificates.named(3, "CN=Another name");
        Stores.replace(spec, Stores.put("her-1-encryption", old));
        Stores.replace(
                spec, new KeystoreChange(Map.of("her-1-encryption", renewed, "her-1-encryption-1", old), Set.of()));
        found(old);
        found(renewed);

        Stores.replace(
                spec,
                new KeystoreChange(
                        Map.of("her-1-encryption", moved, "her-1-encryption-2", renewed),
                        Set.of("her-1-encryption-1")));

        notFound(old);
        found(renewed);
        found(moved);
        assertThat(hashedNames()).hasSize(2);
    }

    @Test
    void filesAndLinksOfOthers_stayUntouched() throws Exception {
        PartnerCertificate foreign = TestCertificates.named(77, SAME);
        Files.createDirectory(folder);
        Stores.replace(Stores.of(KeystoreType.PEM_DIRECTORY, folder), Stores.put("x", foreign));
        String hash = hashedNames().getFirst();
        String text = Files.readString(folder.resolve("x.pem")).replace("# sertsynk: x\n", "");
        Stores.replace(spec, Stores.remove("x"));
        Files.writeString(folder.resolve("Foreign.pem"), text);
        Files.createSymbolicLink(folder.resolve(hash), Path.of("Foreign.pem"));
        Files.writeString(folder.resolve("notes.txt"), "by hand");
        Files.createSymbolicLink(folder.resolve("elsewhere"), Path.of("nowhere"));
        Files.createDirectory(folder.resolve("sub.pem"));

        Stores.replace(spec, Stores.put("her-1-encryption", TestCertificates.named(1, SAME)));
        Stores.replace(spec, Stores.put("her-2-encryption", TestCertificates.named(2, SAME)));
        Stores.replace(spec, Stores.remove("her-1-encryption"));

        assertThat(Files.readString(folder.resolve("Foreign.pem"))).isEqualTo(text);
        assertThat(Files.readSymbolicLink(folder.resolve(hash))).isEqualTo(Path.of("Foreign.pem"));
        assertThat(Stores.names(folder)).contains("notes.txt", "elsewhere", "sub.pem");
        assertThat(hashedNames()).containsExactly(hash, hash.replace(".0", ".1"));
        found(foreign);
        found(TestCertificates.named(2, SAME));
        assertThat(Keystores.read(spec).certificates()).containsOnlyKeys("her-2-encryption");
    }

    @Test
    void foreignLinkThatGoes_leavesNoGapAfterTheNextRun() throws Exception {
        PartnerCertificate ours = TestCertificates.named(1, SAME);
        Stores.replace(spec, Stores.put("her-1-encryption", ours));
        Path first = folder.resolve(hashedNames().getFirst());
        Path second = Path.of(first.toString().replace(".0", ".1"));
        Files.move(first, second, StandardCopyOption.ATOMIC_MOVE);
        notFound(ours);

        assertThat(Keystores.read(spec).rewriteDue()).isTrue();
        assertThat(Stores.replace(spec, new KeystoreChange(Map.of(), Set.of()))).isTrue();

        found(ours);
        assertThat(Files.exists(second, LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    @Test
    void foreignFileUnderOurName_isAConflict() throws Exception {
        Files.createDirectory(folder);
        Path file = folder.resolve("her-1-encryption.pem");
        for (String text :
                List.of("-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n", "", "# sertsynk: x")) {
            Files.writeString(file, text);
            assertThatExceptionOfType(KeystoreException.class)
                    .isThrownBy(() -> Stores.replace(spec, Stores.put("her-1-encryption", TestCertificates.number(1))))
                    .withMessageContaining("her-1-encryption is taken");
            assertThat(file).hasContent(text);
        }
        Stores.replace(spec, Stores.put("her-2-encryption", TestCertificates.number(1)));
        assertThat(Keystores.read(spec).certificates()).containsOnlyKeys("her-2-encryption");
    }

    @Test
    void keyAppendedToOurFile_isNotLost() throws Exception {
        Stores.replace(spec, Stores.put("her-1-encryption", TestCertificates.number(1)));
        Path file = folder.resolve("her-1-encryption.pem");
        String text = Files.readString(file) + "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n";
        Files.writeString(file, text);

        for (KeystoreChange change : List.of(
                Stores.put("her-1-encryption", TestCertificates.number(2)), Stores.remove("her-1-encryption"))) {
            assertThatExceptionOfType(KeystoreException.class).isThrownBy(() -> Stores.replace(spec, change));
        }
        assertThat(file).hasContent(text);
    }

    @Test
    void aliasThatIsNoFileName_isRefused() {
        for (String alias : List.of("../her-1", "her/1", ".her-1", "x".repeat(201))) {
            assertThatExceptionOfType(KeystoreException.class)
                    .isThrownBy(() -> Stores.replace(spec, Stores.put(alias, TestCertificates.number(1))))
                    .withMessageContaining("alias template");
        }
        assertThat(around.resolve("her-1.pem")).doesNotExist();
    }

    @Test
    void ownerAndModeOfFiles_survive() throws Exception {
        Stores.replace(spec, Stores.put("her-1-encryption", TestCertificates.number(1)));
        Path file = folder.resolve("her-1-encryption.pem");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        Stores.replace(spec, Stores.put("her-1-encryption", TestCertificates.number(2)));

        assertThat(permissions(file)).isEqualTo("rw-r--r--");
    }

    @Test
    void linkToTheFolder_isFollowedAndStays() throws Exception {
        Files.createDirectory(folder);
        Path link = Files.createSymbolicLink(around.resolve("link"), Path.of("dit"));
        Stores.replace(
                Stores.of(KeystoreType.PEM_DIRECTORY, link),
                Stores.put("her-1-encryption", TestCertificates.number(1)));

        assertThat(link).isSymbolicLink();
        assertThat(Keystores.read(spec).certificates()).hasSize(1);
    }

    @Test
    void folderInAMissingFolder_isToldAsSuch() {
        KeystoreSpec missing = Stores.of(KeystoreType.PEM_DIRECTORY, around.resolve("missing/dit"));
        assertThatExceptionOfType(KeystoreException.class)
                .isThrownBy(() -> Stores.replace(missing, Stores.put("a", TestCertificates.number(1))))
                .withMessageContaining("missing does not exist: create it");
    }

    private void found(PartnerCertificate certificate) {
        assertThat(verify(certificate)).contains(": OK");
    }

    private void notFound(PartnerCertificate certificate) {
        assertThat(verify(certificate)).doesNotContain(": OK");
    }

    private String verify(PartnerCertificate certificate) {
        try {
            Path file = Files.createTempFile(around.getParent(), "sertsynk-test", ".der");
            Files.write(file, certificate.der());
            Command verified = Command.openssl(
                    "verify",
                    "-partial_chain",
                    "-no-CAfile",
                    "-no-CAstore",
                    "-CApath",
                    folder.toString(),
                    "-attime",
                    "1780000000",
                    file.toString());
            Files.delete(file);
            return verified.output();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> hashedNames() throws IOException {
        return Stores.names(folder).stream()
                .filter(name -> name.matches("[0-9a-f]{8}\\.\\d+"))
                .toList();
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
