package no.sertsynk.service.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import no.sertsynk.service.admin.AdminServer.Setting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AdminTlsTest {
    private static final String TOKEN = "x".repeat(64);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /** Makes NAME.pem and NAME.key with the JDK's own tool. */
    private void make(String name, String algorithm) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=" + name,
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "password")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore made = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            made.load(in, "password".toCharArray());
        }
        Certificate certificate = made.getCertificate("a");
        Key key = made.getKey("a", "password".toCharArray());
        write(name + ".pem", "CERTIFICATE", certificate.getEncoded());
        write(name + ".key", "PRIVATE KEY", key.getEncoded());
    }

    private void write(String name, String kind, byte[] content) throws IOException {
        Files.writeString(
                folder.resolve(name),
                "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                        + kind + "-----\n");
    }

    private Path token() throws IOException {
        Path file = folder.resolve("token");
        Files.writeString(file, TOKEN);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void client_trustsThisVeryServerAlone(String algorithm) throws Exception {
        make("server", algorithm);
        make("other", algorithm);
        var tls = AdminTls.server(folder.resolve("server.pem"), folder.resolve("server.key"));
        try (AdminServer server =
                AdminServer.start(new Setting("127.0.0.1", 0, List.of(), TOKEN, Optional.of(tls)), new WordedDesk())) {
            AdminClient client =
                    AdminClient.of("127.0.0.1", server.port(), token(), Optional.of(folder.resolve("server.pem")));
            assertThat(client.get("/api/v1/status", true).body()).isEqualTo("{\"what\":\"status\"}");

            AdminClient misled =
                    AdminClient.of("127.0.0.1", server.port(), token(), Optional.of(folder.resolve("other.pem")));
            assertThatThrownBy(() -> misled.get("/api/v1/status", true)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void filesThatDoNotFit_areTold() throws Exception {
        make("server", "RSA");
        make("other", "EC");
        Path certificate = folder.resolve("server.pem");

        assertThatThrownBy(() -> AdminTls.server(certificate, folder.resolve("other.key")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("admin.tls");
        assertThatThrownBy(() -> AdminTls.server(certificate, certificate))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("admin.tls.keyFile: expected a key");
        assertThatThrownBy(() -> AdminTls.server(folder.resolve("server.key"), folder.resolve("server.key")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("admin.tls");
    }
}
