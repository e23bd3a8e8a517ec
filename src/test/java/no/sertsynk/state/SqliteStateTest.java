package no.sertsynk.state;

import static no.sertsynk.state.Reports.at;
import static no.sertsynk.state.Reports.change;
import static no.sertsynk.state.Reports.entry;
import static no.sertsynk.state.Reports.keystore;
import static no.sertsynk.state.Reports.memory;
import static no.sertsynk.state.Reports.party;
import static no.sertsynk.state.Reports.reason;
import static no.sertsynk.state.Reports.row;
import static no.sertsynk.state.Reports.run;
import static no.sertsynk.state.Reports.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Secret;
import no.sertsynk.rollover.Action;
import no.sertsynk.rollover.Role;
import no.sertsynk.sync.KnownAnswer;
import no.sertsynk.sync.KnownAnswer.Stamp;
import no.sertsynk.sync.StatusSource.HistoryRow;
import no.sertsynk.sync.StatusSource.Problem;
import no.sertsynk.sync.SyncState.Claim;
import no.sertsynk.sync.SyncState.Entry;
import no.sertsynk.sync.SyncState.Hold;
import no.sertsynk.sync.SyncState.KeystoreMemory;
import no.sertsynk.sync.SyncState.Memory;
import no.sertsynk.sync.SyncState.PartyMemory;
import no.sertsynk.sync.SyncState.Seal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the state keeps of runs, keystores and certificates. */
class SqliteStateTest {
    private static final PartnerCertificate OLD = Reports.certificate();
    private static final PartnerCertificate NEW = Reports.certificate();
    private static final Entry BEFORE = entry("her-1-encryption", OLD, Role.CURRENT);
    private static final Entry AFTER = entry("her-1-encryption", NEW, Role.CURRENT);
    private static final Entry RETIRED = entry("her-1-encryption-1", OLD, Role.PARALLEL);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private SqliteState state;

    @BeforeEach
    void open() {
        state = SqliteState.open(StateFolder.create(folder), "kari");
    }

    @AfterEach
    void close() {
        state.close();
    }

    private void reopen() {
        state.close();
        open();
    }

    private KeystoreMemory dit() {
        return state.recall().keystore("dit");
    }

    private static Claim claim(int generation, List<Entry> put, List<Entry> leave) {
        return new Claim(
                "run-" + generation,
                at(generation),
                "dit",
                generation,
                put,
                leave,
                List.of(change(Action.ADD, put.getFirst().alias(), NEW)),
                Optional.empty());
    }

    private void settle(int generation, List<Entry> put, List<Entry> leave) {
        state.claim(claim(generation, put, leave));
        state.settle("dit");
    }

    private List<HistoryRow> history() {
        try (SqliteStatus status = SqliteStatus.open(folder).orElseThrow()) {
            return status.history(Optional.empty(), 100);
        }
    }

    private List<Problem> problems() {
        try (SqliteStatus status = SqliteStatus.open(folder).orElseThrow()) {
            return status.problems();
        }
    }

    @Test
    void newState_remembersNothing() {
        assertThat(state.recall()).isEqualTo(new Memory(Optional.empty(), Map.of(), Map.of()));
        assertThat(history()).isEmpty();
    }

    @Test
    void partyMemory_comesBackWhole() {
        PartyMemory full = new PartyMemory(
                new HerId(93238),
                "Party 93238",
                Set.of(new OrganizationNumber("983544622"), new OrganizationNumber("974749025")),
                List.of("ldap://a/b?c?sub?(x=\\5c)", "", "two\nlines", "ldap://a/b?c?sub?(x=\\5c)"),
                Optional.of(Instant.parse("2026-11-24T10:00:00.123Z")),
                Map.of(Purpose.ENCRYPTION, OLD.sha256(), Purpose.SIGNATURE, NEW.sha256()),
                Map.of(OLD.sha256(), at(0), NEW.sha256(), Instant.EPOCH),
                List.of(NEW),
                Optional.of(new KnownAnswer(
                        new Stamp(
                                "https://register.example/v1/AR/Basic",
                                at(0).plusMillis(7),
                                Optional.of(new HerId(93000)),
                                Optional.of(at(1))),
                        Optional.of(at(9)),
                        Optional.empty(),
                        Optional.of(new OrganizationNumber("983544622")),
                        List.of(NEW.sha256(), OLD.sha256()))));
        state.record(run(1, party(93238, row(NEW, Role.CURRENT, Action.ADD))), List.of(full), true);

        reopen();

        assertThat(state.recall().parties()).isEqualTo(Map.of(full.herId(), full));
        assertThat(state.recall().lastRunAt()).contains(at(1));
        assertThat(state.answeredCertificates()).containsExactly(Map.entry(NEW.sha256(), NEW)); // OLD was never seen
    }

    @Test
    void answerThatMayNotStandForAnother_isForgotten() {
        KnownAnswer answer = new KnownAnswer(
                new Stamp("https://register.example/v1/AR/Basic", at(0), Optional.empty(), Optional.empty()),
                Optional.empty(),
                Optional.of(Reports.NUMBER),
                Optional.empty(),
                List.of(OLD.sha256()));
        state.record(run(1, party(1), party(2)), List.of(memory(1, answer), memory(2, answer)), true);

        state.record(run(2, party(2)), List.of(memory(2)), false);
        reopen();

        assertThat(state.recall().parties())
                .isEqualTo(Map.of(new HerId(1), memory(1, answer), new HerId(2), memory(2)));
    }

    @Test
    void runOfOneParty_leavesTheOthersAsTheyWere() {
        state.record(run(1, party(1), party(2)), List.of(memory(1), memory(2)), true);
        state.record(run(2, party(2)), List.of(memory(2)), false);
        assertThat(state.recall().parties()).containsOnlyKeys(new HerId(1), new HerId(2));
    }

    @Test
    void lastRun_isTheLatestRecorded_alsoWithAClockThatWasSetBack() {
        state.record(run(5), List.of(), true);
        state.record(run(3), List.of(), true);
        assertThat(state.recall().lastRunAt()).contains(at(3));
    }

    @Test
    void settledClaim_isWhatIsOurs_andTellsItsHistoryOnce() {
        settle(1, List.of(BEFORE), List.of());
        settle(2, List.of(AFTER, RETIRED), List.of());
        reopen();

        assertThat(dit().entries()).containsExactlyInAnyOrder(AFTER, RETIRED);
        assertThat(dit().generation()).isEqualTo(2);
        assertThat(dit().claim()).isEmpty();
        assertThat(history())
                .extracting(HistoryRow::actor, HistoryRow::generation, HistoryRow::action)
                .containsExactly(tuple("kari", 2, "add"), tuple("kari", 1, "add"));
    }

    @Test
    void deathBetweenClaimAndSettle_leavesTheClaimAndNoHistoryYet() {
        settle(1, List.of(BEFORE), List.of());
        state.claim(claim(2, List.of(AFTER), List.of(RETIRED)));
        reopen();

        assertThat(dit().generation()).isEqualTo(1);
        assertThat(dit().entries()).containsExactly(BEFORE);
        assertThat(dit().claim().orElseThrow().put()).containsExactly(AFTER);
        assertThat(dit().claim().orElseThrow().leave()).containsExactly(RETIRED);
        assertThat(history()).hasSize(1);

        state.settle("dit");

        assertThat(dit().entries()).containsExactly(AFTER);
        assertThat(history()).hasSize(2);
    }

    @Test
    void correction_givesUpTheClaimAndItsHistory() {
        settle(1, List.of(BEFORE), List.of());
        state.claim(claim(2, List.of(AFTER), List.of()));

        state.correct("dit", List.of(RETIRED));

        assertThat(dit().entries()).containsExactly(RETIRED);
        assertThat(dit().claim()).isEmpty();
        assertThat(dit().generation()).isEqualTo(1);
        assertThat(history()).hasSize(1);
    }

    @Test
    void earlierGenerations_areRememberedEntryByEntry() {
        settle(1, List.of(BEFORE), List.of());
        settle(2, List.of(AFTER, RETIRED), List.of());
        settle(3, List.of(entry("her-2-encryption", OLD, Role.CURRENT)), List.of(RETIRED));
        reopen();

        assertThat(state.entriesOf("dit", 0)).isEmpty();
        assertThat(state.entriesOf("dit", 1)).containsExactly(BEFORE);
        assertThat(state.entriesOf("dit", 2)).containsExactlyInAnyOrder(AFTER, RETIRED);
        assertThat(state.entriesOf("dit", 3)).hasSize(2).contains(AFTER);
    }

    @Test
    void seal_countsOnlyWhileEveryCertificateIsStored_andUntilTheNextClaim() {
        Seal seal = new Seal("stamp", "settings");
        settle(1, List.of(BEFORE), List.of());
        state.seal("dit", seal);
        assertThat(dit().seal()).as("its certificate is unknown").isEmpty();

        state.record(run(1, party(1, row(OLD, Role.CURRENT, Action.ADD))), List.of(memory(1)), true);
        assertThat(dit().seal()).contains(seal);
        assertThat(state.certificate(OLD.sha256())).contains(OLD);

        state.claim(claim(2, List.of(AFTER), List.of()));
        assertThat(dit().seal()).isEmpty();
    }

    @Test
    void hold_lastsUntilItIsTakenAway_andBothAreHistory() {
        settle(1, List.of(BEFORE), List.of());
        Hold hold = new Hold(at(2), "kari", 1);
        state.hold("run-2", at(2), "dit", Optional.of(hold));
        reopen();
        assertThat(dit().hold()).contains(hold);

        state.hold("run-3", at(3), "dit", Optional.empty());

        assertThat(dit().hold()).isEmpty();
        assertThat(history()).extracting(HistoryRow::action).startsWith("release", "hold");
    }

    @Test
    void fingerprint_tellsSecretsApart_andIsOfAKeyThatOnlyTheOwnerReads() throws Exception {
        Optional<Secret> one = Optional.of(new Secret("one".toCharArray()));
        Optional<Secret> two = Optional.of(new Secret("two".toCharArray()));
        Optional<String> before = state.fingerprint("text", one);
        reopen();

        assertThat(state.fingerprint("text", one)).isPresent().isEqualTo(before);
        assertThat(state.fingerprint("text", two)).isNotEqualTo(before);
        assertThat(state.fingerprint("text", Optional.empty())).isNotEqualTo(before);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("state.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void cutOffKey_isMadeAnew() throws Exception {
        Files.writeString(folder.resolve("state.key"), "short");
        reopen();
        assertThat(state.fingerprint("text", Optional.empty())).isPresent();
        assertThat(folder.resolve("state.key")).hasSize(32);
    }

    @Test
    void problem_keepsItsStartWhileItLasts_andBeginsAnewAfterARunWithoutIt() {
        var weak = row(NEW, Role.NONE, Action.REJECT, reason(ReasonCode.WEAK_KEY, "found 1024 bits"));
        state.record(run(1, party(1, weak)), List.of(memory(1)), true);
        state.record(run(2, party(1, weak)), List.of(memory(1)), true);
        assertThat(problems()).extracting(Problem::since).containsExactly(at(1));

        state.record(run(3, party(1, row(OLD, Role.CURRENT, Action.ADD))), List.of(memory(1)), true);
        assertThat(problems()).isEmpty();
        state.record(run(4, party(1, weak)), List.of(memory(1)), true);
        assertThat(problems()).extracting(Problem::since).containsExactly(at(4));
    }

    @Test
    void revokedBesideACurrent_isNoProblem_butAloneItIs() {
        var revoked = row(NEW, Role.NONE, Action.REJECT, reason(ReasonCode.REVOKED, "revoked yesterday"));
        state.record(run(1, party(1, row(OLD, Role.CURRENT, Action.KEEP), revoked)), List.of(memory(1)), true);
        assertThat(problems()).isEmpty();

        state.record(run(2, party(1, revoked)), List.of(memory(1)), true);
        assertThat(problems()).extracting(problem -> problem.reason().code()).containsExactly(ReasonCode.REVOKED);
    }

    @Test
    void problemsOfAPartyThatHasLeft_goInAWholeRunAlone() {
        var unknown = List.of(reason(ReasonCode.PARTY_UNKNOWN, "no such party"));
        state.record(run(1, party(1), party(2, unknown)), List.of(memory(1), memory(2)), true);
        state.record(run(2, party(1)), List.of(memory(1)), false);
        assertThat(problems()).hasSize(1);
        state.record(run(3, party(1)), List.of(memory(1)), true);
        assertThat(problems()).isEmpty();
    }

    @Test
    void keystoreProblem_keepsItsStart() {
        var broken = reason(ReasonCode.KEYSTORE_FAILED, "damaged");
        state.record(with(run(1), keystore(broken)), List.of(), true);
        state.record(with(run(2), keystore(broken)), List.of(), true);
        try (SqliteStatus status = SqliteStatus.open(folder).orElseThrow()) {
            assertThat(status.keystores().getFirst().problem()).contains(broken);
            assertThat(status.keystores().getFirst().problemSince()).contains(at(1));
        }
        state.record(with(run(3), keystore()), List.of(), true);
        try (SqliteStatus status = SqliteStatus.open(folder).orElseThrow()) {
            assertThat(status.keystores().getFirst().problem()).isEmpty();
        }
    }

    @Test
    void verdicts_areKeptWhereTheyDiffer_notWhereOnlyTheirWordsDo() throws Exception {
        var good = row(OLD, Role.CURRENT, Action.KEEP);
        var revoked = row(OLD, Role.NONE, Action.REMOVE, reason(ReasonCode.REVOKED, "revoked an hour ago"));
        var longer = row(OLD, Role.NONE, Action.REMOVE, reason(ReasonCode.REVOKED, "revoked two hours ago"));
        int number = 1;
        for (var each : List.of(good, good, revoked, longer, good)) {
            state.record(run(number++, party(1, each)), List.of(memory(1)), true);
        }

        assertThat(verdicts()).containsExactly("run-1 ACCEPTED", "run-3 REJECTED REVOKED", "run-5 ACCEPTED");
    }

    private List<String> verdicts() throws Exception {
        List<String> verdicts = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("state.db"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM verdict ORDER BY id")) {
            while (rows.next()) {
                verdicts.add(
                        (rows.getString("run_id") + " " + rows.getString("verdict") + " " + rows.getString("codes"))
                                .strip());
            }
        }
        return verdicts;
    }
}
