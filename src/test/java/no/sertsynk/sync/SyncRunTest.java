package no.sertsynk.sync;

import static no.sertsynk.model.Purpose.AUTHENTICATION;
import static no.sertsynk.model.Purpose.ENCRYPTION;
import static no.sertsynk.model.Purpose.SIGNATURE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.register.CommunicationParty.AnnouncedString;
import no.sertsynk.register.OwnCertificates;
import no.sertsynk.rollover.Action;
import no.sertsynk.rollover.Guards.Guard;
import no.sertsynk.rollover.OrganizationMode;
import no.sertsynk.rollover.Role;
import no.sertsynk.rollover.Verdicts;
import org.junit.jupiter.api.Test;

/** The flow as a whole on stages in memory: what a run installs, remembers and reports. */
class SyncRunTest {
    private static final String ALIAS = "her-1-encryption";
    private static final OrganizationNumber HOST = new OrganizationNumber("922222222");
    private final World world = new World();

    private PartnerCertificate encryption(int serial, long from, long to) {
        return world.issue("Part", serial, from, to, ENCRYPTION);
    }

    private static List<ReasonCode> codes(List<Reason> reasons) {
        return reasons.stream().map(Reason::code).toList();
    }

    private static Optional<ReasonCode> stopped(SyncReport report) {
        return report.stopped().map(Reason::code);
    }

    private void onlyEncryption() {
        world.settings = List.of(World.keystore("dit", Set.of(ENCRYPTION)));
    }

    /** So many parties with one certificate each, installed. */
    private void installed(int parties) {
        onlyEncryption();
        for (int i = 1; i <= parties; i++) {
            world.party(i).named(encryption(i, -10, 300));
        }
        world.sync();
        assertThat(world.entries("dit")).hasSize(parties);
    }

    private PartnerCertificate installedOf(int herId) {
        return java.util.Objects.requireNonNull(world.entries("dit").get("her-" + herId + "-encryption"));
    }

    @Test
    void oneHost_rollsOverWithoutMeetingAGuard() {
        onlyEncryption();
        PartnerCertificate old = encryption(1, -300, 20);
        PartnerCertificate renewed = encryption(2, 5, 900);
        World.Party party = world.party(1).named(old);
        assertThat(World.report(world.sync(), 1).outcome()).isEqualTo(Outcome.UPDATED);

        party.named(renewed);
        SyncReport early = world.sync();
        assertThat(World.report(early, 1).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(world.entries("dit")).containsExactly(entry(ALIAS, old));

        world.now = World.day(5);
        assertThat(stopped(world.sync())).isEmpty();
        assertThat(world.entries("dit")).containsExactly(entry(ALIAS, renewed), entry(ALIAS + "-1", old));

        world.now = World.day(21);
        assertThat(stopped(world.sync())).isEmpty();
        assertThat(world.entries("dit")).containsExactly(entry(ALIAS, renewed));

        world.findings.put(renewed, ReasonCode.REVOKED);
        SyncReport revoked = world.sync();
        assertThat(stopped(revoked)).isEmpty();
        assertThat(World.report(revoked, 1).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(world.entries("dit")).isEmpty();
    }

    @Test
    void onHold_goesAndComesBack() {
        installed(1);
        PartnerCertificate certificate = installedOf(1);
        world.findings.put(certificate, ReasonCode.REVOKED);
        world.sync();
        assertThat(world.entries("dit")).isEmpty();

        world.findings.clear();
        world.sync();
        assertThat(world.entries("dit")).containsExactly(entry(ALIAS, certificate));
    }

    @Test
    void oneCertificate_servesSeveralPartiesAndPurposesAndGoesFromAllAtOnce() {
        world.settings = List.of(World.keystore("dit", Set.of(ENCRYPTION, AUTHENTICATION)));
        PartnerCertificate shared = world.issue("Vert", 7, -10, 300, ENCRYPTION, AUTHENTICATION);
        world.party(1).named(shared);
        world.party(2).named(shared);
        world.sync();
        assertThat(world.entries("dit"))
                .containsOnlyKeys(
                        "her-1-encryption", "her-1-authentication", "her-2-encryption", "her-2-authentication")
                .allSatisfy((alias, certificate) -> assertThat(certificate).isEqualTo(shared));

        world.party(2).named();
        world.sync();
        assertThat(world.entries("dit")).hasSize(4);

        world.findings.put(shared, ReasonCode.REVOKED);
        world.sync();
        assertThat(world.entries("dit")).isEmpty();
    }

    @Test
    void announcedString_isInstalledBesideAndTakesOverAtItsTime() {
        installed(1);
        PartnerCertificate old = installedOf(1);
        PartnerCertificate next = encryption(9, -50, 900);
        World.Party party = world.party(1);
        party.announced = List.of(new AnnouncedString(World.string(next), false, World.day(10)));

        world.sync();
        assertThat(world.entries("dit")).containsExactly(entry(ALIAS, old), entry(ALIAS + "-9", next));

        world.now = World.day(10);
        world.sync();
        assertThat(world.entries("dit")).containsExactly(entry(ALIAS, next), entry(ALIAS + "-1", old));

        party.named(next).announced = List.of();
        world.sync();
        assertThat(world.entries("dit")).containsExactly(entry(ALIAS, next), entry(ALIAS + "-1", old));
    }

    @Test
    void keepPrevious_runsThroughOutagesAndWithheldRemovals() {
        installed(1);
        PartnerCertificate renewed = encryption(9, -1, 900);
        world.keepPrevious = Optional.of(Duration.ofDays(30));
        world.party(1).named(renewed);
        world.sync();
        assertThat(world.entries("dit")).hasSize(2);

        world.now = World.day(20);
        world.directoryDown = true;
        world.sync();
        world.directoryDown = false;
        world.now = World.day(29);
        world.sync();
        assertThat(world.entries("dit")).hasSize(2);

        world.now = World.day(30);
        world.sync();
        assertThat(world.entries("dit")).containsExactly(entry(ALIAS, renewed));
    }

    @Test
    void everyInstalledOne_isValidatedWhetherTheRegisterNamesItOrNot() {
        installed(1);
        PartnerCertificate old = installedOf(1);
        world.party(1).named(encryption(9, -1, 900));
        world.sync();
        world.findings.put(old, ReasonCode.UNTRUSTED);
        SyncReport report = world.sync();

        assertThat(world.entries("dit")).doesNotContainValue(old);
        assertThat(World.report(report, 1).certificates())
                .filteredOn(certificate -> certificate.action() == Action.REMOVE)
                .singleElement()
                .satisfies(removed -> assertThat(codes(removed.reasons())).containsExactly(ReasonCode.UNTRUSTED));
    }

    @Test
    void partyOption_touchesThatPartyAlone() {
        installed(3);
        PartnerCertificate first = installedOf(1);
        PartnerCertificate second = installedOf(2);
        world.findings.put(first, ReasonCode.REVOKED);
        world.findings.put(second, ReasonCode.REVOKED);
        world.configured.remove(new HerId(3));

        SyncReport report = world.run(Set.of(new HerId(1)), false, Optional.empty());

        assertThat(report.parties()).hasSize(1);
        assertThat(world.entries("dit")).containsOnlyKeys("her-2-encryption", "her-3-encryption");
    }

    @Test
    void partyTakenOut_losesItsEntriesUnderTheGuard() {
        installed(4);
        world.configured.retainAll(Set.of(new HerId(1)));
        SyncReport guarded = world.sync();
        assertThat(stopped(guarded)).contains(ReasonCode.GUARD);
        assertThat(world.entries("dit")).hasSize(4);

        assertThat(stopped(world.sync(Guard.MAX_CHANGE))).isEmpty();
        assertThat(world.entries("dit")).containsOnlyKeys(ALIAS);
    }

    @Test
    void partyTakenOutOfFew_losesItsEntries() {
        installed(2);
        world.configured.remove(new HerId(2));
        world.sync();

        assertThat(world.entries("dit")).containsOnlyKeys(ALIAS);
    }

    @Test
    void purposeTakenOut_losesItsEntriesUnderTheGuard() {
        for (int i = 1; i <= 4; i++) {
            world.party(i).named(world.issue("Part", i, -10, 300, ENCRYPTION, SIGNATURE));
        }
        world.sync();
        world.settings = List.of(World.keystore("dit", Set.of(ENCRYPTION)));
        assertThat(stopped(world.sync()))
                .as("half of the pairs is not above 50 %")
                .isEmpty();
        assertThat(world.entries("dit")).hasSize(4);

        world.settings = List.of(World.keystore("dit", Set.of(SIGNATURE)));
        assertThat(stopped(world.sync())).contains(ReasonCode.GUARD);
        assertThat(world.entries("dit")).hasSize(8);
    }

    @Test
    void maxChange_withholdsRemovalsAndNothingElse() {
        installed(4);
        for (int i = 1; i <= 3; i++) {
            world.findings.put(installedOf(i), ReasonCode.UNTRUSTED);
        }
        PartnerCertificate untrusted = installedOf(1);
        PartnerCertificate renewed = encryption(40, -1, 900);
        world.party(4).named(renewed);
        SyncReport guarded = world.sync();

        assertThat(stopped(guarded)).contains(ReasonCode.GUARD);
        assertThat(world.entries("dit"))
                .containsEntry(ALIAS, untrusted)
                .containsEntry("her-4-encryption", renewed)
                .hasSize(5);
        assertThat(World.report(guarded, 1).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(World.report(guarded, 1).certificates()).singleElement().satisfies(kept -> {
            assertThat(kept.action()).isEqualTo(Action.KEEP);
            assertThat(codes(kept.reasons())).containsExactly(ReasonCode.UNTRUSTED, ReasonCode.GUARD);
        });
        assertThat(stopped(world.sync(Guard.EMPTY_REGISTER, Guard.CLOCK)))
                .as("another guard's name does not help")
                .contains(ReasonCode.GUARD);
        assertThat(stopped(world.sync(Guard.MAX_CHANGE))).isEmpty();
        assertThat(world.entries("dit")).doesNotContainValue(untrusted).hasSize(2);
    }

    @Test
    void massExpiry_meetsNoGuard() {
        installed(4);
        world.now = World.day(301);

        assertThat(stopped(world.sync())).isEmpty();
        assertThat(world.entries("dit")).isEmpty();
    }

    @Test
    void emptyRegister_withholdsRemovals() {
        installed(3);
        for (int i = 1; i <= 3; i++) {
            world.party(i).named();
        }
        world.findings.put(installedOf(1), ReasonCode.REVOKED);
        assertThat(stopped(world.sync())).contains(ReasonCode.GUARD);
        assertThat(world.entries("dit")).hasSize(3);

        assertThat(stopped(world.sync(Guard.EMPTY_REGISTER))).isEmpty();
        assertThat(world.entries("dit")).hasSize(2);
    }

    @Test
    void emptyRegister_isNotSaidOfAnOutageOrOfOnePartyAmongOthers() {
        installed(3);
        world.unanswered.put(new HerId(1), ReasonCode.REGISTER_UNAVAILABLE);
        world.party(2).named();

        assertThat(stopped(world.sync())).isEmpty();
    }

    @Test
    void clockAheadOfTheRegister_stopsTheWholeRunAndReportsNoChange() {
        installed(1);
        PartnerCertificate before = installedOf(1);
        world.party(1).named(encryption(9, -1, 900));
        world.findings.put(before, ReasonCode.REVOKED);
        world.clockOffset = Optional.of(Duration.ofMinutes(-11));
        Map<String, Object> untouched = world.changeable();

        SyncReport report = world.sync();

        assertThat(stopped(report)).contains(ReasonCode.GUARD);
        assertThat(world.changeable()).isEqualTo(untouched);
        assertThat(report.parties()).noneMatch(party -> party.outcome() == Outcome.UPDATED);
        assertThat(World.report(report, 1).certificates())
                .allMatch(certificate -> !PartyOutcome.isChange(certificate.action()));
        assertThat(stopped(world.sync(Guard.CLOCK))).isEmpty();
        assertThat(world.entries("dit")).doesNotContainValue(before);
    }

    @Test
    void clockBeforeTheLastRun_stopsUntilForcedWhichResetsTheRecord() {
        installed(1);
        Instant right = world.now;
        world.now = World.day(200);
        world.sync();
        world.now = right;
        assertThat(stopped(world.sync())).contains(ReasonCode.GUARD);
        assertThat(stopped(world.sync(Guard.MAX_CHANGE))).contains(ReasonCode.GUARD);

        assertThat(stopped(world.sync(Guard.CLOCK))).isEmpty();
        assertThat(stopped(world.sync())).isEmpty();
    }

    @Test
    void registerDown_stopsTheRunAndChangesNoKeystore() {
        installed(2);
        world.findings.put(installedOf(1), ReasonCode.REVOKED);
        world.unanswered.put(new HerId(1), ReasonCode.REGISTER_UNAVAILABLE);
        world.unanswered.put(new HerId(2), ReasonCode.REGISTER_UNAVAILABLE);
        SyncReport report = world.sync();

        assertThat(stopped(report)).contains(ReasonCode.REGISTER_UNAVAILABLE);
        assertThat(world.entries("dit")).hasSize(2);
        assertThat(report.parties())
                .flatExtracting(PartyReport::certificates)
                .extracting(CertificateReport::action)
                .containsOnly(Action.KEEP);
    }

    @Test
    void answerThatIsTooLarge_isOnePartysFailureAndNotTheRegisters() {
        installed(1);
        world.unanswered.put(new HerId(1), ReasonCode.LIMIT_EXCEEDED);
        SyncReport report = world.sync();

        assertThat(stopped(report)).isEmpty();
        assertThat(World.report(report, 1).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(world.entries("dit")).hasSize(1);
    }

    @Test
    void oneUnansweredParty_losesNothingAlsoWhereItsNumberIsRequired() {
        world.mode = OrganizationMode.REQUIRE;
        installed(2);
        world.unanswered.put(new HerId(1), ReasonCode.REGISTER_UNAVAILABLE);
        SyncReport report = world.sync();

        assertThat(World.report(report, 1).outcome()).isEqualTo(Outcome.UNDETERMINED);
        assertThat(world.entries("dit")).hasSize(2);

        world.unanswered.put(new HerId(1), ReasonCode.PARTY_UNKNOWN);
        assertThat(World.report(world.sync(), 1).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(world.entries("dit")).hasSize(2);
    }

    @Test
    void plan_writesAndRemembersNothingAndIsWhatSyncDoes() {
        onlyEncryption();
        world.party(1).named(world.issue(Verdicts.system("Vert", HOST), 1, -10, 300, ENCRYPTION));
        Map<String, Object> untouched = world.changeable();
        SyncReport plan = world.plan();

        assertThat(world.changeable()).isEqualTo(untouched);
        assertThat(world.state.records()).isZero();
        SyncReport sync = world.sync();
        assertThat(World.fates(sync)).isEqualTo(World.fates(plan));
        assertThat(sync.keystores().getFirst().changes())
                .isEqualTo(plan.keystores().getFirst().changes());
    }

    @Test
    void number_isRememberedFromTheFirstInstallationUntilAnotherIsAccepted() {
        onlyEncryption();
        OrganizationNumber other = new OrganizationNumber("933333333");
        PartnerCertificate first = world.issue(Verdicts.system("Vert", HOST), 1, -10, 300, ENCRYPTION);
        PartnerCertificate second = world.issue(Verdicts.system("Ny vert", other), 2, -5, 300, ENCRYPTION);
        world.party(1).named(first);
        world.plan();
        assertThat(codes(World.report(world.sync(), 1).certificates().getFirst().warnings()))
                .containsExactly(ReasonCode.WRONG_ORGANIZATION);

        world.party(1).named(second);
        assertThat(World.report(world.sync(), 1).certificates())
                .filteredOn(certificate -> certificate.action() == Action.REJECT)
                .singleElement()
                .satisfies(rejected ->
                        assertThat(codes(rejected.reasons())).containsExactly(ReasonCode.WRONG_ORGANIZATION));
        assertThat(world.entries("dit")).containsExactly(entry(ALIAS, first));

        world.run(Set.of(), true, Optional.of(other));
        world.sync();
        assertThat(world.entries("dit")).as("a plan accepts nothing").hasSize(1);
        world.run(Set.of(), false, Optional.of(other));
        assertThat(world.entries("dit")).containsEntry(ALIAS, second);
        world.sync();
        assertThat(world.entries("dit")).as("accepted for good").containsEntry(ALIAS, second);
    }

    @Test
    void stateThatIsLost_countsWhatIsInstalledAsTheFirst() {
        onlyEncryption();
        PartnerCertificate hosted = world.issue(Verdicts.system("Vert", HOST), 1, -10, 300, ENCRYPTION);
        world.party(1).named(hosted);
        world.sync();
        world.state = new MemoryState();
        world.sync();

        assertThat(world.entries("dit")).containsExactly(entry(ALIAS, hosted));
        world.party(1)
                .named(world.issue(Verdicts.system("Ny", new OrganizationNumber("933333333")), 2, -5, 300, ENCRYPTION));
        world.sync();
        assertThat(world.entries("dit")).containsExactly(entry(ALIAS, hosted));
    }

    @Test
    void pinThatChanges_removesWhatItForbids() {
        installed(1);
        world.pins.put(new HerId(1), HOST);
        world.sync();

        assertThat(world.entries("dit")).isEmpty();
    }

    @Test
    void openString_followsTheRegistersOwnThenTheInstalledOne() {
        onlyEncryption();
        PartnerCertificate first = world.issue("Felles", 1, -10, 300, ENCRYPTION);
        PartnerCertificate second = world.issue(
                new no.sertsynk.model.SubjectIdentity(Optional.of(Verdicts.NUMBER), "Felles", List.of("Lab")),
                2,
                -5,
                300,
                ENCRYPTION);
        World.Party party = world.party(1);
        party.strings = List.of(World.open("Felles"));
        SyncReport ambiguous = world.sync();
        assertThat(codes(World.report(ambiguous, 1).reasons())).containsExactly(ReasonCode.AMBIGUOUS);
        assertThat(world.entries("dit")).isEmpty();

        party.own = new OwnCertificates(Optional.of(first), Optional.empty(), List.of());
        world.sync();
        assertThat(world.entries("dit")).containsExactly(entry(ALIAS, first));

        party.own = new OwnCertificates(Optional.empty(), Optional.empty(), List.of());
        world.sync();
        assertThat(world.entries("dit")).containsExactly(entry(ALIAS, first)).doesNotContainValue(second);
    }

    @Test
    void registersOwn_isAskedWhereTheStringIsOpenAndElseOnceADay() {
        installed(1);
        assertThat(world.ownCalls).isZero();
        for (int hour = 0; hour < 48; hour++) {
            world.now = world.now.plus(Duration.ofHours(1));
            world.sync();
        }
        assertThat(world.ownCalls).isEqualTo(2);

        world.party(1).strings = List.of(World.open("Part"));
        world.sync();
        world.sync();
        assertThat(world.ownCalls).isEqualTo(4);
    }

    @Test
    void partyWithoutString_usesTheRegistersOwn() {
        onlyEncryption();
        PartnerCertificate own = encryption(1, -10, 300);
        world.party(1).own = new OwnCertificates(Optional.of(own), Optional.empty(), List.of());
        SyncReport report = world.sync();

        assertThat(world.entries("dit")).containsExactly(entry(ALIAS, own));
        assertThat(codes(World.report(report, 1).warnings())).containsExactly(ReasonCode.LDAP_STRING_MISSING);
        assertThat(World.report(report, 1).outcome()).isEqualTo(Outcome.UPDATED);
    }

    @Test
    void registersOwnOfOtherStrings_saysNothingOfTheNewOnes() {
        installed(1);
        PartnerCertificate old = installedOf(1);
        world.party(1).own = new OwnCertificates(Optional.of(old), Optional.empty(), List.of());
        world.now = World.day(2);
        world.sync();
        PartnerCertificate renewed = encryption(9, -1, 900);
        world.party(1).named(renewed);
        world.sync();

        assertThat(world.entries("dit")).containsEntry(ALIAS, renewed);
    }

    @Test
    void missingEntryThatIsInstalled_staysAndIsTold() {
        installed(1);
        world.directory.remove(installedOf(1));
        SyncReport report = world.sync();

        assertThat(codes(World.report(report, 1).reasons())).containsExactly(ReasonCode.ENTRY_NOT_FOUND);
        assertThat(World.report(report, 1).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(world.entries("dit")).hasSize(1);
    }

    @Test
    void keystoreThatFails_failsItsPartiesAloneAndTheOtherIsWritten() {
        PartnerCertificate first = encryption(1, -10, 300);
        PartnerCertificate second = encryption(2, -10, 300);
        world.party(1).named(first);
        world.party(2).named(second);
        world.settings = List.of(
                World.keystore("dit", Set.of(ENCRYPTION), new HerId(1)),
                World.keystore("other", Set.of(ENCRYPTION), new HerId(2)));
        world.keystores.failing.add("dit");
        SyncReport report = world.sync();

        assertThat(World.report(report, 1).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(World.report(report, 2).outcome()).isEqualTo(Outcome.UPDATED);
        assertThat(world.entries("other")).containsExactly(entry("her-2-encryption", second));
    }

    @Test
    void inactiveParty_keepsWhatItHas() {
        installed(1);
        world.party(1).active = false;
        SyncReport report = world.sync();

        assertThat(codes(World.report(report, 1).reasons())).containsExactly(ReasonCode.PARTY_INACTIVE);
        assertThat(World.report(report, 1).certificates())
                .singleElement()
                .satisfies(kept -> assertThat(kept.role()).isEqualTo(Role.CURRENT));
        assertThat(world.entries("dit")).hasSize(1);
    }
}
