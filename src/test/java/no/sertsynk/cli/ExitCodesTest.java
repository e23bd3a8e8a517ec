package no.sertsynk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.HerId;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.rollover.Action;
import no.sertsynk.rollover.PaperCertificate;
import no.sertsynk.rollover.Role;
import no.sertsynk.rollover.Verdicts;
import no.sertsynk.sync.CertificateReport;
import no.sertsynk.sync.KeystoreReport;
import no.sertsynk.sync.Outcome;
import no.sertsynk.sync.PartyReport;
import no.sertsynk.sync.SyncReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a run ends with, and which reason goes before which. */
class ExitCodesTest {
    private static final Instant AT = Instant.parse("2026-11-24T12:00:00Z");
    private final List<CertificateReport> certificates = new ArrayList<>();
    private Outcome outcome = Outcome.UNCHANGED;
    private Optional<ReasonCode> stopped = Optional.empty();
    private Optional<ReasonCode> keystore = Optional.empty();
    private boolean changed;

    private ExitCodesTest certificate(Role role, Action action, ReasonCode... codes) {
        Assessment assessment = Verdicts.encryption(codes);
        certificates.add(new CertificateReport(
                Purpose.ENCRYPTION,
                PaperCertificate.of("Part", certificates.size() + 1L, AT, AT.plusSeconds(1)),
                assessment,
                role,
                action,
                Optional.empty(),
                Optional.empty(),
                assessment.reasons(),
                List.of()));
        return this;
    }

    private static Reason reason(ReasonCode code) {
        return Reason.of(code, "because of " + code);
    }

    private int code(boolean tellChanges) {
        PartyReport party = new PartyReport(
                new HerId(1), "", Optional.empty(), List.of(), outcome, List.of(), List.of(), certificates);
        KeystoreReport file = new KeystoreReport(
                "dit",
                Path.of("/srv/dit"),
                changed,
                1,
                1,
                keystore.map(ExitCodesTest::reason).stream().toList(),
                List.of(),
                Optional.empty(),
                List.of());
        return ExitCodes.of(
                new SyncReport(
                        "run", AT, AT, tellChanges, stopped.map(ExitCodesTest::reason), List.of(party), List.of(file)),
                tellChanges);
    }

    @Test
    void nothingToDo_isZero() {
        certificate(Role.CURRENT, Action.KEEP);

        assertThat(code(false)).isZero();
        assertThat(code(true)).isZero();
    }

    @Test
    void changesDue_areTenOnlyWhereAskedFor() {
        changed = true;

        assertThat(code(true)).isEqualTo(10);
        assertThat(code(false)).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"FAILED", "REJECTED", "UNDETERMINED"})
    void anyBadParty_isOneAndGoesBeforeTen(Outcome bad) {
        outcome = bad;
        changed = true;

        assertThat(code(true)).isEqualTo(1);
    }

    @Test
    void keystoreOrHookThatFailed_isOne() {
        keystore = Optional.of(ReasonCode.KEYSTORE_FAILED);
        assertThat(code(false)).isEqualTo(1);

        keystore = Optional.of(ReasonCode.HOOK_FAILED);
        assertThat(code(false)).isEqualTo(1);
    }

    @Test
    void registerThatCouldNotBeAsked_isThreeAndGoesBeforeOne() {
        outcome = Outcome.UNDETERMINED;
        stopped = Optional.of(ReasonCode.REGISTER_UNAVAILABLE);

        assertThat(code(true)).isEqualTo(3);
    }

    @Test
    void guard_isFourAndGoesBeforeOne() {
        outcome = Outcome.REJECTED;
        changed = true;
        stopped = Optional.of(ReasonCode.GUARD);

        assertThat(code(true)).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(
            value = ReasonCode.class,
            names = {"EXPIRED", "REVOKED", "NOT_YET_VALID"})
    void timeOfACertificate_countsOnlyWithoutAnAcceptedCurrentOne(ReasonCode code) {
        certificate(Role.NONE, Action.REJECT, code);
        assertThat(code(false)).isEqualTo(1);

        certificate(Role.CURRENT, Action.KEEP);
        assertThat(code(false)).isZero();
    }

    @Test
    void expiredAndAlsoWeak_isAnExpiredCertificate() {
        certificate(Role.NONE, Action.REJECT, ReasonCode.WEAK_SIGNATURE, ReasonCode.EXPIRED)
                .certificate(Role.CURRENT, Action.KEEP);

        assertThat(code(false)).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = ReasonCode.class,
            names = {"UNTRUSTED", "BAD_SIGNATURE", "WRONG_ORGANIZATION", "WEAK_KEY"})
    void otherRejection_countsAlsoBesideAnAcceptedCurrentOne(ReasonCode code) {
        certificate(Role.NONE, Action.REJECT, code).certificate(Role.CURRENT, Action.KEEP);

        assertThat(code(false)).isEqualTo(1);
    }

    @Test
    void currentInDoubt_doesNotExcuseARevokedOne() {
        certificate(Role.NONE, Action.REMOVE, ReasonCode.REVOKED)
                .certificate(Role.CURRENT, Action.KEEP, ReasonCode.REVOCATION_UNKNOWN);

        assertThat(code(false)).isEqualTo(1);
    }

    @Test
    void droppedAndPastItsTime_isNoProblem() {
        certificate(Role.CURRENT, Action.KEEP);
        certificates.add(new CertificateReport(
                Purpose.ENCRYPTION,
                PaperCertificate.of("Part", 9, AT, AT.plusSeconds(1)),
                Verdicts.of(Verdicts.PARTY, Set.of(Purpose.ENCRYPTION)),
                Role.NONE,
                Action.REMOVE,
                Optional.empty(),
                Optional.empty(),
                List.of(reason(ReasonCode.REGISTER_MISMATCH)),
                List.of()));

        assertThat(code(false)).isZero();
    }
}
