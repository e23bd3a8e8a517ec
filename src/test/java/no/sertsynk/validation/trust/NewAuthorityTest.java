package no.sertsynk.validation.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import no.sertsynk.SharedData;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.sandbox.SandboxAuthority;
import no.sertsynk.sandbox.SandboxAuthority.Order;
import no.sertsynk.validation.TrustFiles;
import org.junit.jupiter.api.Test;

class NewAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final SandboxAuthority AUTHORITY = SandboxAuthority.create("Ny", NOW, Optional.empty());

    @Test
    void authority_mayBeAdded() throws Exception {
        assertThat(NewAuthority.refusal(PartnerCertificate.of(AUTHORITY.root()), "test", NOW))
                .isEmpty();
        assertThat(NewAuthority.refusal(PartnerCertificate.of(AUTHORITY.issuer()), "test", NOW))
                .isEmpty();
    }

    @Test
    void organisationsCertificate_isRefused() {
        PartnerCertificate leaf = AUTHORITY.issue(
                Order.of("Part", new OrganizationNumber("911111111"), SandboxAuthority.SIGNATURE_USAGE, NOW));

        assertThat(NewAuthority.refusal(leaf, "test", NOW))
                .get()
                .asString()
                .contains("expected the certificate of an authority");
    }

    @Test
    void expiredAuthority_isRefused() throws Exception {
        Instant later = NOW.plus(Duration.ofDays(4000));

        assertThat(NewAuthority.refusal(PartnerCertificate.of(AUTHORITY.root()), "test", later))
                .get()
                .asString()
                .contains("which ended");
    }

    @Test
    void pinnedAuthorityOfTheOtherEnvironment_isRefused() throws Exception {
        PartnerCertificate testRoot = TrustFiles.readFile(SharedData.path("certificates/ca/test/BPClass3T4RootCA.pem"))
                .getFirst();

        assertThat(NewAuthority.refusal(testRoot, "test", NOW)).isEmpty();
        assertThat(NewAuthority.refusal(testRoot, "production", NOW))
                .get()
                .asString()
                .contains("of environment test");
    }
}
