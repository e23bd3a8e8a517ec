package no.sertsynk.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.sandbox.Sandbox;
import no.sertsynk.sandbox.SandboxRegisterFault;
import no.sertsynk.sync.KeystoreReport;
import no.sertsynk.sync.Outcome;
import no.sertsynk.sync.SyncListener;
import no.sertsynk.sync.SyncReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of the whole program against a register that tells what has changed, and one that tries to but cannot. */
class UnchangedRegisterTest {
    private static final String CHANGES = "GetChangedCommunicationPartiesInfo";
    private static final String LOOK_UP = "GetCommunicationPartyDetails";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Duration elapsed = Duration.ZERO;

    @SuppressWarnings("NullAway.Init")
    private Sandbox sandbox;

    @SuppressWarnings("NullAway.Init")
    private List<HerId> parties;

    @BeforeEach
    void settle() throws Exception {
        sandbox = Sandbox.start(folder, Clock.systemUTC());
        parties = sandbox.populate(3);
        sandbox.configure(parties);
        sync();
        assertThat(looked()).isEqualTo(3);
        assertThat(asked()).isEqualTo(1);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private int looked() {
        return sandbox.register().calls(LOOK_UP);
    }

    private int asked() {
        return sandbox.register().calls(CHANGES);
    }

    /** A minute after the last. */
    private SyncReport sync(HerId... only) throws Exception {
        elapsed = elapsed.plusMinutes(1);
        Clock clock = Clock.offset(Clock.systemUTC(), elapsed);
        var loaded = Application.configuration(folder.resolve("sertsynk.yaml"), name -> Optional.empty());
        return Application.of(loaded.configuration(), clock, name -> Optional.empty())
                .sync(
                        new Application.Order(Set.of(only), false, Set.of(), Optional.empty(), Optional.empty()),
                        SyncListener.none());
    }

    private void renew(HerId herId, String name) throws Exception {
        OrganizationNumber number = new OrganizationNumber("900000002");
        Sandbox.Pair renewed =
                sandbox.publishPair(name, number, Clock.systemUTC().instant().minus(Duration.ofDays(1)));
        sandbox.register(herId, name, number, renewed.encryption(), renewed.signature());
    }

    @Test
    void nothingHasChanged_oneCallIsAll() throws Exception {
        SyncReport report = sync();

        assertThat(looked()).isEqualTo(3);
        assertThat(asked()).isEqualTo(2);
        assertThat(report.parties()).allSatisfy(party -> {
            assertThat(party.outcome()).isEqualTo(Outcome.UNCHANGED);
            assertThat(party.reasons()).isEmpty();
            assertThat(party.certificates()).hasSize(2);
            assertThat(party.ldapStrings()).hasSize(1);
            assertThat(party.organizationNumber()).isPresent();
        });
    }

    @Test
    void directoryIsNotAllowedAnyMore_eachIsLookedUpAndToldSo() throws Exception {
        Path configuration = folder.resolve("sertsynk.yaml");
        String before = Files.readString(configuration);
        String after = before.replaceFirst("allow: \\[[^]]*]", "allow: [other.example]");
        assertThat(after).isNotEqualTo(before);
        Files.writeString(configuration, after);

        SyncReport report = sync();

        assertThat(looked()).isEqualTo(6);
        assertThat(report.parties())
                .allSatisfy(party -> assertThat(party.reasons())
                        .anySatisfy(reason -> assertThat(reason.code()).isEqualTo(ReasonCode.HOST_NOT_ALLOWED)));
    }

    @Test
    void keystoreIsGone_itIsMadeAnewWithoutALookUp() throws Exception {
        Files.delete(folder.resolve("dit.p12"));

        SyncReport report = sync();

        assertThat(looked()).isEqualTo(3);
        assertThat(report.keystores()).extracting(KeystoreReport::entries).containsExactly(6, 6);
    }

    @Test
    void oneHasChanged_oneLookUpMore() throws Exception {
        renew(parties.get(1), "Legekontor 2");

        SyncReport report = sync();

        assertThat(looked()).isEqualTo(4);
        assertThat(report.parties())
                .extracting("outcome")
                .containsExactly(Outcome.UNCHANGED, Outcome.UPDATED, Outcome.UNCHANGED);
        sync();
        assertThat(looked()).isEqualTo(4);
    }

    @Test
    void registerDoesNotTell_allAreLookedUp_andNothingIsAmiss() throws Exception {
        renew(parties.get(1), "Legekontor 2");
        Outcome second = Outcome.UPDATED;
        for (SandboxRegisterFault fault : List.of(
                new SandboxRegisterFault.Generic("ActionNotSupported", "Not here."),
                new SandboxRegisterFault.Garbage(1),
                new SandboxRegisterFault.Truncated(),
                new SandboxRegisterFault.Disconnect(),
                SandboxRegisterFault.status(404),
                SandboxRegisterFault.status(503))) {
            sandbox.register().fail(CHANGES, fault);
            int before = looked();

            SyncReport report = sync();

            assertThat(looked() - before).as(fault.toString()).isEqualTo(3);
            assertThat(report.parties())
                    .as(fault.toString())
                    .extracting("outcome")
                    .containsExactly(Outcome.UNCHANGED, second, Outcome.UNCHANGED);
            second = Outcome.UNCHANGED;
        }
    }

    @Test
    void oneIsLeftOut_itIsLookedUp() throws Exception {
        sandbox.register().omitFromChanges(parties.getFirst());
        sync();
        assertThat(looked()).isEqualTo(4);
    }

    @Test
    void changedPartyIsNotAnswered_itIsLookedUpUntilItIs() throws Exception {
        renew(parties.get(1), "Legekontor 2");
        sandbox.register().fail(parties.get(1), new SandboxRegisterFault.Generic("InternalError", "Later."));
        assertThat(sync().parties().get(1).outcome()).isEqualTo(Outcome.UNDETERMINED);
        sandbox.register().recover();

        SyncReport report = sync();

        assertThat(looked()).isEqualTo(5);
        assertThat(report.parties().get(1).outcome()).isEqualTo(Outcome.UPDATED);
    }

    @Test
    void oneIsAskedForByName_itIsLookedUp() throws Exception {
        sync(parties.getFirst());
        assertThat(looked()).isEqualTo(4);
        assertThat(asked()).isEqualTo(1);
    }
}
