package no.sertsynk.rollover;

import static no.sertsynk.rollover.Scene.NOW;
import static no.sertsynk.rollover.Scene.certificate;
import static no.sertsynk.rollover.Scene.days;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import org.assertj.core.api.AbstractListAssert;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules on candidates, current, not yet valid, announced, dropped, one by one. */
class RolloverTest {
    private static final PartnerCertificate OLD = certificate(1);
    private static final PartnerCertificate NEW = certificate(2);
    private static final PartnerCertificate NEWEST = certificate(3);

    private static AbstractListAssert<?, List<? extends Tuple>, Tuple, ?> fates(PartyDecision decision) {
        return assertThat(decision.certificates())
                .extracting(CertificateDecision::certificate, CertificateDecision::role, CertificateDecision::action);
    }

    private static Optional<PartnerCertificate> current(PartyDecision decision) {
        return decision.current(Purpose.ENCRYPTION).map(CertificateDecision::certificate);
    }

    private static List<ReasonCode> codes(List<Reason> reasons) {
        return reasons.stream().map(Reason::code).toList();
    }

    @Test
    void acceptedCandidates_areAllInstalledAndTheLatestIsCurrent() {
        PartyDecision decision = new Scene().named(OLD).named(NEWEST).named(NEW).decide();

        fates(decision)
                .containsExactlyInAnyOrder(
                        tuple(NEWEST, Role.CURRENT, Action.ADD),
                        tuple(NEW, Role.PARALLEL, Action.ADD),
                        tuple(OLD, Role.PARALLEL, Action.ADD));
        assertThat(decision.reasons()).isEmpty();
    }

    @Test
    void sameStart_theLaterEndThenTheSmallerDigestIsCurrent() {
        PartnerCertificate brief = PaperCertificate.of("Part", 20, days(-9), days(100));
        PartnerCertificate lasting = PaperCertificate.of("Part", 21, days(-9), days(200));
        PartnerCertificate twin = PaperCertificate.of("Part", 22, days(-9), days(200));
        PartnerCertificate smaller = lasting.sha256().compareTo(twin.sha256()) < 0 ? lasting : twin;

        assertThat(current(new Scene().named(brief).named(lasting).decide())).contains(lasting);
        assertThat(current(new Scene().named(twin).named(brief).named(lasting).decide()))
                .contains(smaller);
    }

    @Test
    void registersOwn_isCurrentBeforeALaterOne() {
        PartyDecision decision =
                new Scene().named(OLD).named(NEW).registersOwn(OLD).decide();

        assertThat(current(decision)).contains(OLD);
        assertThat(decision.warnings()).isEmpty();
    }

    @Test
    void newerCandidate_becomesCurrentAndTheOldOneThatIsStillNamedStays() {
        fates(new Scene().current(OLD).named(OLD).named(NEW).decide())
                .containsExactlyInAnyOrder(
                        tuple(NEW, Role.CURRENT, Action.ADD), tuple(OLD, Role.PARALLEL, Action.KEEP));
    }

    @Test
    void installedThatIsNoCandidate_isParallelAlsoIfItIsLater() {
        fates(new Scene().current(NEW).named(OLD).decide())
                .containsExactlyInAnyOrder(
                        tuple(OLD, Role.CURRENT, Action.ADD), tuple(NEW, Role.PARALLEL, Action.RETIRE));
    }

    @Test
    void registersOwnOutsideTheCandidates_keepsTheInstalledCurrentAndTheNewOneIsParallel() {
        PartyDecision decision =
                new Scene().current(OLD).named(NEW).registersOwn(NEWEST).decide();

        fates(decision)
                .containsExactlyInAnyOrder(
                        tuple(OLD, Role.CURRENT, Action.KEEP), tuple(NEW, Role.PARALLEL, Action.ADD));
        assertThat(codes(decision.warnings())).containsExactly(ReasonCode.REGISTER_MISMATCH);
    }

    @Test
    void registersOwnOutsideTheCandidates_doesNotLetTheCurrentOneAge() {
        Scene scene = new Scene().current(OLD).named(NEW).registersOwn(NEWEST).dropped(OLD, days(-40));
        scene.keepPrevious = Optional.of(Duration.ofDays(30));
        PartyDecision decision = scene.decide();

        assertThat(current(decision)).contains(OLD);
        assertThat(decision.droppedAt()).isEmpty();
    }

    @Test
    void registersOwnOutsideTheCandidates_doesNotKeepARevokedCurrentOne() {
        fates(new Scene()
                        .current(OLD, ReasonCode.REVOKED)
                        .named(NEW)
                        .registersOwn(NEWEST)
                        .decide())
                .containsExactlyInAnyOrder(tuple(NEW, Role.CURRENT, Action.ADD), tuple(OLD, Role.NONE, Action.REMOVE));
    }

    @Test
    void registersOwnThatIsRejected_isNoMismatchAndNotCurrent() {
        PartyDecision decision = new Scene()
                .named(OLD)
                .named(NEW, ReasonCode.EXPIRED)
                .registersOwn(NEW)
                .decide();

        assertThat(current(decision)).contains(OLD);
        assertThat(decision.warnings()).isEmpty();
    }

    @Test
    void certificateForTwoPurposes_isInstalledForBoth() {
        Scene scene = new Scene();
        scene.purposes = Set.of(Purpose.ENCRYPTION, Purpose.AUTHENTICATION);
        scene.offered(OLD, Verdicts.of(Verdicts.PARTY, scene.purposes), true);

        assertThat(scene.decide().certificates())
                .extracting(CertificateDecision::purpose, CertificateDecision::role)
                .containsExactlyInAnyOrder(
                        tuple(Purpose.ENCRYPTION, Role.CURRENT), tuple(Purpose.AUTHENTICATION, Role.CURRENT));
    }

    @Test
    void currentForOnePurpose_isNotRetiredForAnother() {
        Set<Purpose> both = Set.of(Purpose.SIGNATURE, Purpose.AUTHENTICATION);
        Scene scene = new Scene();
        scene.purposes = both;
        scene.keepPrevious = Optional.of(Duration.ZERO);
        scene.installed(OLD, Verdicts.of(Verdicts.PARTY, both), Purpose.SIGNATURE, true)
                .installed(OLD, Verdicts.of(Verdicts.PARTY, both), Purpose.AUTHENTICATION, true)
                .offered(NEW, Verdicts.of(Verdicts.PARTY, Set.of(Purpose.SIGNATURE)), true);

        assertThat(scene.decide().certificates())
                .extracting(
                        CertificateDecision::purpose,
                        CertificateDecision::certificate,
                        CertificateDecision::role,
                        CertificateDecision::action)
                .containsExactlyInAnyOrder(
                        tuple(Purpose.SIGNATURE, NEW, Role.CURRENT, Action.ADD),
                        tuple(Purpose.SIGNATURE, OLD, Role.PARALLEL, Action.KEEP),
                        tuple(Purpose.AUTHENTICATION, OLD, Role.CURRENT, Action.KEEP));
    }

    @Test
    void installedForAPurposeThatItsKeyUsageForbids_isRemoved() {
        Scene scene = new Scene();
        scene.installed(OLD, Verdicts.of(Verdicts.PARTY, Set.of(Purpose.SIGNATURE)), Purpose.ENCRYPTION, true)
                .named(NEW);

        assertThat(scene.decide().certificates())
                .filteredOn(fate -> fate.action() == Action.REMOVE)
                .singleElement()
                .satisfies(fate -> assertThat(codes(fate.reasons())).containsExactly(ReasonCode.WRONG_KEY_USAGE));
    }

    @Test
    void noCertificateForAPurpose_isToldAsKeyUsage() {
        PartyDecision decision = new Scene()
                .offered(OLD, Verdicts.of(Verdicts.PARTY, Set.of(Purpose.SIGNATURE)), true)
                .decide();

        assertThat(codes(decision.reasons())).containsExactly(ReasonCode.WRONG_KEY_USAGE);
        assertThat(decision.certificates()).isEmpty();
    }

    @Test
    void certificateWithoutAnyPurpose_isShownAsRejectedAndNeverInstalled() {
        PartyDecision decision = new Scene()
                .offered(OLD, Verdicts.of(Verdicts.PARTY, Set.of()), true)
                .decide();

        fates(decision).containsExactly(tuple(OLD, Role.NONE, Action.REJECT));
    }

    @Test
    void missingSerial_isAWarningWhereThePurposeHasACandidateElseAReason() {
        Scene served = new Scene().named(NEW);
        served.missing.add(NEWEST.serial());
        Scene unserved = new Scene().named(NEW, ReasonCode.REVOKED);
        unserved.missing.add(NEWEST.serial());

        assertThat(codes(served.decide().warnings())).containsExactly(ReasonCode.ENTRY_NOT_FOUND);
        assertThat(served.decide().reasons()).isEmpty();
        assertThat(codes(unserved.decide().reasons())).containsExactly(ReasonCode.ENTRY_NOT_FOUND);
    }

    @Test
    void missingSerial_isAReasonAlsoWhereAnAnnouncedOneIsAccepted() {
        Scene scene = new Scene().announced(NEW, days(5));
        scene.missing.add(OLD.serial());

        assertThat(codes(scene.decide().reasons())).containsExactly(ReasonCode.ENTRY_NOT_FOUND);
    }

    @Test
    void emptyString_isAReasonOnlyWhereAPurposeIsLeftWithout() {
        Scene unserved = new Scene().current(OLD);
        unserved.empty.add("ldap://a/");
        Scene served = new Scene().named(OLD);
        served.empty.add("ldap://a/");

        assertThat(codes(unserved.decide().reasons())).containsExactly(ReasonCode.ENTRY_NOT_FOUND);
        fates(unserved.decide()).containsExactly(tuple(OLD, Role.CURRENT, Action.KEEP));
        assertThat(codes(served.decide().warnings())).containsExactly(ReasonCode.ENTRY_NOT_FOUND);
    }

    @Test
    void installedWhoseSerialIsNamedAndMissing_isNotDropped() {
        Scene scene = new Scene().current(OLD).named(NEW).dropped(OLD, days(-40));
        scene.missing.add(OLD.serial());
        scene.keepPrevious = Optional.of(Duration.ofDays(30));

        fates(scene.decide()).contains(tuple(OLD, Role.PARALLEL, Action.KEEP));
        assertThat(scene.decide().droppedAt()).isEmpty();
    }

    @Test
    void dropped_isRetiredKeptForAWhileThenRemoved() {
        Scene scene = new Scene().current(OLD).named(NEW);
        scene.keepPrevious = Optional.of(Duration.ofDays(30));
        PartyDecision first = scene.decide();
        fates(first).contains(tuple(OLD, Role.PARALLEL, Action.RETIRE));
        assertThat(first.certificates())
                .filteredOn(fate -> fate.certificate().equals(OLD))
                .singleElement()
                .satisfies(fate -> assertThat(fate.until()).contains(days(30)));
        assertThat(first.droppedAt()).containsEntry(OLD.sha256(), NOW);

        Scene later = new Scene().current(NEW).parallel(OLD).named(NEW).dropped(OLD, NOW);
        later.keepPrevious = scene.keepPrevious;
        later.at = days(30).minusSeconds(1);
        fates(later.decide()).contains(tuple(OLD, Role.PARALLEL, Action.KEEP));
        later.at = days(30);
        fates(later.decide()).contains(tuple(OLD, Role.NONE, Action.REMOVE));
    }

    @Test
    void droppedWithoutDuration_staysUntilItExpires() {
        Scene scene = new Scene().current(OLD).named(NEW).dropped(OLD, days(-300));

        assertThat(scene.decide().certificates())
                .filteredOn(fate -> fate.certificate().equals(OLD))
                .singleElement()
                .satisfies(fate -> assertThat(fate.until()).contains(OLD.notAfter()));
    }

    @Test
    void droppedAndToBeRemoved_isRememberedInCaseItIsNotRemoved() {
        Scene scene = new Scene().current(NEW).parallel(OLD).named(NEW).dropped(OLD, days(-40));
        scene.keepPrevious = Optional.of(Duration.ofDays(30));

        assertThat(scene.decide().droppedAt()).containsEntry(OLD.sha256(), days(-40));
    }

    @Test
    void droppedAndNamedAgain_isForgottenAsDropped() {
        PartyDecision decision = new Scene()
                .current(NEW)
                .parallel(OLD)
                .named(NEW)
                .named(OLD)
                .dropped(OLD, days(-40))
                .decide();

        assertThat(decision.droppedAt()).isEmpty();
    }

    @Test
    void droppedAndInDoubt_staysPastItsTime() {
        Scene scene = new Scene()
                .current(NEW)
                .parallel(OLD, ReasonCode.REVOCATION_UNKNOWN)
                .named(NEW)
                .dropped(OLD, days(-40));
        scene.keepPrevious = Optional.of(Duration.ofDays(30));

        fates(scene.decide()).contains(tuple(OLD, Role.PARALLEL, Action.KEEP));
    }

    @Test
    void droppedWithoutAcceptedSuccessor_staysCurrent() {
        Scene scene = new Scene().current(OLD).named(NEW, ReasonCode.REVOKED).dropped(OLD, days(-40));
        scene.keepPrevious = Optional.of(Duration.ofDays(30));

        fates(scene.decide()).contains(tuple(OLD, Role.CURRENT, Action.KEEP));
    }

    @ParameterizedTest
    @EnumSource(
            value = ReasonCode.class,
            names = {
                "REGISTER_UNAVAILABLE",
                "DIRECTORY_UNAVAILABLE",
                "LIMIT_EXCEEDED",
                "PARTY_UNKNOWN",
                "PARTY_INACTIVE",
                "LDAP_STRING_MISSING",
                "LDAP_STRING_MALFORMED",
                "HOST_NOT_ALLOWED"
            })
    void problemOfTheParty_removesNothingAndDoesNotLetTimeRunAnew(ReasonCode code) {
        Scene scene = new Scene().current(NEW).parallel(OLD).problem(code).dropped(OLD, days(-40));
        scene.keepPrevious = Optional.of(Duration.ofDays(30));
        PartyDecision decision = scene.decide();

        fates(decision)
                .containsExactlyInAnyOrder(
                        tuple(NEW, Role.CURRENT, Action.KEEP), tuple(OLD, Role.PARALLEL, Action.KEEP));
        assertThat(decision.droppedAt()).containsEntry(OLD.sha256(), days(-40));
        assertThat(codes(decision.reasons())).containsExactly(code);
    }

    @Test
    void oneOfTwoDirectoriesDown_addsWhatTheOtherNamesAndDisplacesNothing() {
        fates(new Scene()
                        .current(OLD)
                        .named(NEW)
                        .problem(ReasonCode.DIRECTORY_UNAVAILABLE)
                        .decide())
                .containsExactlyInAnyOrder(
                        tuple(OLD, Role.CURRENT, Action.KEEP), tuple(NEW, Role.PARALLEL, Action.ADD));
    }

    @Test
    void oneOfTwoStringsMalformed_doesNotHinderTheRollover() {
        fates(new Scene()
                        .current(OLD)
                        .named(NEW)
                        .problem(ReasonCode.LDAP_STRING_MALFORMED)
                        .decide())
                .containsExactlyInAnyOrder(
                        tuple(NEW, Role.CURRENT, Action.ADD), tuple(OLD, Role.PARALLEL, Action.KEEP));
    }

    @ParameterizedTest
    @EnumSource(
            value = ReasonCode.class,
            names = {"REVOKED", "EXPIRED", "UNTRUSTED", "WEAK_KEY", "WRONG_POLICY"})
    void installedThatIsRejected_isRemovedWhetherNamedOrNot(ReasonCode code) {
        fates(new Scene()
                        .current(NEW, code)
                        .parallel(OLD)
                        .named(NEW, code)
                        .named(OLD)
                        .decide())
                .containsExactlyInAnyOrder(
                        tuple(OLD, Role.CURRENT, Action.PROMOTE), tuple(NEW, Role.NONE, Action.REMOVE));
        fates(new Scene().current(NEW, code).problem(ReasonCode.PARTY_UNKNOWN).decide())
                .containsExactly(tuple(NEW, Role.NONE, Action.REMOVE));
    }

    @Test
    void currentInDoubt_staysCurrentBeforeAnOlderOneButNotBeforeANewerOne() {
        ReasonCode doubt = ReasonCode.REVOCATION_UNKNOWN;

        assertThat(current(new Scene()
                        .current(NEW, doubt)
                        .named(NEW, doubt)
                        .named(OLD)
                        .decide()))
                .contains(NEW);
        assertThat(current(new Scene()
                        .current(OLD, doubt)
                        .named(OLD, doubt)
                        .named(NEW)
                        .decide()))
                .contains(NEW);
    }

    @Test
    void candidateInDoubt_isNotInstalled() {
        fates(new Scene().named(NEW, ReasonCode.REVOCATION_UNKNOWN).decide())
                .containsExactly(tuple(NEW, Role.NONE, Action.WAIT));
    }

    @Test
    void onHold_goesAndComesBackWhileTheRegisterNamesIt() {
        fates(new Scene()
                        .current(OLD, ReasonCode.REVOKED)
                        .named(OLD, ReasonCode.REVOKED)
                        .decide())
                .containsExactly(tuple(OLD, Role.NONE, Action.REMOVE));
        fates(new Scene().named(OLD, ReasonCode.REVOKED).decide())
                .containsExactly(tuple(OLD, Role.NONE, Action.REJECT));
        fates(new Scene().named(OLD).decide()).containsExactly(tuple(OLD, Role.CURRENT, Action.ADD));
    }

    @Test
    void notYetValid_waitsAsNextAndTheOldOneStaysCurrentAlsoIfItIsNamedNoMore() {
        PartyDecision decision =
                new Scene().current(OLD).named(NEW, ReasonCode.NOT_YET_VALID).decide();

        fates(decision)
                .containsExactlyInAnyOrder(tuple(OLD, Role.CURRENT, Action.KEEP), tuple(NEW, Role.NEXT, Action.WAIT));
        assertThat(decision.certificates())
                .filteredOn(fate -> fate.role() == Role.NEXT)
                .singleElement()
                .satisfies(fate -> assertThat(fate.until()).contains(NEW.notBefore()));
        assertThat(decision.droppedAt()).isEmpty();

        fates(new Scene().current(OLD).named(NEW).decide())
                .contains(tuple(NEW, Role.CURRENT, Action.ADD), tuple(OLD, Role.PARALLEL, Action.RETIRE));
    }

    @Test
    void notYetValidAndUntrusted_isRejected() {
        fates(new Scene()
                        .named(NEW, ReasonCode.NOT_YET_VALID, ReasonCode.UNTRUSTED)
                        .decide())
                .containsExactly(tuple(NEW, Role.NONE, Action.REJECT));
    }

    @Test
    void announced_isParallelUntilItTakesEffectThenCurrent() {
        fates(new Scene().current(NEW).named(NEW).announced(NEWEST, days(5)).decide())
                .containsExactlyInAnyOrder(
                        tuple(NEW, Role.CURRENT, Action.KEEP), tuple(NEWEST, Role.PARALLEL, Action.ADD));
        fates(new Scene()
                        .current(NEW)
                        .parallel(NEWEST)
                        .named(NEW)
                        .announced(NEWEST, NOW)
                        .decide())
                .containsExactlyInAnyOrder(
                        tuple(NEWEST, Role.CURRENT, Action.PROMOTE), tuple(NEW, Role.PARALLEL, Action.KEEP));
    }

    @Test
    void announcedThatTookEffect_isCurrentBeforeALaterOneAndBeforeTheRegistersOwnOfBefore() {
        assertThat(current(new Scene()
                        .current(NEW)
                        .named(NEW)
                        .registersOwn(NEW)
                        .announced(OLD, days(-1))
                        .decide()))
                .contains(OLD);
    }

    @Test
    void announcedThatIsRevokedMeanwhile_isRemovedAndLeavesTheCurrent() {
        fates(new Scene()
                        .current(NEW)
                        .parallel(NEWEST, ReasonCode.REVOKED)
                        .named(NEW)
                        .announced(NEWEST, days(5), ReasonCode.REVOKED)
                        .decide())
                .containsExactlyInAnyOrder(
                        tuple(NEW, Role.CURRENT, Action.KEEP), tuple(NEWEST, Role.NONE, Action.REMOVE));
    }

    @Test
    void announcedAndNothingElse_isCurrentAtOnce() {
        assertThat(current(new Scene().announced(NEW, days(5)).decide())).contains(NEW);
    }

    @Test
    void installedInTwoKeystoresWithDifferentRoles_isDecidedOnce() {
        fates(new Scene().parallel(OLD).current(OLD).named(OLD).decide())
                .containsExactly(tuple(OLD, Role.CURRENT, Action.KEEP));
    }
}
