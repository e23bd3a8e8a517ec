package no.sertsynk.validation.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.sandbox.SandboxAuthority;
import no.sertsynk.sandbox.SandboxAuthority.Order;
import org.junit.jupiter.api.Test;

class ExpiringAuthorityTest {
    private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");
    private static final SandboxAuthority AUTHORITY = SandboxAuthority.create("Utløp", MADE, Optional.empty());
    /** Of the same name, with another key. */
    private static final SandboxAuthority NAMESAKE = SandboxAuthority.create("Utløp", MADE, Optional.empty());

    private static final PartnerCertificate ROOT = of(AUTHORITY.root());
    private static final PartnerCertificate ISSUER = of(AUTHORITY.issuer());
    private static final PartnerCertificate LEAF = leaf(AUTHORITY);
    private static final PartnerCertificate OTHER = leaf(NAMESAKE);
    private static final Instant END = ROOT.notAfter();

    private static PartnerCertificate of(X509Certificate certificate) {
        try {
            return PartnerCertificate.of(certificate);
        } catch (MalformedCertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PartnerCertificate leaf(SandboxAuthority authority) {
        return authority.issue(
                Order.of("Part", new OrganizationNumber("911111111"), SandboxAuthority.SIGNATURE_USAGE, MADE));
    }

    @Test
    void moreThanNinetyDaysAhead_nothingIsLookedAt() {
        assertThat(ExpiringAuthority.among(
                        List.of(ROOT),
                        List.of(ISSUER),
                        () -> {
                            throw new AssertionError("asked for what is installed");
                        },
                        END.minus(Duration.ofDays(90)).minusSeconds(1)))
                .isEmpty();
    }

    @Test
    void ninetyDaysAhead_whatHangsOnItIsToldAndNothingElse() {
        List<ExpiringAuthority> found = ExpiringAuthority.among(
                List.of(ROOT),
                List.of(of(NAMESAKE.issuer()), ISSUER),
                () -> List.of(LEAF, OTHER),
                END.minus(Duration.ofDays(90)));

        assertThat(found)
                .containsExactly(
                        new ExpiringAuthority(ROOT, true, List.of(LEAF.sha256())),
                        new ExpiringAuthority(of(NAMESAKE.issuer()), false, List.of(OTHER.sha256())),
                        new ExpiringAuthority(ISSUER, false, List.of(LEAF.sha256())));
        assertThat(found.getFirst().since()).isEqualTo(END.minus(Duration.ofDays(90)));
    }

    @Test
    void authorityThatIsAnAnchorItself_carriesWhatItIssued() {
        List<ExpiringAuthority> found =
                ExpiringAuthority.among(List.of(ROOT, ISSUER), List.of(), () -> List.of(LEAF), END.plusSeconds(1));

        assertThat(found)
                .containsExactly(
                        new ExpiringAuthority(ROOT, true, List.of()),
                        new ExpiringAuthority(ISSUER, true, List.of(LEAF.sha256())));
    }

    @Test
    void selfSignedIntermediate_endsTheWay() {
        assertThat(ExpiringAuthority.among(List.of(), List.of(ISSUER, ROOT), () -> List.of(LEAF), END))
                .extracting(ExpiringAuthority::dependents)
                .containsExactly(List.of(LEAF.sha256()), List.of(LEAF.sha256()));
    }
}
