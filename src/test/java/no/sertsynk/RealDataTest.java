package no.sertsynk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import no.sertsynk.cli.Main;
import no.sertsynk.model.HerId;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Secret;
import no.sertsynk.sandbox.SandboxDirectory;
import no.sertsynk.sandbox.SandboxRegister;
import no.sertsynk.validation.TrustFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real register's messages and real certificates, through the whole program, at a time when they were valid. */
class RealDataTest {
    private static final String DETAILS = "adresseregisteret/soap/";

    @Test
    void realMessagesAndCertificates_endInTheKeystore(@TempDir Path folder) throws Exception {
        Path certificates = SharedData.path("certificates");
        try (SandboxRegister register = SandboxRegister.start("user", new Secret("secret".toCharArray()));
                SandboxDirectory directory = SandboxDirectory.start()) {
            for (int herId : List.of(93238, 94867, 93252)) {
                register.putRecordedParty(
                        new HerId(herId),
                        Files.readAllBytes(SharedData.path(DETAILS + "CommunicationDetails_" + herId + ".xml")));
                register.putRecordedCertificate(
                        new HerId(herId),
                        Purpose.ENCRYPTION,
                        Files.readAllBytes(
                                SharedData.path(DETAILS + "GetCertificateDetailsForEncryption_" + herId + ".xml")));
                register.putRecordedCertificate(
                        new HerId(herId),
                        Purpose.SIGNATURE,
                        Files.readAllBytes(SharedData.path(
                                DETAILS + "GetCertificateDetailsForValidatingSignature_" + herId + ".xml")));
            }
            for (String name : List.of("93238-encryption", "93238-signature", "93252-encryption", "93252-signature")) {
                directory.publish(SandboxDirectory.BUYPASS_CA_3, real(certificates, name));
            }
            configure(folder, certificates, register, directory);

            ByteArrayOutputStream out = new ByteArrayOutputStream();
            PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
            int code = Main.run(
                    new String[] {
                        "--config",
                        folder.resolve("sertsynk.yaml").toString(),
                        "sync",
                        "--local",
                        "--at",
                        "2014-08-15T12:28:06Z",
                        "--json"
                    },
                    stream,
                    stream,
                    Clock.systemUTC(),
                    name -> Optional.empty());

            assertThat(code).as(out.toString(StandardCharsets.UTF_8)).isZero();
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(folder.resolve("dit.p12"))) {
                store.load(in, "secret".toCharArray());
            }
            for (String alias : List.of("93238-encryption", "93238-signature", "93252-encryption", "93252-signature")) {
                assertThat(store.getCertificate("her-" + alias))
                        .as(alias)
                        .isEqualTo(real(certificates, alias).x509());
            }
            assertThat(store.getCertificate("her-94867-encryption"))
                    .isEqualTo(real(certificates, "93238-encryption").x509());
            assertThat(store.size()).isEqualTo(6);
        }
    }

    private static PartnerCertificate real(Path certificates, String name) throws Exception {
        return TrustFiles.readFile(certificates.resolve("org/" + name + ".pem")).getFirst();
    }

    private static void configure(Path folder, Path certificates, SandboxRegister register, SandboxDirectory directory)
            throws Exception {
        Path authorities = certificates.toAbsolutePath().resolve("ca/test");
        Files.writeString(folder.resolve("password"), "secret");
        Files.writeString(folder.resolve("sertsynk.yaml"), """
            environment: test
            register:
              soap: {url: "%s", username: user, passwordFile: password}
            directories:
              hostMap: {ldap.test4.buypass.no: "%s"}
            trust:
              anchors: ["%s"]
              intermediates: ["%s"]
            revocation: {mode: off}
            parties: [{herId: 93238}, {herId: 94867}, {herId: 93252}]
            keystores: [{name: dit, path: dit.p12, passwordFile: password}]
            state: state
            """.formatted(
                        register.url(),
                        directory.url(),
                        authorities.resolve("BPClass3T4RootCA.pem"),
                        authorities.resolve("BPClass3T4CA3.pem")));
    }
}
