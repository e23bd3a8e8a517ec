package no.sertsynk.validation.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import no.sertsynk.SharedData;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Sha256;
import no.sertsynk.validation.TrustFiles;
import no.sertsynk.validation.fetch.AllowedHosts;
import no.sertsynk.validation.profile.SubjectReader;
import no.sertsynk.validation.trust.PinnedAuthority.Role;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PinnedAuthoritiesTest {
    @ParameterizedTest
    @CsvSource({"production, prod", "test, test"})
    void pins_areThoseOfTheRealCertificates(String environment, String folder) throws Exception {
        Map<Sha256, PartnerCertificate> real =
                TrustFiles.read(List.of(SharedData.path("certificates/ca/" + folder))).stream()
                        .collect(Collectors.toMap(PartnerCertificate::sha256, certificate -> certificate));
        List<PinnedAuthority> pinned = PinnedAuthorities.of(Optional.of(environment));

        assertThat(pinned).extracting(PinnedAuthority::sha256).containsExactlyInAnyOrderElementsOf(real.keySet());
        for (PinnedAuthority pin : pinned) {
            PartnerCertificate certificate = Objects.requireNonNull(real.get(pin.sha256()), pin.name());
            assertThat(SubjectReader.read(certificate.x509().getSubjectX500Principal())
                            .commonName())
                    .isEqualTo(pin.name());
            assertThat(certificate.notBefore()).isEqualTo(pin.notBefore());
            assertThat(certificate.notAfter()).isEqualTo(pin.notAfter());
            assertThat(certificate.subject().equals(certificate.issuer())).isEqualTo(pin.role() == Role.ROOT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "test"})
    void addresses_areOfHostsThatMayBeAskedInTheirEnvironment(String environment) {
        AllowedHosts allowed = AllowedHosts.of(Optional.of(environment), List.of());

        for (PinnedAuthority pin : PinnedAuthorities.of(Optional.of(environment))) {
            assertThat(pin.addresses())
                    .as(pin.name())
                    .allSatisfy(address ->
                            assertThat(allowed.target(address)).isInstanceOf(AllowedHosts.Target.Allowed.class));
        }
    }
}
