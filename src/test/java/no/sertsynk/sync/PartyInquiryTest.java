package no.sertsynk.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.register.CommunicationParty.AnnouncedString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What register and directory say of one party, as the report of a run tells it. */
class PartyInquiryTest {
    private static final String UNREADABLE = "ldap://CN=foo";
    private final World world = new World();

    @BeforeEach
    void onlyEncryption() {
        world.settings = List.of(World.keystore("dit", java.util.Set.of(Purpose.ENCRYPTION)));
    }

    private PartnerCertificate issue(int serial) {
        return world.issue("Part", serial, -10L - serial, 300, Purpose.ENCRYPTION);
    }

    private PartyReport report() {
        return World.report(world.sync(), 1);
    }

    private static List<ReasonCode> codes(List<Reason> reasons) {
        return reasons.stream().map(Reason::code).toList();
    }

    private AnnouncedString announced(String text, long day) {
        return new AnnouncedString(text, false, World.day(day));
    }

    @Test
    void oneMalformedStringOfTwo_isAReasonAndTheOtherIsUsed() {
        world.party(1).strings = List.of(UNREADABLE, World.string(issue(1)));
        PartyReport report = report();

        assertThat(codes(report.reasons())).containsExactly(ReasonCode.LDAP_STRING_MALFORMED);
        assertThat(report.outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(world.entries("dit")).hasSize(1);
    }

    @Test
    void announcedStringThatIsMalformed_isAWarningUntilItTakesEffect() {
        World.Party party = world.party(1).named(issue(1));
        party.announced = List.of(announced(UNREADABLE, 5));
        PartyReport before = report();
        assertThat(before.warnings())
                .anySatisfy(warning -> assertThat(warning.message()).contains("cannot be read"));
        assertThat(before.reasons()).isEmpty();

        world.now = World.day(5);
        assertThat(codes(report().reasons())).containsExactly(ReasonCode.LDAP_STRING_MALFORMED);
    }

    @Test
    void announcedStringWithMissingEntries_isNoReasonBeforeItTakesEffect() {
        World.Party party = world.party(1).named(issue(1));
        PartnerCertificate next = issue(2);
        world.directory.remove(next);
        party.announced = List.of(announced(World.string(next), 5));

        assertThat(report().reasons()).isEmpty();
    }

    @Test
    void certificateNamedNowAndAnnounced_isNamedNow() {
        PartnerCertificate both = issue(1);
        World.Party party = world.party(1).named(both);
        party.announced = List.of(announced(World.string(both), 5));
        PartyReport report = report();

        assertThat(report.certificates()).hasSize(1);
        assertThat(report.outcome()).isEqualTo(Outcome.UPDATED);
    }

    @Test
    void certificateMatchedByAnOpenStringAndNamedExactly_isExact() {
        PartnerCertificate first = issue(1);
        PartnerCertificate other = world.issue(
                new no.sertsynk.model.SubjectIdentity(
                        java.util.Optional.of(no.sertsynk.rollover.Verdicts.NUMBER), "Part", List.of("Lab")),
                2,
                -5,
                300,
                Purpose.ENCRYPTION);
        for (List<String> strings : List.of(
                List.of(World.open("Part"), World.string(first, other)),
                List.of(World.string(first, other), World.open("Part")))) {
            world.party(1).strings = strings;
            assertThat(report().reasons()).isEmpty();
            assertThat(world.entries("dit")).hasSize(2);
        }
    }

    @Test
    void stringThatFindsNothing_isEntryNotFound() {
        world.party(1).strings = List.of(World.open("Ingen"));

        assertThat(codes(report().reasons())).containsExactly(ReasonCode.ENTRY_NOT_FOUND);
        assertThat(report().reasons().getFirst().message()).contains("(cn=Ingen)");
    }

    @Test
    void inactiveParty_isNotSearchedFor() {
        world.party(1).named(issue(1)).active = false;
        PartyReport report = report();

        assertThat(codes(report.reasons())).containsExactly(ReasonCode.PARTY_INACTIVE);
        assertThat(report.certificates()).isEmpty();
    }
}
