package no.sertsynk.rollover;

import static no.sertsynk.rollover.Scene.certificate;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rule "Organisation number". */
class OrganizationRuleTest {
    private static final OrganizationNumber OWN = Verdicts.NUMBER;
    private static final OrganizationNumber PARENT = new OrganizationNumber("922222222");
    private static final OrganizationNumber HOST = new OrganizationNumber("933333333");
    private static final OrganizationNumber OTHER = new OrganizationNumber("944444444");

    private static Assessment with(OrganizationNumber number, ReasonCode... codes) {
        return Verdicts.of(Verdicts.system("Part", number), Set.of(Purpose.ENCRYPTION), codes);
    }

    private static OrganizationFacts facts(
            OrganizationMode mode, Optional<OrganizationNumber> pin, Set<OrganizationNumber> remembered) {
        return new OrganizationFacts(mode, pin, Optional.of(Set.of(OWN, PARENT)), remembered, !remembered.isEmpty());
    }

    private static OrganizationFacts facts(OrganizationMode mode) {
        return facts(mode, Optional.empty(), Set.of());
    }

    private static OrganizationFacts remembering(OrganizationNumber... numbers) {
        return facts(OrganizationMode.REMEMBER, Optional.empty(), Set.of(numbers));
    }

    private static CertificateDecision only(PartyDecision decision) {
        assertThat(decision.certificates()).hasSize(1);
        return decision.certificates().getFirst();
    }

    private static CertificateDecision offered(OrganizationFacts facts, OrganizationNumber number) {
        return only(new Scene()
                .organization(facts)
                .offered(certificate(1), with(number), true)
                .decide());
    }

    private static List<ReasonCode> codes(List<Reason> reasons) {
        return reasons.stream().map(Reason::code).toList();
    }

    private static void requireRejected(CertificateDecision decision) {
        assertThat(decision.action()).isEqualTo(Action.REJECT);
        assertThat(codes(decision.reasons())).containsExactly(ReasonCode.WRONG_ORGANIZATION);
    }

    @ParameterizedTest
    @EnumSource(OrganizationMode.class)
    void ownAndParentsNumber_fitWithoutAWord(OrganizationMode mode) {
        assertThat(offered(facts(mode), OWN).assessment()).isEqualTo(with(OWN));
        assertThat(offered(facts(mode), PARENT).assessment()).isEqualTo(with(PARENT));
    }

    @Test
    void pin_aloneFits() {
        OrganizationFacts pinned = facts(OrganizationMode.REMEMBER, Optional.of(HOST), Set.of());

        assertThat(offered(pinned, HOST).assessment()).isEqualTo(with(HOST));
        requireRejected(offered(pinned, OWN));
        requireRejected(offered(facts(OrganizationMode.REMEMBER, Optional.of(HOST), Set.of(OTHER)), OTHER));
        assertThat(offered(pinned, OWN).reasons().getFirst().message())
                .contains("expected organisation number 933333333, found 911111111")
                .contains("change the pinned organizationNumber")
                .doesNotContain("--accept-organization");
    }

    @Test
    void require_rejectsWhatDoesNotFitAndDoesNotOfferWhatWouldNotHelp() {
        CertificateDecision decision = offered(facts(OrganizationMode.REQUIRE), HOST);

        requireRejected(decision);
        assertThat(decision.reasons().getFirst().message()).doesNotContain("--accept-organization");
    }

    @Test
    void report_acceptsWithAWarning() {
        CertificateDecision decision = offered(facts(OrganizationMode.REPORT), HOST);

        assertThat(decision.action()).isEqualTo(Action.ADD);
        assertThat(codes(decision.assessment().warnings())).containsExactly(ReasonCode.WRONG_ORGANIZATION);
    }

    @Test
    void remember_letsTheFirstDecideWithAWarningAndRemembersIt() {
        PartyDecision decision = new Scene()
                .organization(facts(OrganizationMode.REMEMBER))
                .offered(certificate(1), with(HOST), true)
                .offered(certificate(2), with(HOST), true)
                .decide();

        assertThat(decision.certificates()).hasSize(2).allSatisfy(fate -> {
            assertThat(fate.action()).isEqualTo(Action.ADD);
            assertThat(codes(fate.assessment().warnings())).containsExactly(ReasonCode.WRONG_ORGANIZATION);
        });
        assertThat(decision.organizations()).containsExactly(HOST);
    }

    @Test
    void remember_severalNumbersInTheFirstRunAreNone() {
        PartyDecision decision = new Scene()
                .organization(facts(OrganizationMode.REMEMBER))
                .offered(certificate(1), with(HOST), true)
                .offered(certificate(2), with(OTHER), true)
                .decide();

        assertThat(decision.certificates()).hasSize(2).allSatisfy(OrganizationRuleTest::requireRejected);
        assertThat(decision.organizations()).isEmpty();
    }

    @Test
    void remember_theOwnNumberGoesBeforeAnother() {
        PartyDecision decision = new Scene()
                .organization(facts(OrganizationMode.REMEMBER))
                .offered(certificate(1), with(OWN), true)
                .offered(certificate(2), with(HOST), true)
                .decide();

        assertThat(decision.certificates())
                .filteredOn(CertificateDecision::isInstalled)
                .singleElement()
                .satisfies(fate -> assertThat(fate.certificate()).isEqualTo(certificate(1)));
        assertThat(decision.organizations()).containsExactly(OWN);
    }

    @Test
    void remember_rejectsAnyOtherFromThenOnButNotTheOwnOrTheRemembered() {
        requireRejected(offered(remembering(HOST), OTHER));
        assertThat(offered(remembering(HOST), OWN).action()).isEqualTo(Action.ADD);
        assertThat(offered(remembering(HOST), HOST).assessment()).isEqualTo(with(HOST));
        assertThat(offered(remembering(HOST), OTHER).reasons().getFirst().message())
                .contains("911111111 or 922222222 or 933333333, found 944444444")
                .contains("--accept-organization 944444444");
    }

    @Test
    void remember_aRejectedCertificateDecidesNothing() {
        PartyDecision decision = new Scene()
                .organization(facts(OrganizationMode.REMEMBER))
                .offered(certificate(1), with(OTHER, ReasonCode.UNTRUSTED), true)
                .offered(certificate(2), with(HOST), true)
                .decide();

        assertThat(decision.organizations()).containsExactly(HOST);
    }

    @Test
    void certificateWithoutNumber_isAcceptedByReportAlone() {
        Assessment none = Verdicts.of(
                new no.sertsynk.model.SubjectIdentity(Optional.empty(), "Part", List.of()), Set.of(Purpose.ENCRYPTION));
        for (OrganizationMode mode : OrganizationMode.values()) {
            CertificateDecision decision = only(new Scene()
                    .organization(facts(mode))
                    .offered(certificate(1), none, true)
                    .decide());
            assertThat(decision.action())
                    .as(mode.toString())
                    .isEqualTo(mode == OrganizationMode.REPORT ? Action.ADD : Action.REJECT);
        }
    }

    @Test
    void installedWithANumberThatChangedSettingsForbid_isRemoved() {
        CertificateDecision decision = only(new Scene()
                .organization(facts(OrganizationMode.REQUIRE, Optional.empty(), Set.of(HOST)))
                .installed(certificate(1), with(HOST), Purpose.ENCRYPTION, true)
                .problem(ReasonCode.DIRECTORY_UNAVAILABLE)
                .decide());

        assertThat(decision.action()).isEqualTo(Action.REMOVE);
    }

    @ParameterizedTest
    @EnumSource(OrganizationMode.class)
    void registerThatToldNothing_saysNothingAgainstWhatIsInstalled(OrganizationMode mode) {
        OrganizationFacts unknown = new OrganizationFacts(mode, Optional.empty(), Optional.empty(), Set.of(HOST), true);
        CertificateDecision decision = only(new Scene()
                .organization(unknown)
                .installed(certificate(1), with(OWN), Purpose.ENCRYPTION, true)
                .problem(ReasonCode.REGISTER_UNAVAILABLE)
                .decide());

        assertThat(decision.action()).isEqualTo(Action.KEEP);
    }

    @Test
    void notYetValid_isToldOfItsNumberBeforehandWhereThatIsDecided() {
        CertificateDecision wrong = only(new Scene()
                .organization(remembering(HOST))
                .offered(certificate(1), with(OTHER, ReasonCode.NOT_YET_VALID), true)
                .decide());
        CertificateDecision open = only(new Scene()
                .organization(facts(OrganizationMode.REMEMBER))
                .offered(certificate(1), with(OTHER, ReasonCode.NOT_YET_VALID), true)
                .decide());

        assertThat(wrong.action()).isEqualTo(Action.REJECT);
        assertThat(codes(wrong.reasons())).containsExactly(ReasonCode.NOT_YET_VALID, ReasonCode.WRONG_ORGANIZATION);
        assertThat(open.role()).isEqualTo(Role.NEXT);
    }

    @Test
    void doubtAboutRevocation_doesNotHideAWrongNumber() {
        CertificateDecision decision = only(new Scene()
                .organization(remembering(HOST))
                .offered(certificate(1), with(OTHER, ReasonCode.REVOCATION_UNKNOWN), true)
                .decide());

        assertThat(decision.assessment().verdict()).isEqualTo(Verdict.REJECTED);
    }
}
