package no.sertsynk.rollover;

import static no.sertsynk.rollover.Scene.certificate;
import static no.sertsynk.rollover.Scene.days;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import no.sertsynk.model.HerId;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.rollover.Guards.Pair;
import org.assertj.core.api.AbstractListAssert;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** What a run would take away, and what it does when that is held back. */
class WithholdingTest {
    private static final HerId PARTY = new HerId(1);
    private static final Pair PAIR = new Pair(PARTY, Purpose.ENCRYPTION);
    private static final Reason GUARD = Reason.of(ReasonCode.GUARD, "held back");
    private static final PartnerCertificate OLD = certificate(1);
    private static final PartnerCertificate NEW = certificate(2);
    private static final PartnerCertificate EXPIRED = PaperCertificate.of("Part", 30, days(-900), days(-1));

    private final List<Holding> holdings = new ArrayList<>();
    private final Map<HerId, PartyDecision> decisions = new HashMap<>();

    private Withholding of(Scene scene) {
        decisions.put(PARTY, scene.decide());
        scene.installed.forEach(
                installed -> holdings.add(new Holding(PAIR, installed.certificate(), installed.current())));
        return withholding();
    }

    private Withholding withholding() {
        return new Withholding(Scene.NOW, holdings, decisions, herId -> true);
    }

    private AbstractListAssert<?, List<? extends Tuple>, Tuple, ?> withoutRemovals(Scene scene) {
        return fates(of(scene).withoutRemovals(GUARD));
    }

    private static AbstractListAssert<?, List<? extends Tuple>, Tuple, ?> fates(Map<HerId, PartyDecision> decisions) {
        return assertThat(Objects.requireNonNull(decisions.get(PARTY)).certificates())
                .extracting(CertificateDecision::certificate, CertificateDecision::role, CertificateDecision::action);
    }

    @Test
    void pairWhoseLastEntryIsRevoked_isLosing() {
        Withholding withholding = of(new Scene().current(OLD, ReasonCode.REVOKED));

        assertThat(withholding.installed()).containsExactly(PAIR);
        assertThat(withholding.losing()).containsExactly(PAIR);
    }

    @Test
    void pairThatGetsAnotherInTheSameRun_isNotLosing() {
        assertThat(of(new Scene().current(OLD, ReasonCode.REVOKED).named(NEW)).losing())
                .isEmpty();
    }

    @Test
    void expiry_isNoLossButAnExpiredAuthorityIs() {
        assertThat(of(new Scene().current(EXPIRED, ReasonCode.EXPIRED)).losing())
                .isEmpty();
        assertThat(of(new Scene().current(OLD, ReasonCode.EXPIRED)).losing())
                .as("its own date has not come: the issuer has expired")
                .containsExactly(PAIR);
    }

    @Test
    void partyThatNoDecisionSpeaksOf_isLosingIfTheRunTouchesIt() {
        holdings.add(new Holding(PAIR, OLD, true));

        assertThat(withholding().losing()).containsExactly(PAIR);
        assertThat(new Withholding(Scene.NOW, holdings, decisions, herId -> false).losing())
                .isEmpty();
    }

    @Test
    void purposeThatNoDecisionSpeaksOf_isLosing() {
        Pair signature = new Pair(PARTY, Purpose.SIGNATURE);
        holdings.add(new Holding(signature, NEW, true));

        assertThat(of(new Scene().current(OLD).named(OLD)).losing()).containsExactly(signature);
    }

    @Test
    void withheldRemoval_staysCurrentWhereNothingElseIs() {
        withoutRemovals(new Scene().current(OLD, ReasonCode.UNTRUSTED).parallel(NEW, ReasonCode.REVOKED))
                .containsExactlyInAnyOrder(
                        tuple(OLD, Role.CURRENT, Action.KEEP), tuple(NEW, Role.PARALLEL, Action.KEEP));
    }

    @Test
    void withheldRemoval_isParallelBesideWhatIsAddedOrPromoted() {
        withoutRemovals(new Scene().current(OLD, ReasonCode.REVOKED).named(NEW))
                .containsExactlyInAnyOrder(
                        tuple(NEW, Role.CURRENT, Action.ADD), tuple(OLD, Role.PARALLEL, Action.KEEP));
    }

    @Test
    void withheldRemovalsOfWhichNoneWasCurrent_leaveThePreferredOneCurrent() {
        withoutRemovals(new Scene().parallel(OLD, ReasonCode.UNTRUSTED).parallel(NEW, ReasonCode.UNTRUSTED))
                .containsExactlyInAnyOrder(
                        tuple(NEW, Role.CURRENT, Action.KEEP), tuple(OLD, Role.PARALLEL, Action.KEEP));
    }

    @Test
    void withheldRemoval_tellsItsReasonAndTheGuards() {
        Map<HerId, PartyDecision> kept =
                of(new Scene().current(OLD, ReasonCode.REVOKED)).withoutRemovals(GUARD);

        assertThat(Objects.requireNonNull(kept.get(PARTY)).certificates())
                .singleElement()
                .satisfies(fate -> assertThat(fate.reasons())
                        .extracting(Reason::code)
                        .containsExactly(ReasonCode.REVOKED, ReasonCode.GUARD));
    }

    @Test
    void expiry_isNotWithheld() {
        withoutRemovals(new Scene().current(EXPIRED, ReasonCode.EXPIRED).parallel(OLD, ReasonCode.REVOKED))
                .containsExactlyInAnyOrder(
                        tuple(EXPIRED, Role.NONE, Action.REMOVE), tuple(OLD, Role.CURRENT, Action.KEEP));
    }

    @Test
    void stoppedRun_changesNothing() {
        Map<HerId, PartyDecision> stopped = of(new Scene()
                        .current(OLD)
                        .parallel(EXPIRED, ReasonCode.EXPIRED)
                        .named(NEW))
                .withoutChanges(GUARD);

        fates(stopped)
                .containsExactlyInAnyOrder(
                        tuple(OLD, Role.CURRENT, Action.KEEP),
                        tuple(EXPIRED, Role.PARALLEL, Action.KEEP),
                        tuple(NEW, Role.NONE, Action.WAIT));
    }
}
