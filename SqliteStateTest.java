package no.sertsynk.state;

import static no.sertsynk.state.Reports.at;
import static no.sertsynk.state.Reports.party;
import static no.sertsynk.state.Reports.row;
import static no.sertsynk.state.Reports.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Sha256;
import no.sertsynk.rollover.Action;
import no.sertsynk.rollover.Role;
import no.sertsynk.sync.SyncReport;
import no.sertsynk.sync.SyncState.Change;
import no.sertsynk.sync.SyncState.Entry;
import no.sertsynk.sync.SyncState.KeystoreMemory;
import no.sertsynk.sync.SyncState.Memory;
import no.sertsynk.sync.SyncState.PartyMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStateTest {
    private static final PartnerCertificate OLD = TestCertificates.of(1);
    private static final PartnerCertificate NEW = TestCertificates.of(2);

    @TempDir
    Path folder;

    @Test
    void newState_remembersNothing() {
        try (SqliteState state = SqliteState.open(folder)) {
            assertThat(state.recall()).isEqualTo(new Memory(Optional.empty(), Map.of(), Map.of()));
            assertThat(state.history(Optional.empty(), 10)).isEmpty();
            assertThat(state.status().parties()).isEmpty();
            assertThat(state.status().lastRun()).isEmpty();
        }
    }

    @Test
    void partyMemory_comesBackWhole() {
        PartyMemory full = new PartyMemory(
                new HerId(93238),
                "Nordås legekontor",
                Set.of(new OrganizationNumber("983544622"), new OrganizationNumber("012345678")),
                List.of("ldap://a/b?c?sub?(x=\\5c)", "", "two\nlines \\n", "ldap://a/b?c?sub?(x=\\5c)"),
                Optional.of(Instant.parse("2026-11-24T10:00:00.123Z")),
                Map.of(Purpose.ENCRYPTION, OLD.sha256(), Purpose.SIGNATURE, NEW.sha256()),
                Map.of(OLD.sha256(), Instant.parse("2026-11-01T00:00:00Z"), NEW.sha256(), Instant.EPOCH));
        PartyMemory bare = new PartyMemory(
                new HerId(1), "", Set.of(), List.of(), Optional.empty(), Map.of(), Map.of());

        try (SqliteState state = SqliteState.open(folder)) {
            state.record(run(1), List.of(full, bare));
        }

        try (SqliteState state = SqliteState.open(folder)) {
            assertThat(state.recall().parties()).isEqualTo(Map.of(full.herId(), full, bare.herId(), bare));
        }
    }

    @Test
    void record_leavesOtherPartiesAsTheyWere() {
        try (SqliteState state = SqliteState.open(folder)) {
            state.record(run(1), List.of(Reports.memory(1), Reports.memory(2)));
            PartyMemory changed =
                    new PartyMemory(new HerId(2), "New", Set.of(), List.of(), Optional.empty(), Map.of(), Map.of());

            state.record(run(2), List.of(changed));

            assertThat(state.recall().parties())
                    .isEqualTo(Map.of(new HerId(1), Reports.memory(1), new HerId(2), changed));
        }
    }

    @Test
    void lastRun_isTheLatestRecorded_alsoWithAClockThatWasSetBack() {
        try (SqliteState state = SqliteState.open(folder)) {
            state.record(run(5), List.of());
            state.record(run(3), List.of());

            assertThat(state.recall().lastRunAt()).contains(at(3));
            assertThat(state.status().lastRun().orElseThrow().runId()).isEqualTo("run-3");
        }
    }

    @Test
    void settle_statesExactlyWhatIsOurs() {
        Entry first = entry("her-1-encryption", OLD, Role.CURRENT);
        Entry second = entry("her-1-encryption-2", NEW, Role.PARALLEL);
        try (SqliteState state = SqliteState.open(folder)) {
            state.claim("dit", List.of(first, second));
            state.settle("run-1", at(1), "dit", 1, List.of(first, second), List.of());
            state.settle("run-1", at(1), "other", 4, List.of(first), List.of());

            state.settle("run-2", at(2), "dit", 2, List.of(second), List.of());

            assertThat(state.recall().keystores())
                    .isEqualTo(Map.of(
                            "dit", new KeystoreMemory(2, List.of(second)),
                            "other", new KeystoreMemory(4, List.of(first))));
        }
    }

    @Test
    void crashBetweenClaimAndSettle_leavesTheOldAndTheNewOurs() {
        Entry before = entry("her-1-encryption", OLD, Role.CURRENT);
        Entry after = entry("her-1-encryption", NEW, Role.CURRENT);
        try (SqliteState state = SqliteState.open(folder)) {
            state.settle("run-1", at(1), "dit", 7, List.of(before), List.of());
            state.claim("dit", List.of(after));
        }

        try (SqliteState state = SqliteState.open(folder)) {
            KeystoreMemory memory = state.recall().keystores().get("dit");
            assertThat(memory.generation()).isEqualTo(7);
            assertThat(memory.entries()).containsExactlyInAnyOrder(before, after);
        }
    }

    @Test
    void claimOfAKeystoreNeverWritten_isOfGenerationZero() {
        try (SqliteState state = SqliteState.open(folder)) {
            state.claim("dit", List.of());

            assertThat(state.recall().keystores()).isEqualTo(Map.of("dit", new KeystoreMemory(0, List.of())));
        }
    }

    @Test
    void oneAliasForTwoPurposes_staysTwoEntries() {
        Entry encryption = entry("her-1", OLD, Role.CURRENT);
        Entry signature = new Entry("her-1", OLD.sha256(), new HerId(1), Purpose.SIGNATURE, Role.CURRENT, at(1));
        try (SqliteState state = SqliteState.open(folder)) {
            state.settle("run-1", at(1), "dit", 1, List.of(encryption, signature), List.of());

            assertThat(state.recall().keystores().get("dit").entries())
                    .containsExactlyInAnyOrder(encryption, signature);
        }
    }

    @Test
    void failedSettle_changesNothing() {
        Entry before = entry("her-1-encryption", OLD, Role.CURRENT);
        try (SqliteState state = SqliteState.open(folder)) {
            state.settle("run-1", at(1), "dit", 1, List.of(before), List.of());
            List<Change> broken = new java.util.ArrayList<>();
            broken.add(change(NEW));
            broken.add(null);

            assertThatThrownBy(() -> state.settle("run-2", at(2), "dit", 2, List.of(), broken))
                    .isInstanceOf(NullPointerException.class);

            assertThat(state.recall().keystores().get("dit")).isEqualTo(new KeystoreMemory(1, List.of(before)));
            assertThat(state.history(Optional.empty(), 10)).isEmpty();
        }
    }

    @Test
    void dryRun_isRefused() {
        SyncReport dry = new SyncReport("run-1", at(1), at(1), true, Optional.empty(), List.of(), List.of());
        try (SqliteState state = SqliteState.open(folder)) {
            assertThatIllegalArgumentException().isThrownBy(() -> state.record(dry, List.of()));
            assertThat(state.recall().lastRunAt()).isEmpty();
        }
    }

    @Test
    void stateInMemory_worksAndLeavesNoFile() {
        try (SqliteState state = SqliteState.inMemory()) {
            state.record(run(1, party(1, row(OLD, Role.CURRENT, Action.ADD))), List.of());

            assertThat(state.status().parties()).hasSize(1);
        }
        assertThat(folder).isEmptyDirectory();
        assertThat(Path.of("in memory")).doesNotExist();
    }

    @Test
    void readOnly_withoutDatabase_isEmptyAndMakesNone() {
        assertThat(SqliteState.openReadOnly(folder)).isEmpty();
        assertThat(SqliteState.openReadOnly(folder.resolve("absent"))).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void readOnly_readsAndRefusesToWrite() {
        try (SqliteState state = SqliteState.open(folder)) {
            state.record(run(1), List.of(Reports.memory(1)));
        }

        try (SqliteState state = SqliteState.openReadOnly(folder).orElseThrow()) {
            assertThat(state.recall().parties()).containsKey(new HerId(1));
            assertThatThrownBy(() -> state.claim("dit", List.of()))
                    .isInstanceOf(StateException.class)
                    .hasMessageContaining("may not write");
        }
    }

    @Test
    void closedState_leavesOnlyTheDatabase() throws Exception {
        try (SqliteState state = SqliteState.open(folder)) {
            state.record(run(1), List.of());
        }

        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("state.db"));
        }
    }

    @Test
    void oddFolderNames_areOnlyNames() {
        Path odd = folder.resolve("a?mode=memory&b%20c #d\u00e6");
        try (SqliteState state = SqliteState.open(odd)) {
            state.record(run(1), List.of(Reports.memory(1)));
        }

        assertThat(odd.resolve("state.db")).isNotEmptyFile();
        try (SqliteState state = SqliteState.openReadOnly(odd).orElseThrow()) {
            assertThat(state.recall().parties()).hasSize(1);
        }
    }

    private static Entry entry(String alias, PartnerCertificate certificate, Role role) {
        Sha256 sha256 = certificate.sha256();
        return new Entry(alias, sha256, new HerId(1), Purpose.ENCRYPTION, role, at(1));
    }

    private static Change change(PartnerCertificate certificate) {
        return new Change(
                Action.ADD, "her-1-encryption", certificate, new HerId(1), Purpose.ENCRYPTION, "new in the register");
    }
}
