package no.sertsynk.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.keystore.KeystoreSpec.KeystoreType;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds of every format. */
class KeystoreFormatsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void changes_areReadBack(KeystoreType type) throws Exception {
        KeystoreSpec spec = spec(type);

        assertThat(Keystores.read(spec)).isEqualTo(new KeystoreContents(false, Map.of(), Set.of()));
        assertThat(Stores.replace(
                        spec,
                        new KeystoreChange(
                                Map.of(
                                        "her-1-encryption", TestCertificates.number(1),
                                        "her-2-encryption", TestCertificates.number(2),
                                        "her-3-encryption", TestCertificates.number(3)),
                                Set.of())))
                .isTrue();
        assertThat(Stores.replace(
                        spec,
                        new KeystoreChange(
                                Map.of("her-1-encryption", TestCertificates.number(4)), Set.of("her-2-encryption"))))
                .isTrue();

        KeystoreContents contents = Keystores.read(spec);
        assertThat(contents.exists()).isTrue();
        assertThat(contents.rewriteDue()).isFalse();
        assertThat(contents.certificates())
                .isEqualTo(Map.of(
                        "her-1-encryption", TestCertificates.number(4),
                        "her-3-encryption", TestCertificates.number(3)));
    }

    @ParameterizedTest
    @EnumSource
    void manyCertificates_areReadBack(KeystoreType type) throws Exception {
        Map<String, PartnerCertificate> many = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            many.put("her-" + i + "-encryption", TestCertificates.number(i + 1));
        }
        KeystoreSpec spec = spec(type);

        Stores.replace(spec, new KeystoreChange(many, Set.of()));

        assertThat(Keystores.read(spec).certificates()).isEqualTo(many);
    }

    @ParameterizedTest
    @EnumSource
    void sameContent_leavesTheFileAndItsStamp(KeystoreType type) throws Exception {
        KeystoreSpec spec = spec(type);
        KeystoreChange change = Stores.put("her-1-encryption", TestCertificates.number(1));
        Stores.replace(spec, change);
        FileStamp stamp = Keystores.stamp(spec);

        assertThat(Stores.replace(spec, change)).isFalse();
        assertThat(Keystores.stamp(spec)).isEqualTo(stamp);

        Stores.replace(spec, Stores.put("her-2-encryption", TestCertificates.number(2)));
        assertThat(Keystores.stamp(spec)).isNotEqualTo(stamp);
        assertThat(Keystores.stamp(spec).text()).hasSizeLessThan(200);
    }

    @ParameterizedTest
    @EnumSource
    void generations_holdWhatWasReplaced(KeystoreType type) throws Exception {
        Path kept = folder.resolve("state/generations/dit");
        KeystoreSpec spec = Stores.keeping(spec(type), kept, 3);
        for (int generation = 0; generation < 6; generation++) {
            Stores.replace(spec, Stores.put("her-1-encryption", TestCertificates.number(generation + 1)), generation);
        }

        assertThat(Keystores.generations(spec)).extracting(Generation::number).containsExactly(5, 4, 3);
        assertThat(Keystores.readGeneration(spec, 4).certificates())
                .isEqualTo(Map.of("her-1-encryption", TestCertificates.number(4)));
        assertThatExceptionOfType(KeystoreException.class)
                .isThrownBy(() -> Keystores.readGeneration(spec, 1))
                .withMessageContaining("generation 1 is not kept: choose one of 5, 4, 3");
        assertThat(Stores.names(kept)).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(names = {"PKCS12", "JKS", "BCFKS"})
    void wrongPassword_isToldAndWritesNothing(KeystoreType type) throws Exception {
        KeystoreSpec spec = spec(type);
        Stores.replace(spec, Stores.put("her-1-encryption", TestCertificates.number(1)));
        byte[] before = Files.readAllBytes(spec.path());
        KeystoreSpec wrong =
                new KeystoreSpec("dit", spec.path(), type, Optional.of(new Secret("another".toCharArray())));

        refused(wrong, "the password is wrong");
        refused(new KeystoreSpec("dit", spec.path(), type, Optional.empty()), "needs a password");
        refused(new KeystoreSpec("dit", spec.path(), type, Optional.of(new Secret(new char[0]))), "password is empty");
        assertThat(spec.path()).hasBinaryContent(before);
    }

    @ParameterizedTest
    @EnumSource(names = {"PKCS12", "JKS", "BCFKS"})
    void damage_isOneErrorWhereverItIs(KeystoreType type) throws Exception {
        KeystoreSpec spec = spec(type);
        Stores.replace(spec, Stores.put("her-1-encryption", TestCertificates.number(1)));
        byte[] whole = Files.readAllBytes(spec.path());
        for (int length = 0; length < whole.length; length += 13) {
            Files.write(spec.path(), Arrays.copyOf(whole, length));
            refused(spec, "dit");
        }
        for (int position = 0; position < whole.length; position += 17) {
            byte[] flipped = whole.clone();
            flipped[position] ^= 0x40;
            Files.write(spec.path(), flipped);
            refused(spec, "dit");
        }
        Files.write(spec.path(), Arrays.copyOf(whole, whole.length + 1));
        refused(spec, "dit");
    }

    /** The type in the configuration was changed: foreign keys could not come along, so that a person has to convert it. */
    @Test
    void fileOfAnotherFormat_isToldAsSuch() throws Exception {
        Path jks = folder.resolve("a");
        Stores.replace(Stores.of(KeystoreType.JKS, jks), Stores.put("her-1-encryption", TestCertificates.number(1)));
        Path pem = folder.resolve("b");
        Stores.replace(Stores.pem(pem), Stores.put("her-1-encryption", TestCertificates.number(1)));
        Path bcfks = folder.resolve("c");
        Stores.replace(
                Stores.of(KeystoreType.BCFKS, bcfks), Stores.put("her-1-encryption", TestCertificates.number(1)));

        refused(Stores.pkcs12(jks), "found a file of the format JKS: convert it");
        refused(Stores.pkcs12(pem), "found a file of the format PEM: convert it");
        refused(Stores.of(KeystoreType.JKS, bcfks), "found a file of the format PKCS12 or BCFKS");
        refused(Stores.pkcs12(bcfks), "check the keystore's type");
        refused(Stores.of(KeystoreType.PEM_DIRECTORY, pem), "expected a folder, found the file");
    }

    private static void refused(KeystoreSpec spec, String finding) {
        assertThatExceptionOfType(KeystoreException.class)
                .isThrownBy(() -> Keystores.read(spec))
                .withMessageContaining(finding);
        assertThatExceptionOfType(KeystoreException.class)
                .isThrownBy(() -> Stores.replace(spec, Stores.put("her-9-encryption", TestCertificates.number(9))))
                .withMessageContaining(finding);
    }

    private KeystoreSpec spec(KeystoreType type) {
        return Stores.of(type, folder.resolve("keystore"));
    }
}
