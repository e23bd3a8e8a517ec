package no.sertsynk.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import no.sertsynk.SharedData;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Verdict;
import no.sertsynk.validation.ValidationSettings.Policy;
import no.sertsynk.validation.ValidationSettings.RevocationMode;
import no.sertsynk.validation.revocation.CrlSource;
import no.sertsynk.validation.revocation.FileCrls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Certificates of real organisations at times when they were valid. */
class RealCertificatesTest {
    /** The odd ones and what is found wrong with them; all others are accepted. */
    private static final Map<String, Set<ReasonCode>> ODD = Map.of(
            "odd-personal-commfides-test-signature-2014.pem", Set.of(ReasonCode.WRONG_POLICY),
            "odd-unknown-issuer-no-keyusage-nav-test-2025.pem",
                    Set.of(ReasonCode.UNTRUSTED, ReasonCode.WRONG_KEY_USAGE),
            "994598759-seid1-buypass-prod-signature-2010-sha1.pem", Set.of(ReasonCode.WEAK_SIGNATURE),
            // For time stamps alone, by a critical extendedKeyUsage.
            "933012867-seid1-buypass-test-timestamp-2018.pem", Set.of(ReasonCode.WRONG_KEY_USAGE));

    static Stream<Path> organisationCertificates() throws IOException {
        try (Stream<Path> files = Files.list(SharedData.path("certificates/org"))) {
            return files.filter(path -> path.toString().endsWith(".pem")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("organisationCertificates")
    void certificate_getsItsVerdictADayAfterItsStart(Path file) throws Exception {
        PartnerCertificate certificate = TrustFiles.readFile(file).getFirst();
        String name = file.getFileName().toString();

        Assessment assessment = validator(
                        certificate.notBefore().plus(Duration.ofDays(1)), RevocationMode.OFF, CrlSource.none())
                .assess(certificate);

        assertThat(assessment.reasons().stream().map(Reason::code).collect(Collectors.toSet()))
                .isEqualTo(ODD.getOrDefault(name, Set.of()));
        if (!name.startsWith("odd-")) {
            // The file's name begins with the number, or with the HER-id of a party.
            String number = name.substring(0, name.indexOf('-'));
            assertThat(assessment.subject().organizationNumber()).isPresent();
            if (number.length() == 9) {
                assertThat(assessment.subject().organizationNumber().get().digits())
                        .isEqualTo(number);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("organisationCertificates")
    void certificate_isOfOneEnvironmentAlone(Path file) throws Exception {
        PartnerCertificate certificate = TrustFiles.readFile(file).getFirst();
        String name = file.getFileName().toString();
        assumeTrue(!name.startsWith("odd-unknown"), "its issuer is of no environment");
        // HER-ids stand for messages of the test environment.
        String environment = name.contains("-prod-") ? "production" : "test";
        String other = environment.equals("test") ? "production" : "test";
        Instant then = certificate.notBefore().plus(Duration.ofDays(1));

        assertThat(validator(then, environment).assess(certificate).has(ReasonCode.UNTRUSTED))
                .isFalse();
        assertThat(validator(then, other).assess(certificate).reasons()).anySatisfy(reason -> {
            assertThat(reason.code()).isEqualTo(ReasonCode.UNTRUSTED);
            assertThat(reason.message()).contains("environment " + other);
        });
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

    private static Validator validator(Instant at, RevocationMode mode, CrlSource lists) throws IOException {
        return Validators.create(trust(), ValidationSettings.of(at, Policy.VIRKSOMHET, mode), lists);
    }

    private static Validator validator(Instant at, String environment) throws IOException {
        return Validators.create(
                trust(),
                ValidationSettings.of(at, Policy.VIRKSOMHET, RevocationMode.OFF).in(environment),
                CrlSource.none());
    }

    private static TrustStore trust() throws IOException {
        List<X509Certificate> authorities = TrustFiles.read(
                        List.of(SharedData.path("certificates/ca/test"), SharedData.path("certificates/ca/prod")))
                .stream()
                .map(PartnerCertificate::x509)
                .toList();
        List<X509Certificate> roots = authorities.stream()
                .filter(authority -> authority.getSubjectX500Principal().equals(authority.getIssuerX500Principal()))
                .toList();
        return new TrustStore(roots, authorities);
    }
}
