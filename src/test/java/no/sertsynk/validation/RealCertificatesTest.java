package no.sertsynk.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import no.sertsynk.SharedData;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Verdict;
import no.sertsynk.validation.ValidationSettings.Policy;
import no.sertsynk.validation.ValidationSettings.RevocationMode;
import no.sertsynk.validation.revocation.CrlSource;
import no.sertsynk.validation.revocation.FileCrls;
import org.junit.jupiter.api.Test;

/** Certificates of real organisations at times when they were valid. */
class RealCertificatesTest {
    @Test
    void organisationCertificates_areAcceptedADayAfterTheirStart() throws Exception {
        try (Stream<Path> files = Files.list(SharedData.path("certificates/org"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".pem")).toList()) {
                PartnerCertificate certificate = TrustFiles.readFile(file).getFirst();
                Assessment assessment = validator(
                                certificate.notBefore().plus(Duration.ofDays(1)), RevocationMode.OFF, CrlSource.none())
                        .assess(certificate);
                String name = file.getFileName().toString();
                if (name.startsWith("odd-personal")) {
                    assertThat(assessment.has(ReasonCode.WRONG_POLICY)).as(name).isTrue();
                } else if (name.startsWith("odd-unknown")) {
                    assertThat(assessment.has(ReasonCode.UNTRUSTED)).as(name).isTrue();
                    assertThat(assessment.has(ReasonCode.WRONG_KEY_USAGE))
                            .as(name)
                            .isTrue();
                } else if (name.endsWith("sha1.pem")) {
                    assertThat(assessment.has(ReasonCode.WEAK_SIGNATURE))
                            .as(name)
                            .isTrue();
                } else {
                    assertThat(assessment.verdict())
                            .as(name + assessment.reasons())
                            .isEqualTo(Verdict.ACCEPTED);
                    assertThat(assessment.subject().organizationNumber())
                            .as(name)
                            .isPresent();
                }
            }
        }
    }

    @Test
    void listsOfTheirTime_sayThatTheyAreNotRevoked() throws Exception {
        CrlSource lists = FileCrls.read(List.of(
                SharedData.path("certificates/crl/test/BPCl3CaG2STBS.crl"),
                SharedData.path("certificates/crl/test/BPCl3RootCaG2ST.crl")));
        for (String name : List.of("8141253-encryption.pem", "8141253-signature.pem")) {
            PartnerCertificate certificate = TrustFiles.readFile(
                            SharedData.path("certificates/org").resolve(name))
                    .getFirst();
            Instant then = Instant.parse("2025-04-03T12:00:00Z");

            assertThat(validator(then, RevocationMode.REQUIRE, lists)
                            .assess(certificate)
                            .verdict())
                    .isEqualTo(Verdict.ACCEPTED);
            assertThat(validator(then.plus(Duration.ofDays(90)), RevocationMode.REQUIRE, lists)
                            .assess(certificate)
                            .verdict())
                    .isEqualTo(Verdict.UNDETERMINED);
        }
    }

    private static Validator validator(Instant at, RevocationMode mode, CrlSource lists)
            throws IOException, MalformedCertificateException {
        List<X509Certificate> authorities = TrustFiles.read(
                        List.of(SharedData.path("certificates/ca/test"), SharedData.path("certificates/ca/prod")))
                .stream()
                .map(PartnerCertificate::x509)
                .toList();
        List<X509Certificate> roots = authorities.stream()
                .filter(authority -> authority.getSubjectX500Principal().equals(authority.getIssuerX500Principal()))
                .toList();
        return Validators.create(
                new TrustStore(roots, authorities), ValidationSettings.of(at, Policy.VIRKSOMHET, mode), lists);
    }
}
