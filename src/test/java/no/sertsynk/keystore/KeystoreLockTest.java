package no.sertsynk.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One run at a time on one file, whatever names it goes by. */
class KeystoreLockTest {
    private static final KeystoreChange ADD = Stores.put("her-1-encryption", TestCertificates.number(1));

    @TempDir
    Path folder;

    @Test
    void secondTaskOfOneProcess_isRefusedUntilTheFirstHasClosed() throws Exception {
        Path file = folder.resolve("dit.pem");
        Path link = Files.createSymbolicLink(folder.resolve("link.pem"), file);

        try (Keystore keystore = Keystores.open(Stores.pem(file))) {
            assertThatExceptionOfType(KeystoreException.class)
                    .isThrownBy(() -> Keystores.open(Stores.pem(link)))
                    .withMessageContaining("another task of this process");
            assertThat(Keystores.read(Stores.pem(link)).exists()).isFalse();
            assertThat(keystore.replace(ADD)).isTrue();
        }

        assertThat(Stores.replace(Stores.pem(link), ADD)).isFalse();
    }

    @Test
    void otherProcess_isNamed() throws Exception {
        Path file = folder.resolve("dit.pem");
        Path certificate =
                Files.write(folder.resolve("2.der"), TestCertificates.number(2).der());
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReplaceOnce.class.getName(),
                        file.toString(),
                        certificate.toString(),
                        "hold")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = other.inputReader()) {
            assertThat(out.readLine()).isEqualTo("changed");

            for (int i = 0; i < 2; i++) {
                assertThatExceptionOfType(KeystoreException.class)
                        .isThrownBy(() -> Stores.replace(Stores.pem(file), ADD))
                        .withMessageContaining(
                                "another run of sertsynk is changing it, probably process " + other.pid());
            }
            assertThat(Keystores.read(Stores.pem(file)).certificates()).containsOnlyKeys("her-2-signature");
            other.getOutputStream().close();
            assertThat(other.waitFor()).isZero();
        } finally {
            other.destroyForcibly();
        }

        assertThat(Stores.replace(Stores.pem(file), ADD)).isTrue();
        assertThat(Keystores.read(Stores.pem(file)).certificates()).hasSize(2);
    }

    @Test
    void damagedKeystore_givesTheLockBack() throws Exception {
        Path file = folder.resolve("dit.p12");
        Files.writeString(file, "garbage");

        assertThatExceptionOfType(KeystoreException.class).isThrownBy(() -> Keystores.open(Stores.pkcs12(file)));
        Files.delete(file);

        assertThat(Stores.replace(Stores.pkcs12(file), ADD)).isTrue();
    }

    @Test
    void lockFileThatIsALink_isNotFollowed() throws Exception {
        Path file = folder.resolve("dit.pem");
        Path victim = Files.writeString(folder.resolve("victim"), "precious");
        Files.createSymbolicLink(folder.resolve("dit.pem.lock"), victim);

        assertThatExceptionOfType(KeystoreException.class)
                .isThrownBy(() -> Keystores.open(Stores.pem(file)))
                .withMessageContaining("lock the keystore");
        assertThat(victim).hasContent("precious");
    }

    @Test
    void lockFileThatIsAnotherFilesSecondName_isNotWritten() throws Exception {
        Path victim = Files.writeString(folder.resolve("victim"), "precious");
        Files.createLink(folder.resolve("dit.pem.lock"), victim);

        assertThatExceptionOfType(KeystoreException.class)
                .isThrownBy(() -> Keystores.open(Stores.pem(folder.resolve("dit.pem"))))
                .withMessageContaining("second name");
        assertThat(victim).hasContent("precious");
    }
}
