package no.sertsynk.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.HerId;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.rollover.Action;
import no.sertsynk.rollover.CertificateDecision;
import no.sertsynk.rollover.PaperCertificate;
import no.sertsynk.rollover.PartyDecision;
import no.sertsynk.rollover.Role;
import no.sertsynk.rollover.Verdicts;
import org.junit.jupiter.api.Test;

/** A party's outcome is the worst of its purposes. */
class PartyOutcomeTest {
    private static final HerId PARTY = new HerId(1);
    private static final Set<Purpose> BOTH = Set.of(Purpose.ENCRYPTION, Purpose.SIGNATURE);
    private final List<CertificateDecision> certificates = new ArrayList<>();
    private final List<Reason> reasons = new ArrayList<>();
    private final List<Reason> malformed = new ArrayList<>();

    private PartyOutcomeTest decided(Purpose purpose, Role role, Action action, ReasonCode... codes) {
        int serial = certificates.size() + 1;
        PartnerCertificate certificate = PaperCertificate.of("Part", serial, World.day(-9), World.day(99));
        Assessment assessment = Verdicts.of(Verdicts.PARTY, Set.of(purpose), codes);
        certificates.add(new CertificateDecision(
                purpose,
                certificate,
                assessment,
                role,
                action,
                Optional.empty(),
                Optional.empty(),
                assessment.reasons()));
        return this;
    }

    private PartyOutcomeTest good(Purpose purpose) {
        return decided(purpose, Role.CURRENT, Action.KEEP);
    }

    private PartyReport report(boolean failed) {
        PartyFindings findings = new PartyFindings(
                true,
                true,
                "Part",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                malformed,
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty());
        PartyDecision decision = new PartyDecision(reasons, List.of(), certificates, Set.of(), Map.of());
        return PartyOutcome.report(PARTY, findings, BOTH, decision, Map.of(), failed);
    }

    private Outcome outcome() {
        return report(false).outcome();
    }

    @Test
    void everyPurposeAsBefore_isUnchanged() {
        assertThat(good(Purpose.ENCRYPTION).good(Purpose.SIGNATURE).outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void anyChange_isUpdated() {
        good(Purpose.ENCRYPTION).decided(Purpose.SIGNATURE, Role.CURRENT, Action.ADD);

        assertThat(outcome()).isEqualTo(Outcome.UPDATED);
    }

    @Test
    void purposeWithoutAcceptedCurrent_isRejectedWhateverTheOtherIs() {
        decided(Purpose.ENCRYPTION, Role.CURRENT, Action.ADD)
                .decided(Purpose.SIGNATURE, Role.NONE, Action.REJECT, ReasonCode.REVOKED);

        assertThat(outcome()).isEqualTo(Outcome.REJECTED);
    }

    @Test
    void onePurposeInDoubtAndTheOtherRejected_isRejected() {
        decided(Purpose.ENCRYPTION, Role.CURRENT, Action.KEEP, ReasonCode.REVOCATION_UNKNOWN)
                .decided(Purpose.SIGNATURE, Role.NONE, Action.REJECT, ReasonCode.REVOKED);

        assertThat(outcome()).isEqualTo(Outcome.REJECTED);
    }

    @Test
    void rejectedOneThatAGuardKeepsCurrent_isRejected() {
        good(Purpose.ENCRYPTION).decided(Purpose.SIGNATURE, Role.CURRENT, Action.KEEP, ReasonCode.UNTRUSTED);

        assertThat(outcome()).isEqualTo(Outcome.REJECTED);
    }

    @Test
    void doubtBesideAnAcceptedCurrent_isUndetermined() {
        good(Purpose.ENCRYPTION)
                .good(Purpose.SIGNATURE)
                .decided(Purpose.SIGNATURE, Role.NONE, Action.WAIT, ReasonCode.REVOCATION_UNKNOWN);

        assertThat(outcome()).isEqualTo(Outcome.UNDETERMINED);
    }

    @Test
    void nobodyAnswered_isUndeterminedAlsoWithNothingInstalled() {
        reasons.add(Reason.of(ReasonCode.DIRECTORY_UNAVAILABLE, "down"));

        assertThat(outcome()).isEqualTo(Outcome.UNDETERMINED);
    }

    @Test
    void reasonOfThePartyItself_isRejectedWithEverythingInstalled() {
        good(Purpose.ENCRYPTION).good(Purpose.SIGNATURE);
        for (ReasonCode code : List.of(
                ReasonCode.PARTY_UNKNOWN,
                ReasonCode.PARTY_INACTIVE,
                ReasonCode.LDAP_STRING_MISSING,
                ReasonCode.LDAP_STRING_MALFORMED,
                ReasonCode.HOST_NOT_ALLOWED,
                ReasonCode.ENTRY_NOT_FOUND,
                ReasonCode.AMBIGUOUS)) {
            reasons.clear();
            reasons.add(Reason.of(code, "because"));
            assertThat(outcome()).as(code.toString()).isEqualTo(Outcome.REJECTED);
        }
    }

    @Test
    void localFailure_isWorst() {
        reasons.add(Reason.of(ReasonCode.PARTY_UNKNOWN, "because"));

        assertThat(report(true).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void stoppedBeforeItCouldInstall_isNotCalledRejected() {
        good(Purpose.ENCRYPTION).decided(Purpose.SIGNATURE, Role.NONE, Action.WAIT);

        assertThat(outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void garbageInTheDirectory_isAReasonOnlyWhereAPurposeLacksACurrentOne() {
        malformed.add(Reason.of(ReasonCode.MALFORMED_CERTIFICATE, "garbage"));
        good(Purpose.ENCRYPTION);
        assertThat(report(false).reasons()).isEqualTo(malformed);

        good(Purpose.SIGNATURE);
        assertThat(report(false).reasons()).isEmpty();
        assertThat(report(false).warnings()).isEqualTo(malformed);
    }
}
