package no.sertsynk.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.keystore.KeystoreContents;
import no.sertsynk.keystore.KeystoreSpec;
import no.sertsynk.keystore.KeystoreSpec.KeystoreType;
import no.sertsynk.model.AliasTemplate;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.SubjectIdentity;
import no.sertsynk.model.Verdict;
import no.sertsynk.rollover.Action;
import no.sertsynk.rollover.CertificateDecision;
import no.sertsynk.rollover.PartyDecision;
import no.sertsynk.rollover.Role;
import no.sertsynk.sandbox.SandboxAuthority;
import no.sertsynk.sync.DesiredEntries.Placed;
import no.sertsynk.sync.RestoredEntries.Restored;
import no.sertsynk.sync.RollbackReport.LeftOut;
import no.sertsynk.sync.SyncSettings.KeystoreSetting;
import no.sertsynk.sync.SyncState.Claim;
import no.sertsynk.sync.SyncState.Entry;
import no.sertsynk.sync.SyncState.KeystoreMemory;
import org.junit.jupiter.api.Test;

/** What is whose in a keystore, what should be in it, and what of it may come back. */
class KeystoreDecisionsTest {
    private static final Instant AT = Instant.parse("2026-11-24T10:00:00Z");
    private static final HerId PARTY = new HerId(1);
    private static final HerId OTHER = new HerId(2);
    private static final OrganizationNumber NUMBER = new OrganizationNumber("911111111");
    private static final SandboxAuthority AUTHORITY = SandboxAuthority.create("Test", AT, Optional.empty());
    private static final PartnerCertificate OLD = certificate(60);
    private static final PartnerCertificate NEW = certificate(30);
    private static final KeystoreSetting SETTING = new KeystoreSetting(
            new KeystoreSpec("dit", Path.of("/srv/dit.pem"), KeystoreType.PEM, Optional.empty()),
            Set.of(Purpose.ENCRYPTION),
            Optional.empty(),
            AliasTemplate.of(AliasTemplate.DEFAULT_CURRENT, Optional.empty()));
    private static final String CURRENT = "her-1-encryption";
    private static final String PARALLEL = CURRENT + "-" + OLD.serialHex();

    private static PartnerCertificate certificate(int days) {
        return AUTHORITY.issue(SandboxAuthority.Order.of(
                "God", NUMBER, SandboxAuthority.ENCRYPTION_USAGE, AT.minus(Duration.ofDays(days))));
    }

    private static KeystoreContents contents(Map<String, PartnerCertificate> certificates) {
        return new KeystoreContents(true, certificates, Set.of());
    }

    private static Entry entry(String alias, PartnerCertificate certificate, Role role) {
        return new Entry(alias, certificate.sha256(), PARTY, Purpose.ENCRYPTION, role, AT.minusSeconds(1));
    }

    private static KeystoreMemory memory(List<Entry> entries, Optional<Claim> claim) {
        return new KeystoreMemory(3, entries, claim, Optional.empty(), Optional.empty());
    }

    private static Claim claim(List<Entry> put, List<Entry> leave) {
        return new Claim("run", AT, "dit", 4, put, leave, List.of(), Optional.empty());
    }

    private static List<Entry> owned(Map<String, PartnerCertificate> certificates, KeystoreMemory memory) {
        return new KeystoreOwnership(SETTING, Set.of(PARTY, OTHER), AT).owned(contents(certificates), memory);
    }

    @Test
    void withoutState_namesOfConfiguredPartiesDecide() {
        Map<String, PartnerCertificate> found = new HashMap<>();
        List.of(CURRENT, PARALLEL, "her-2-encryption", "her-3-encryption", "her-1-signature", "foreign")
                .forEach(alias -> found.put(alias, OLD));

        assertThat(owned(found, KeystoreMemory.NONE))
                .extracting(Entry::alias, Entry::herId, Entry::role)
                .containsExactlyInAnyOrder(
                        tuple(CURRENT, PARTY, Role.CURRENT),
                        tuple(PARALLEL, PARTY, Role.PARALLEL),
                        tuple("her-2-encryption", OTHER, Role.CURRENT));
    }

    @Test
    void withState_namesDecideNothing() {
        Entry known = entry("odd", OLD, Role.CURRENT);
        assertThat(owned(Map.of("odd", OLD, CURRENT, NEW), memory(List.of(known), Optional.empty())))
                .containsExactly(known);
        assertThat(owned(Map.of(CURRENT, NEW), memory(List.of(), Optional.empty())))
                .isEmpty();
    }

    @Test
    void whatWasClaimed_isOursAsItLiesThere() {
        KeystoreMemory memory = memory(
                List.of(entry(CURRENT, OLD, Role.CURRENT)),
                Optional.of(claim(
                        List.of(entry(CURRENT, NEW, Role.CURRENT), entry(PARALLEL, OLD, Role.PARALLEL)), List.of())));

        assertThat(owned(Map.of(CURRENT, OLD), memory)).containsExactly(entry(CURRENT, OLD, Role.CURRENT));
        assertThat(owned(Map.of(CURRENT, NEW, PARALLEL, OLD), memory))
                .containsExactlyInAnyOrder(entry(CURRENT, NEW, Role.CURRENT), entry(PARALLEL, OLD, Role.PARALLEL));
    }

    @Test
    void claim_isDone_onlyIfAllOfItLiesThereAndNothingThatLeaves() {
        Claim claim = claim(List.of(entry(CURRENT, NEW, Role.CURRENT)), List.of(entry(PARALLEL, OLD, Role.PARALLEL)));
        assertThat(KeystoreOwnership.holds(contents(Map.of(CURRENT, NEW)), claim))
                .isTrue();
        assertThat(KeystoreOwnership.holds(contents(Map.of(CURRENT, OLD)), claim))
                .isFalse();
        assertThat(KeystoreOwnership.holds(contents(Map.of(CURRENT, NEW, PARALLEL, OLD)), claim))
                .isFalse();
        assertThat(KeystoreOwnership.holds(contents(Map.of()), claim)).isFalse();
    }

    private static Assessment assessment(Verdict verdict, ReasonCode... codes) {
        return new Assessment(
                verdict,
                Set.of(Purpose.ENCRYPTION),
                new SubjectIdentity(Optional.of(NUMBER), "God", List.of()),
                java.util.Arrays.stream(codes)
                        .map(code -> Reason.of(code, "because"))
                        .toList(),
                List.of(),
                List.of());
    }

    private static PartyDecision decision(Map<PartnerCertificate, Role> roles) {
        return new PartyDecision(
                List.of(),
                List.of(),
                roles.entrySet().stream()
                        .map(each -> new CertificateDecision(
                                Purpose.ENCRYPTION,
                                each.getKey(),
                                assessment(Verdict.ACCEPTED),
                                each.getValue(),
                                Action.KEEP,
                                Optional.empty(),
                                Optional.empty(),
                                List.of()))
                        .toList(),
                Set.of(),
                Map.of());
    }

    @Test
    void rollover_keepsWhenTheOldOneWasInstalled_andIsAnAddAndARetirement() {
        List<Entry> owned = List.of(entry(CURRENT, OLD, Role.CURRENT));
        DesiredEntries desired = DesiredEntries.of(
                SETTING,
                owned,
                Map.of(PARTY, decision(new LinkedHashMap<>(Map.of(NEW, Role.CURRENT, OLD, Role.PARALLEL)))),
                any -> true,
                AT);
        assertThat(desired.entries().values())
                .extracting(Entry::alias, Entry::installedAt)
                .containsExactly(tuple(CURRENT, AT), tuple(PARALLEL, AT.minusSeconds(1)));

        KeystoreContents contents = contents(Map.of(CURRENT, OLD));
        KeystorePlan plan = KeystorePlan.of(SETTING, contents, owned, desired);
        assertThat(KeystoreChanges.of(
                        contents, plan, (action, entry) -> new KeystoreChanges.Why("because", Optional.empty())))
                .extracting("action", "alias")
                .containsExactly(tuple(Action.ADD, CURRENT), tuple(Action.RETIRE, PARALLEL));
    }

    @Test
    void partyThatNobodyDecidedOn_leavesOnlyIfItMay() {
        List<Entry> owned = List.of(entry(CURRENT, OLD, Role.CURRENT));
        assertThat(DesiredEntries.of(SETTING, owned, Map.of(), any -> false, AT).are(owned))
                .isTrue();
        assertThat(DesiredEntries.of(SETTING, owned, Map.of(), any -> true, AT).entries())
                .isEmpty();
    }

    @Test
    void privateKeyUnderOurName_isAConflict() {
        KeystoreContents contents = new KeystoreContents(true, Map.of(), Set.of(CURRENT));
        DesiredEntries desired = DesiredEntries.of(
                SETTING, List.of(), Map.of(PARTY, decision(Map.of(NEW, Role.CURRENT))), any -> true, AT);
        assertThat(KeystorePlan.of(SETTING, contents, List.of(), desired).conflicts())
                .singleElement()
                .satisfies(reason -> assertThat(reason.message()).contains("found a private key"));
    }

    private static Restored restored(
            Map<PartnerCertificate, Assessment> verdicts,
            Map<String, PartnerCertificate> now,
            List<Entry> then,
            Map<HerId, OrganizationNumber> pins) {
        Map<String, PartnerCertificate> kept = new HashMap<>();
        then.forEach(entry -> kept.put(entry.alias(), entry.sha256().equals(OLD.sha256()) ? OLD : NEW));
        List<Entry> owned = now.containsKey(CURRENT)
                ? List.of(entry(CURRENT, java.util.Objects.requireNonNull(now.get(CURRENT)), Role.CURRENT))
                : List.of();
        return new RestoredEntries(
                        certificate -> verdicts.getOrDefault(certificate, assessment(Verdict.ACCEPTED)),
                        pins,
                        contents(now),
                        owned)
                .of(then, contents(kept));
    }

    @Test
    void revokedCurrentOfThen_leavesItsPlaceToTheBestOfThen() {
        Restored restored = restored(
                Map.of(NEW, assessment(Verdict.REJECTED, ReasonCode.REVOKED)),
                Map.of(),
                List.of(entry(CURRENT, NEW, Role.CURRENT), entry(PARALLEL, OLD, Role.PARALLEL)),
                Map.of());

        assertThat(restored.placed()).containsExactly(new Placed(PARTY, Purpose.ENCRYPTION, OLD, Role.CURRENT));
        assertThat(restored.leftOut()).singleElement().satisfies(left -> {
            assertThat(left.entry().alias()).isEqualTo(CURRENT);
            assertThat(left.isLoss()).isFalse();
        });
    }

    @Test
    void nothingOfThenMayComeBack_whatIsThereStays() {
        Restored restored = restored(
                Map.of(OLD, assessment(Verdict.REJECTED, ReasonCode.EXPIRED)),
                Map.of(CURRENT, NEW),
                List.of(entry(CURRENT, OLD, Role.CURRENT)),
                Map.of());
        assertThat(restored.placed()).containsExactly(new Placed(PARTY, Purpose.ENCRYPTION, NEW, Role.CURRENT));
    }

    @Test
    void nothingOfThenAndNothingNow_isALoss() {
        Restored restored = restored(
                Map.of(OLD, assessment(Verdict.REJECTED, ReasonCode.EXPIRED)),
                Map.of(),
                List.of(entry(CURRENT, OLD, Role.CURRENT)),
                Map.of());
        assertThat(restored.placed()).isEmpty();
        assertThat(restored.leftOut()).allMatch(LeftOut::isLoss);
    }

    @Test
    void undetermined_staysWhereItLies_andDoesNotComeBack() {
        Map<PartnerCertificate, Assessment> unknown =
                Map.of(OLD, assessment(Verdict.UNDETERMINED, ReasonCode.REVOCATION_UNKNOWN));
        List<Entry> then = List.of(entry(CURRENT, OLD, Role.CURRENT));
        assertThat(restored(unknown, Map.of(CURRENT, OLD), then, Map.of()).leftOut())
                .isEmpty();
        assertThat(restored(unknown, Map.of(CURRENT, NEW), then, Map.of()).leftOut())
                .hasSize(1);
    }

    @Test
    void anotherOrganizationThanThePinned_doesNotComeBack() {
        Restored restored = restored(
                Map.of(),
                Map.of(),
                List.of(entry(CURRENT, OLD, Role.CURRENT)),
                Map.of(PARTY, new OrganizationNumber("922222222")));
        assertThat(restored.leftOut())
                .singleElement()
                .satisfies(
                        left -> assertThat(left.reasons().getFirst().code()).isEqualTo(ReasonCode.WRONG_ORGANIZATION));
    }
}
