package no.sertsynk.rollover;

import static no.sertsynk.rollover.Scene.certificate;
import static no.sertsynk.rollover.Scene.days;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.SubjectIdentity;
import org.junit.jupiter.api.Test;

/** Candidates of several systems, where a string matches more than one. */
class SystemGroupsTest {
    private static final SubjectIdentity FIRST = Verdicts.system("EPJ", Verdicts.NUMBER);
    private static final SubjectIdentity SECOND = Verdicts.system("Laboratorium", Verdicts.NUMBER);
    private static final PartnerCertificate A = certificate(1);
    private static final PartnerCertificate B = certificate(2);
    private static final PartnerCertificate C = certificate(3);

    private static Assessment of(SubjectIdentity system, ReasonCode... codes) {
        return Verdicts.of(system, Set.of(Purpose.ENCRYPTION), codes);
    }

    private static Scene two() {
        return new Scene().matched(A, of(FIRST)).matched(B, of(SECOND));
    }

    private static List<PartnerCertificate> installed(PartyDecision decision) {
        return decision.certificates().stream()
                .filter(CertificateDecision::isInstalled)
                .map(CertificateDecision::certificate)
                .toList();
    }

    private static List<ReasonCode> codes(List<Reason> reasons) {
        return reasons.stream().map(Reason::code).toList();
    }

    @Test
    void severalSystems_areAmbiguousAndNothingIsInstalled() {
        PartyDecision decision = two().decide();

        assertThat(installed(decision)).isEmpty();
        assertThat(codes(decision.reasons())).containsExactly(ReasonCode.AMBIGUOUS);
        assertThat(decision.reasons().getFirst().message())
                .contains("'EPJ' (911111111)")
                .contains("'Laboratorium' (911111111)");
    }

    @Test
    void ambiguity_changesNothingOfWhatIsInstalled() {
        Scene scene = two().installed(C, of(Verdicts.system("Tidligere", Verdicts.NUMBER)), Purpose.ENCRYPTION, true);

        assertThat(scene.decide().certificates())
                .singleElement()
                .satisfies(fate -> assertThat(fate.action()).isEqualTo(Action.KEEP));
    }

    @Test
    void groupOfTheRegistersOwn_counts() {
        assertThat(installed(two().registersOwn(A).decide())).containsExactly(A);
        assertThat(installed(two().registersOwn(B).decide())).containsExactly(B);
    }

    @Test
    void groupOfTheRegistersOwn_countsAlsoIfThatOneIsInDoubt() {
        Scene scene = two().matched(C, of(FIRST, ReasonCode.REVOCATION_UNKNOWN)).registersOwn(C);

        assertThat(installed(scene.decide())).containsExactly(A);
    }

    @Test
    void groupOfTheRegistersOwn_goesBeforeThatOfTheInstalled() {
        Scene scene = two().installed(B, of(SECOND), Purpose.ENCRYPTION, true).registersOwn(A);

        assertThat(scene.decide().current(Purpose.ENCRYPTION).orElseThrow().certificate())
                .isEqualTo(A);
    }

    @Test
    void groupOfTheInstalled_countsWhereTheRegistersOwnIsNotKnown() {
        Scene scene = two().installed(C, of(SECOND), Purpose.ENCRYPTION, true).registersOwn(certificate(5));

        assertThat(installed(scene.decide())).containsExactlyInAnyOrder(B, C);
    }

    @Test
    void groupOfTheInstalled_isThatOfTheCurrentOne() {
        Scene scene = two().installed(A, of(FIRST), Purpose.ENCRYPTION, false)
                .installed(B, of(SECOND), Purpose.ENCRYPTION, true);
        PartyDecision decision = scene.decide();

        assertThat(decision.reasons()).isEmpty();
        assertThat(decision.current(Purpose.ENCRYPTION).orElseThrow().certificate())
                .isEqualTo(B);
        assertThat(installed(decision)).containsExactlyInAnyOrder(A, B);
    }

    @Test
    void exactlyNamed_isNeverAmbiguous() {
        PartyDecision decision = new Scene()
                .offered(A, of(FIRST), true)
                .offered(B, of(SECOND), true)
                .decide();

        assertThat(installed(decision)).containsExactlyInAnyOrder(A, B);
    }

    @Test
    void systemWithNothingAccepted_isNoSecondSystem() {
        Scene scene = new Scene().matched(A, of(FIRST)).matched(B, of(SECOND, ReasonCode.REVOKED));

        assertThat(installed(scene.decide())).containsExactly(A);
    }

    @Test
    void systemOfARefusedOrganisation_isNoSecondSystem() {
        OrganizationNumber other = new OrganizationNumber("922222222");
        Scene scene = new Scene()
                .organization(new OrganizationFacts(
                        OrganizationMode.REQUIRE,
                        Optional.empty(),
                        Optional.of(Set.of(Verdicts.NUMBER)),
                        Set.of(),
                        false))
                .matched(A, of(FIRST))
                .matched(B, of(Verdicts.system("EPJ", other)));
        PartyDecision decision = scene.decide();

        assertThat(installed(decision)).containsExactly(A);
        assertThat(codes(decision.reasons())).isEmpty();
    }

    @Test
    void registersOwnSystem_decidesTheNumberThatIsRemembered() {
        OrganizationNumber host = new OrganizationNumber("922222222");
        Scene scene = new Scene()
                .matched(A, of(FIRST))
                .matched(B, of(Verdicts.system("Vert", host)))
                .registersOwn(B);
        PartyDecision decision = scene.decide();

        assertThat(installed(decision)).containsExactly(B);
        assertThat(decision.organizations()).containsExactly(host);
    }

    @Test
    void systemsAreToldApartByOrganisationNumberNameAndUnit() {
        SubjectIdentity unit = new SubjectIdentity(Optional.of(Verdicts.NUMBER), "EPJ", List.of("Nord"));
        SubjectIdentity number = Verdicts.system("EPJ", new OrganizationNumber("922222222"));
        for (SubjectIdentity other : List.of(SECOND, unit, number)) {
            PartyDecision decision =
                    new Scene().matched(A, of(FIRST)).matched(B, of(other)).decide();
            assertThat(codes(decision.reasons())).as(other.toString()).containsExactly(ReasonCode.AMBIGUOUS);
        }
    }

    @Test
    void systemThatServesNoConfiguredPurpose_isNoSecondSystem() {
        Scene scene = new Scene().matched(A, of(FIRST)).matched(B, Verdicts.of(SECOND, Set.of(Purpose.SIGNATURE)));

        assertThat(codes(scene.decide().reasons())).isEmpty();
    }

    @Test
    void announcedSystem_isNotHeldAgainstTheOneInForce() {
        Scene scene = new Scene().matched(A, of(FIRST));
        scene.offers.add(new Offer(B, of(SECOND), false, Optional.of(days(3))));

        assertThat(installed(scene.decide())).containsExactlyInAnyOrder(A, B);
        assertThat(scene.decide().current(Purpose.ENCRYPTION).orElseThrow().certificate())
                .isEqualTo(A);
    }

    @Test
    void announcedSystems_thatAreSeveralAreAWarning() {
        Scene scene = new Scene().matched(A, of(FIRST));
        scene.offers.add(new Offer(B, of(SECOND), false, Optional.of(days(3))));
        scene.offers.add(new Offer(C, of(Verdicts.system("Tredje", Verdicts.NUMBER)), false, Optional.of(days(3))));
        PartyDecision decision = scene.decide();

        assertThat(installed(decision)).containsExactly(A);
        assertThat(codes(decision.warnings())).containsExactly(ReasonCode.AMBIGUOUS);
        assertThat(decision.reasons()).isEmpty();
    }
}
