package no.sertsynk.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.register.CommunicationParty.AnnouncedString;
import no.sertsynk.rollover.Guards.Guard;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who has not changed by the register's own word is neither looked up nor searched for, and is kept up to date all the same. */
class UnchangedPartiesTest {
    private static final HerId ONE = new HerId(1);
    private static final HerId TWO = new HerId(2);
    private static final HerId PARENT = new HerId(7);

    private final World world = new World();
    private final Map<HerId, Instant> lastUpdated = new HashMap<>();

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private PartnerCertificate certificate;

    @BeforeEach
    void twoParties() {
        world.settings = List.of(World.keystore("dit", Set.of(Purpose.ENCRYPTION)));
        world.lastUpdated = lastUpdated;
        certificate = issue(1);
        world.party(1).named(certificate);
        world.party(2).named(issue(2));
        lastUpdated.put(ONE, World.day(-3));
        lastUpdated.put(TWO, World.day(-3));
    }

    private PartnerCertificate issue(int serial) {
        return world.issue("Part", serial, -10, 300, Purpose.ENCRYPTION);
    }

    /** The next run. */
    private SyncReport sync(Guard... force) {
        world.lookedUp.clear();
        world.askedForChanges.clear();
        world.searches.set(0);
        return world.sync(force);
    }

    private void expectLookUps(HerId... herIds) {
        assertThat(world.lookedUp).containsExactly(herIds);
    }

    @Test
    void nothingHasChanged_nobodyIsLookedUp_andTheReportIsTheSame() {
        sync();
        List<String> before = World.fates(sync());

        assertThat(World.fates(sync())).isEqualTo(before);
        expectLookUps();
        assertThat(world.searches).hasValue(0);
        assertThat(world.askedForChanges).containsExactly(ONE, TWO);
        assertThat(world.entries("dit")).hasSize(2);
    }

    @Test
    void oneHasChanged_itAloneIsLookedUp() {
        sync();
        world.party(2).named(issue(3));
        lastUpdated.put(TWO, World.day(-1));

        sync();

        expectLookUps(TWO);
        assertThat(world.entries("dit")).hasSize(3);
    }

    @Test
    void registerWasSetBack_isAChange() {
        sync();
        lastUpdated.put(TWO, World.day(-4));
        sync();
        expectLookUps(TWO);
    }

    @Test
    void certificateIsRevoked_thatIsFoundOutAllTheSame() {
        sync();
        world.findings.put(certificate, ReasonCode.REVOKED);

        PartyReport report = World.report(sync(), 1);

        expectLookUps();
        assertThat(report.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(report.certificates()).singleElement().satisfies(revoked -> {
            assertThat(revoked.certificate()).isEqualTo(certificate);
            assertThat(revoked.reasons()).extracting("code").contains(ReasonCode.REVOKED);
        });
    }

    @Test
    void registerTellsNoChanges_allAreLookedUp() {
        sync();
        world.changesDown = true;
        sync();
        expectLookUps(ONE, TWO);
    }

    @Test
    void registerSaysNothingOfOne_itIsLookedUp() {
        sync();
        lastUpdated.remove(ONE);
        sync();
        expectLookUps(ONE);
    }

    @Test
    void anotherRegisterIsAsked_allAreLookedUp() {
        sync();
        world.source = "https://another.example/v1/AR/Basic";
        sync();
        expectLookUps(ONE, TWO);
    }

    @Test
    void oneFailedLastTime_itIsLookedUpAgain() {
        world.unanswered.put(TWO, ReasonCode.REGISTER_UNAVAILABLE);
        sync();
        world.unanswered.clear();

        assertThat(World.report(sync(), 2).outcome()).isEqualTo(Outcome.UPDATED);
        expectLookUps(TWO);
    }

    @Test
    void directoryWasDown_allAreLookedUpAgain() {
        world.directoryDown = true;
        sync();
        world.directoryDown = false;

        sync();

        expectLookUps(ONE, TWO);
        assertThat(world.entries("dit")).hasSize(2);
    }

    @Test
    void certificateIsMissingInTheDirectory_itIsSearchedForAgain() {
        world.party(2).named(issue(2), issue(3));
        PartnerCertificate missing = issue(3);
        world.directory.removeIf(each -> each.serial().equals(missing.serial()));
        sync();
        sync();
        expectLookUps(TWO);
    }

    @Test
    void stringThatNamesNoSerial_isSearchedEachTime() {
        world.party(2).strings = List.of(World.open("Part"));
        sync();
        sync();
        expectLookUps(TWO);
    }

    @Test
    void stringThatNamesOneEntry_isSearchedEachTime() {
        world.party(2).strings =
                List.of("ldap://directory.example/dc=Test,dc=no?userCertificate;binary?base?(cn=Part)");
        sync();
        sync();
        expectLookUps(TWO);
    }

    @Test
    void announcedString_isAwaited() {
        world.party(2).announced = List.of(new AnnouncedString(World.string(issue(3)), false, World.day(5)));
        sync();
        sync();
        expectLookUps(TWO);
    }

    @Test
    void partyEndsOfItself_itIsLookedUp() {
        world.party(2).validTo = Optional.of(World.START.plusSeconds(60));
        sync();
        world.now = World.START.plusSeconds(59);
        sync();
        expectLookUps();

        world.now = World.START.plusSeconds(60);
        sync();
        expectLookUps(TWO);
    }

    @Test
    void inheritedString_parentIsAskedAboutToo() {
        world.party(2).parent = Optional.of(PARENT);
        lastUpdated.put(PARENT, World.day(-9));
        sync();
        sync();
        assertThat(world.askedForChanges).containsExactly(ONE, TWO, PARENT);
        expectLookUps(TWO);
        sync();
        expectLookUps();

        lastUpdated.put(PARENT, World.day(-1));
        sync();
        expectLookUps(TWO);
    }

    @Test
    void inheritedString_withoutTidingsOfTheParent_isLookedUp() {
        world.party(2).parent = Optional.of(PARENT);
        sync();
        sync();
        sync();
        expectLookUps(TWO);
    }

    @Test
    void onceADay_everybodyIsLookedUp() {
        sync();
        sync();
        expectLookUps();
        world.now = World.day(1);
        sync();
        expectLookUps(ONE, TWO);
    }

    @Test
    void oneIsAskedForByName_itIsLookedUp_andTheOthersStayKnown() {
        sync();
        world.lookedUp.clear();
        world.askedForChanges.clear();
        world.run(Set.of(TWO), false, Optional.empty());
        assertThat(world.askedForChanges).isEmpty();
        expectLookUps(TWO);

        sync();
        expectLookUps(TWO);
        sync();
        expectLookUps();
    }

    @Test
    void administratorWantsSomething_everybodyIsLookedUp() {
        sync();
        sync(Guard.CLOCK);
        expectLookUps(ONE, TWO);

        world.lookedUp.clear();
        world.run(Set.of(), false, Optional.of(new OrganizationNumber("974749025")));
        expectLookUps(ONE, TWO);
    }

    @Test
    void plan_reliesOnWhatIsKnown_andLeavesIt() {
        sync();
        Map<String, Object> before = world.changeable();
        world.lookedUp.clear();
        world.plan();
        expectLookUps();
        assertThat(world.changeable()).isEqualTo(before);
    }

    @Test
    void runIsStopped_nothingOfItIsReliedOn() {
        HerId changed = new HerId(5);
        List<PartnerCertificate> losing = new ArrayList<>();
        for (int herId = 1; herId <= 5; herId++) {
            PartnerCertificate own = issue(10 + herId);
            world.party(herId).named(own);
            lastUpdated.put(new HerId(herId), World.day(-3));
            if (herId <= 3) {
                losing.add(own);
            }
        }
        sync();
        losing.forEach(own -> world.findings.put(own, ReasonCode.REVOKED));
        lastUpdated.put(changed, World.day(-1));
        SyncReport stopped = sync();
        assertThat(stopped.stopped()).isPresent();
        assertThat(World.report(stopped, 5).outcome()).isEqualTo(Outcome.UNCHANGED);

        sync();

        assertThat(world.lookedUp).contains(changed);
    }

    @Test
    void onePartyAlone_isLookedUpAtOnce() {
        world.configured.remove(TWO);
        sync();
        sync();
        assertThat(world.askedForChanges).isEmpty();
        expectLookUps(ONE);
    }
}
