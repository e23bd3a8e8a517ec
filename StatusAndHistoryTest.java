package no.sertsynk.state;

import static no.sertsynk.state.Reports.at;
import static no.sertsynk.state.Reports.keystore;
import static no.sertsynk.state.Reports.party;
import static no.sertsynk.state.Reports.rejected;
import static no.sertsynk.state.Reports.row;
import static no.sertsynk.state.Reports.run;
import static no.sertsynk.state.Reports.until;
import static no.sertsynk.state.Reports.warned;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.HerId;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.rollover.Action;
import no.sertsynk.rollover.Role;
import no.sertsynk.sync.CertificateFacts;
import no.sertsynk.sync.HistorySource.HistoryLine;
import no.sertsynk.sync.Outcome;
import no.sertsynk.sync.Status;
import no.sertsynk.sync.Status.Installed;
import no.sertsynk.sync.Status.NextEvent;
import no.sertsynk.sync.Status.NextEvent.What;
import no.sertsynk.sync.Status.PartyState;
import no.sertsynk.sync.Status.Problem;
import no.sertsynk.sync.Status.PurposeState;
import no.sertsynk.sync.SyncReport;
import no.sertsynk.sync.SyncState.Change;
import no.sertsynk.sync.SyncState.Entry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusAndHistoryTest {
    private static final PartnerCertificate ONE = TestCertificates.of(1);
    private static final PartnerCertificate TWO = TestCertificates.of(2);
    private static final PartnerCertificate THREE = TestCertificates.of(3);

    private final SqliteState state = SqliteState.inMemory();

    @AfterEach
    void close() {
        state.close();
    }

    @Test
    void status_tellsCurrentParallelAndNext() {
        Instant leaves = at(500);
        Instant enters = at(300);
        state.settle("run-1", at(1), "dit", 1, List.of(entry("a", ONE, Role.CURRENT)), List.of());
        state.settle("run-1", at(1), "epj", 1, List.of(entry("a", ONE, Role.CURRENT)), List.of());
        state.record(
                run(
                        1,
                        party(
                                1,
                                row(ONE, Role.CURRENT, Action.ADD),
                                until(row(TWO, Role.PARALLEL, Action.RETIRE), leaves),
                                until(row(THREE, Role.NEXT, Action.WAIT), enters))),
                List.of());

        PurposeState purpose = onlyPurpose();

        assertThat(purpose.purpose()).isEqualTo(Purpose.ENCRYPTION);
        assertThat(purpose.current())
                .contains(new Installed(CertificateFacts.of(ONE), Optional.empty(), List.of("dit", "epj")));
        assertThat(purpose.parallel())
                .containsExactly(new Installed(CertificateFacts.of(TWO), Optional.of(leaves), List.of()));
        assertThat(purpose.next())
                .containsExactly(
                        new NextEvent(What.INSTALL, enters, CertificateFacts.of(THREE)),
                        new NextEvent(What.REMOVE, leaves, CertificateFacts.of(TWO)),
                        new NextEvent(What.EXPIRE, TestCertificates.NOT_AFTER, CertificateFacts.of(ONE)));
        assertThat(purpose.problems()).isEmpty();
    }

    @Test
    void partialRun_leavesWhatWasDecidedOfOthers() {
        state.record(run(1, party(1, row(ONE, Role.CURRENT, Action.ADD)), party(2)), List.of());

        state.record(
                run(2, party(2, Outcome.REJECTED, List.of(Reason.of(ReasonCode.PARTY_UNKNOWN, "no such party")))),
                List.of());

        assertThat(state.status().parties())
                .extracting(PartyState::herId, PartyState::decidedAt, PartyState::outcome)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(new HerId(1), at(1), Outcome.UNCHANGED),
                        org.assertj.core.groups.Tuple.tuple(new HerId(2), at(2), Outcome.REJECTED));
        assertThat(state.status().parties().getFirst().purposes()).hasSize(1);
    }

    @Test
    void fewerCertificatesThanBefore_leaveNoOldRows() {
        state.record(
                run(
                        1,
                        party(1, row(ONE, Role.CURRENT, Action.ADD), row(TWO, Role.PARALLEL, Action.ADD))),
                List.of());

        state.record(run(2, party(1, row(TWO, Role.CURRENT, Action.PROMOTE))), List.of());

        assertThat(onlyPurpose().current().orElseThrow().certificate()).isEqualTo(CertificateFacts.of(TWO));
        assertThat(onlyPurpose().parallel()).isEmpty();
    }

    @Test
    void problem_keepsItsStartWhileItLasts_andBeginsAnewAfterARunWithoutIt() {
        PartnerCertificate bad = TWO;
        SyncReport broken1 = run(1, party(1, rejected(bad, ReasonCode.WEAK_KEY, "found 1024 bits")));
        SyncReport broken2 = run(2, party(1, rejected(bad, ReasonCode.WEAK_KEY, "found 1024 bits, again")));
        state.record(broken1, List.of());
        state.record(run(2, party(9)), List.of());
        state.record(broken2Renamed(broken2), List.of());

        assertThat(problems())
                .containsExactly(new Problem(
                        Problem.Severity.ERROR,
                        Reason.of(ReasonCode.WEAK_KEY, "found 1024 bits, again"),
                        at(1),
                        Optional.of(CertificateFacts.of(bad))));

        state.record(run(4, party(1, row(ONE, Role.CURRENT, Action.ADD))), List.of());
        state.record(run(5, party(1, rejected(bad, ReasonCode.WEAK_KEY, "found 1024 bits"))), List.of());

        assertThat(problems()).extracting(Problem::since).containsExactly(at(5));
    }

    private static SyncReport broken2Renamed(SyncReport report) {
        return new SyncReport(
                "run-3", at(3), at(3), false, Optional.empty(), report.parties(), report.keystores());
    }

    @Test
    void expiredOrRevokedBesideACurrent_isNoProblem_butAloneIs() {
        state.record(
                run(
                        1,
                        party(
                                1,
                                row(ONE, Role.CURRENT, Action.KEEP),
                                rejected(TWO, ReasonCode.REVOKED, "revoked yesterday"),
                                rejected(THREE, ReasonCode.UNTRUSTED, "unknown CA"))),
                List.of());
        assertThat(problems()).extracting(Problem::code).containsExactly(ReasonCode.UNTRUSTED);

        state.record(run(2, party(1, rejected(TWO, ReasonCode.REVOKED, "revoked yesterday"))), List.of());
        assertThat(problems()).extracting(Problem::code, Problem::since)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(ReasonCode.REVOKED, at(2)));
    }

    @Test
    void wrongOrganization_isAnAlertWithItsCertificate() {
        state.record(
                run(
                        1,
                        party(
                                1,
                                warned(
                                        row(ONE, Role.CURRENT, Action.ADD),
                                        ReasonCode.WRONG_ORGANIZATION,
                                        "expected 983544622, found 974749025"))),
                List.of());

        assertThat(state.status().organizationAlerts()).singleElement().satisfies(alert -> {
            assertThat(alert.herId()).isEqualTo(new HerId(1));
            assertThat(alert.purpose()).isEqualTo(Purpose.ENCRYPTION);
            assertThat(alert.problem().severity()).isEqualTo(Problem.Severity.WARNING);
            assertThat(alert.problem().certificate()).contains(CertificateFacts.of(ONE));
        });
    }

    @Test
    void partyProblem_needsNoCertificate() {
        Reason reason = Reason.of(ReasonCode.LDAP_STRING_MISSING, "expected a string\nfound none \\ nothing");
        state.record(run(1, party(1, Outcome.REJECTED, List.of(reason))), List.of());

        PartyState party = state.status().parties().getFirst();

        assertThat(party.problems())
                .containsExactly(new Problem(Problem.Severity.ERROR, reason, at(1), Optional.empty()));
        assertThat(party.purposes()).isEmpty();
        assertThat(party.name()).isEqualTo("Party 1");
        assertThat(party.organizationNumber()).contains(Reports.ORGANIZATION);
    }

    @Test
    void lastRun_tellsItsCountsAndWhyItStopped() {
        Reason guard = Reason.of(ReasonCode.GUARD, "max-change: 60 % would lose their last certificate");
        state.record(
                new SyncReport(
                        "r",
                        at(1),
                        at(2),
                        false,
                        Optional.of(guard),
                        List.of(party(1), party(2, Outcome.FAILED, List.of())),
                        List.of()),
                List.of());

        Status.RunSummary run = state.status().lastRun().orElseThrow();

        assertThat(run.stopped()).contains(guard);
        assertThat(run.parties()).isEqualTo(2);
        assertThat(run.finishedAt()).isEqualTo(at(2));
        assertThat(run.outcomes()).containsEntry(Outcome.UNCHANGED, 1).containsEntry(Outcome.FAILED, 1)
                .containsEntry(Outcome.REJECTED, 0).hasSize(Outcome.values().length);
    }

    @Test
    void keystores_tellTheirLatestResult() {
        Reason failed = Reason.of(ReasonCode.KEYSTORE_FAILED, "wrong password");
        state.settle("run-1", at(1), "dit", 3, List.of(entry("a", ONE, Role.CURRENT)), List.of());
        state.claim("cut-short", List.of());
        state.record(run(1, List.of(), List.of(keystore("dit", 3, 1))), List.of());
        state.record(run(2, List.of(), List.of(keystore("dit", 3, 1, failed), keystore("bad", 0, 0, failed))), List.of());
        state.record(run(3), List.of());

        List<Status.KeystoreState> keystores = state.status().keystores();

        assertThat(keystores).extracting(Status.KeystoreState::name).containsExactly("bad", "cut-short", "dit");
        assertThat(keystores.get(1).lastResult()).isEmpty();
        assertThat(keystores.get(2).generation()).isEqualTo(3);
        assertThat(keystores.get(2).entries()).isEqualTo(1);
        assertThat(keystores.get(2).lastResult().orElseThrow())
                .isEqualTo(new Status.KeystoreResult(
                        "run-2", at(2), java.nio.file.Path.of("/var/lib/dit.p12"), false, List.of(failed)));
    }

    @Test
    void history_isNewestFirst_forAllOrOneParty_upToTheLimit() {
        state.settle("run-1", at(1), "dit", 1, List.of(), List.of(change(ONE, 1, Action.ADD), change(TWO, 2, Action.ADD)));
        state.settle("run-2", at(2), "dit", 2, List.of(), List.of(change(ONE, 1, Action.REMOVE)));

        assertThat(state.history(Optional.empty(), 2))
                .containsExactly(line("run-2", at(2), ONE, 1, Action.REMOVE), line("run-1", at(1), TWO, 2, Action.ADD));
        assertThat(state.history(Optional.of(new HerId(1)), 10))
                .containsExactly(line("run-2", at(2), ONE, 1, Action.REMOVE), line("run-1", at(1), ONE, 1, Action.ADD));
    }

    @Test
    void subjectWithAZeroCharacter_isStored() {
        PartnerCertificate odd = TestCertificates.of(7, "CN=a\\00b");
        state.record(run(1, party(1, row(odd, Role.CURRENT, Action.ADD))), List.of());

        assertThat(onlyPurpose().current().orElseThrow().certificate().sha256()).isEqualTo(odd.sha256());
        assertThat(onlyPurpose().current().orElseThrow().certificate().subject()).doesNotContain("\0");
    }

    private PurposeState onlyPurpose() {
        return state.status().parties().getFirst().purposes().getFirst();
    }

    private List<Problem> problems() {
        return onlyPurpose().problems();
    }

    private static Entry entry(String alias, PartnerCertificate certificate, Role role) {
        return new Entry(alias, certificate.sha256(), new HerId(1), Purpose.ENCRYPTION, role, at(1));
    }

    private static Change change(PartnerCertificate certificate, int herId, Action action) {
        return new Change(action, "her-" + herId, certificate, new HerId(herId), Purpose.ENCRYPTION, "because");
    }

    private static HistoryLine line(
            String run, Instant at, PartnerCertificate certificate, int herId, Action action) {
        return new HistoryLine(
                at,
                run,
                "dit",
                action,
                "her-" + herId,
                CertificateFacts.of(certificate),
                new HerId(herId),
                Purpose.ENCRYPTION,
                "because");
    }
}
