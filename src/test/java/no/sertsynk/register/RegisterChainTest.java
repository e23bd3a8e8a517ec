package no.sertsynk.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.register.CommunicationParty.RegisteredString;
import no.sertsynk.register.RegisterChain.Source;
import no.sertsynk.sandbox.Sandbox;
import no.sertsynk.sandbox.SandboxAuthority;
import org.junit.jupiter.api.Test;

/** Which source counts, and what is told of the others. */
class RegisterChainTest {
    private static final HerId ONE = new HerId(1);
    private static final OrganizationNumber NUMBER = new OrganizationNumber("911111111");
    private static final OrganizationNumber OTHER = new OrganizationNumber("922222222");

    private final Fake cpapi = new Fake();
    private final Fake soap = new Fake();
    private final Fake file = new Fake();
    private final RegisterChain both =
            new RegisterChain(List.of(new Source("cpapi", cpapi, false), new Source("soap", soap, false)));
    private final RegisterChain fileFirst =
            new RegisterChain(List.of(new Source("file", file, true), new Source("soap", soap, false)));

    /** A register of parties and one failure for all. */
    private static final class Fake implements Register {
        private final Map<HerId, CommunicationParty> parties = new HashMap<>();
        private Optional<ReasonCode> failure = Optional.empty();
        private Optional<Duration> offset = Optional.empty();
        private boolean closed;
        private int asked;

        @Override
        public CommunicationParty lookUp(HerId herId) throws RegisterException {
            asked++;
            if (failure.isPresent()) {
                throw RegisterException.of(Reason.of(failure.get(), "because it is down"));
            }
            CommunicationParty party = parties.get(herId);
            if (party == null) {
                throw RegisterException.of(Reason.of(ReasonCode.PARTY_UNKNOWN, "because nobody has it"));
            }
            return party;
        }

        @Override
        public OwnCertificates ownCertificates(HerId herId) throws RegisterException {
            lookUp(herId);
            return new OwnCertificates(Optional.empty(), Optional.empty(), List.of());
        }

        @Override
        public String ping() throws RegisterException {
            if (failure.isPresent()) {
                throw RegisterException.of(Reason.of(failure.get(), "because it is down"));
            }
            return "pong";
        }

        @Override
        public Optional<Duration> clockOffset() {
            return offset;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static CommunicationParty party(
            String name, OrganizationNumber number, boolean active, List<PartnerCertificate> held, String... strings) {
        return new CommunicationParty(
                ONE,
                name,
                Optional.of(number),
                Optional.empty(),
                Optional.empty(),
                active,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Arrays.stream(strings)
                        .map(text -> new RegisteredString(text, false, Optional.empty()))
                        .toList(),
                List.of(),
                held,
                List.of());
    }

    private static CommunicationParty party(String name, String... strings) {
        return party(name, NUMBER, true, List.of(), strings);
    }

    private static List<String> told(CommunicationParty party) {
        List<String> told = new ArrayList<>();
        party.warnings().forEach(reason -> told.add(reason.toString()));
        return told;
    }

    private static ReasonCode failure(Register register) {
        try {
            register.lookUp(ONE);
        } catch (RegisterException e) {
            return e.reason().code();
        }
        throw new AssertionError("it was answered");
    }

    @Test
    void bothAnswerTheSame_firstCountsAndNothingIsTold() throws Exception {
        cpapi.parties.put(ONE, party("A", "ldap://x"));
        soap.parties.put(ONE, party("B", "ldap://x"));

        CommunicationParty party = both.lookUp(ONE);

        assertThat(party.name()).isEqualTo("A");
        assertThat(party.warnings()).isEmpty();
        assertThat(soap.asked).isEqualTo(1);
    }

    @Test
    void firstIsDown_secondCountsAndItIsTold() throws Exception {
        for (ReasonCode code : List.of(ReasonCode.REGISTER_UNAVAILABLE, ReasonCode.LIMIT_EXCEEDED)) {
            cpapi.failure = Optional.of(code);
            soap.parties.put(ONE, party("B", "ldap://x"));

            CommunicationParty party = both.lookUp(ONE);

            assertThat(party.name()).isEqualTo("B");
            assertThat(told(party)).containsExactly("REGISTER_UNAVAILABLE: asked soap instead: because it is down");
        }
    }

    @Test
    void secondIsDown_firstCounts() throws Exception {
        cpapi.parties.put(ONE, party("A", "ldap://x"));
        soap.failure = Optional.of(ReasonCode.REGISTER_UNAVAILABLE);

        assertThat(both.lookUp(ONE).warnings()).isEmpty();
    }

    @Test
    void everyDifference_isTold() throws Exception {
        cpapi.parties.put(ONE, party("A", NUMBER, true, List.of(), "ldap://x", "ldap://y"));
        soap.parties.put(ONE, party("A", OTHER, false, List.of(), "ldap://x"));

        assertThat(told(both.lookUp(ONE)))
                .hasSize(3)
                .allMatch(text -> text.startsWith("REGISTER_MISMATCH: "))
                .anyMatch(text -> text.contains("active by cpapi alone"))
                .anyMatch(text -> text.contains("911111111 by cpapi, 922222222 by soap"))
                .anyMatch(text -> text.contains("LDAP strings of HER-id 1 that differ between cpapi and soap"));
    }

    @Test
    void certificatesThatDiffer_areTold_andCertificatesAreNotComparedWithStrings() throws Exception {
        SandboxAuthority authority = SandboxAuthority.create("Sandkasse", Instant.now(), Optional.empty());
        Sandbox.Pair pair = Sandbox.issuePair(authority, "A", NUMBER, Instant.now());
        cpapi.parties.put(ONE, party("A", NUMBER, true, List.of(pair.encryption())));
        soap.parties.put(ONE, party("A", "ldap://x"));
        assertThat(both.lookUp(ONE).warnings()).isEmpty();

        soap.parties.put(ONE, party("A", NUMBER, true, List.of(pair.signature())));
        assertThat(told(both.lookUp(ONE))).singleElement().asString().contains("certificates of HER-id 1 that differ");
    }

    @Test
    void knownToOneAlone_isADifference() throws Exception {
        soap.parties.put(ONE, party("B", "ldap://x"));
        assertThat(told(both.lookUp(ONE))).singleElement().asString().contains("known to soap alone");

        cpapi.parties.put(ONE, party("A", "ldap://x"));
        soap.parties.clear();
        assertThat(told(both.lookUp(ONE))).singleElement().asString().contains("unknown to soap");
    }

    @Test
    void nobodyKnowsIt_itIsUnknown_unlessOneIsDown() {
        assertThat(failure(both)).isEqualTo(ReasonCode.PARTY_UNKNOWN);
        cpapi.failure = Optional.of(ReasonCode.REGISTER_UNAVAILABLE);
        assertThat(failure(both)).isEqualTo(ReasonCode.REGISTER_UNAVAILABLE);
        cpapi.failure = Optional.empty();
        soap.failure = Optional.of(ReasonCode.REGISTER_UNAVAILABLE);
        assertThat(failure(both)).isEqualTo(ReasonCode.REGISTER_UNAVAILABLE);
    }

    @Test
    void fileThatKnowsTheParty_isAskedAlone() throws Exception {
        file.parties.put(ONE, party("F", "ldap://f"));
        soap.parties.put(ONE, party("S", "ldap://x"));

        assertThat(fileFirst.lookUp(ONE)).isEqualTo(party("F", "ldap://f"));
        assertThat(soap.asked).isZero();
    }

    @Test
    void fileThatDoesNotKnowTheParty_meansNothing() throws Exception {
        soap.parties.put(ONE, party("S", "ldap://x"));

        assertThat(fileFirst.lookUp(ONE)).isEqualTo(party("S", "ldap://x"));
    }

    @Test
    void troubleInTheFile_isNotReplacedByTheRegister() {
        file.failure = Optional.of(ReasonCode.MALFORMED_CERTIFICATE);
        soap.parties.put(ONE, party("S", "ldap://x"));

        assertThat(failure(fileFirst)).isEqualTo(ReasonCode.MALFORMED_CERTIFICATE);
    }

    @Test
    void nobodyKnowsIt_isUnknownWithAFileInFrontOrBehind() {
        RegisterChain fileLast =
                new RegisterChain(List.of(new Source("soap", soap, false), new Source("file", file, true)));

        assertThat(failure(fileFirst)).isEqualTo(ReasonCode.PARTY_UNKNOWN);
        assertThat(failure(fileLast)).isEqualTo(ReasonCode.PARTY_UNKNOWN);
    }

    @Test
    void ownCertificates_comeFromTheSourceThatAnswered() throws Exception {
        cpapi.failure = Optional.of(ReasonCode.REGISTER_UNAVAILABLE);
        soap.parties.put(ONE, party("B", "ldap://x"));
        both.lookUp(ONE);
        int before = cpapi.asked;
        both.ownCertificates(ONE);

        assertThat(cpapi.asked).isEqualTo(before);
    }

    @Test
    void pingAndClock_areThoseOfWhoAnswers() throws Exception {
        cpapi.failure = Optional.of(ReasonCode.REGISTER_UNAVAILABLE);
        soap.offset = Optional.of(Duration.ofSeconds(3));
        assertThat(both.ping()).isEqualTo("soap: pong");
        assertThat(both.clockOffset()).contains(Duration.ofSeconds(3));
        soap.failure = cpapi.failure;
        assertThatExceptionOfType(RegisterException.class).isThrownBy(both::ping);
        both.close();

        assertThat(cpapi.closed && soap.closed).isTrue();
    }
}
