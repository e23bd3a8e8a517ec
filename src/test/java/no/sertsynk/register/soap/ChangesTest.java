package no.sertsynk.register.soap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static no.sertsynk.register.soap.RegisterFixture.HER_ID;
import static no.sertsynk.register.soap.RegisterFixture.NUMBER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import no.sertsynk.model.HerId;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.register.Register;
import no.sertsynk.register.Register.Changes;
import no.sertsynk.register.RegisterException;
import no.sertsynk.sandbox.SandboxRegisterFault;
import no.sertsynk.sandbox.SandboxRegisterParty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One question about many parties: when were they changed? */
class ChangesTest {
    private static final String OPERATION = "GetChangedCommunicationPartiesInfo";
    private static final HerId OTHER = new HerId(93238);
    private static final HerId NOBODY = new HerId(5);

    private final RegisterFixture fixture;

    ChangesTest() throws IOException {
        fixture = new RegisterFixture();
        fixture.sandbox.put(SandboxRegisterParty.organization(OTHER, "Annen", NUMBER));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Changes changes(Set<HerId> herIds) throws RegisterException {
        try (Register register = fixture.open()) {
            return register.changes(herIds).orElseThrow();
        }
    }

    private void expectUnanswered(String found) {
        RegisterException failure =
                RegisterFixture.failureOf(() -> changes(Set.of(HER_ID, OTHER))).orElseThrow();
        assertThat(failure.reason().code()).isEqualTo(ReasonCode.REGISTER_UNAVAILABLE);
        assertThat(failure.reason().message()).contains(found);
        assertThat(fixture.sandbox.calls(OPERATION)).isOne();
        assertThat(fixture.pauses).isEmpty();
    }

    @Test
    void oneQuestion_tellsOfAllThatAreKnown() throws Exception {
        Changes changes = changes(Set.of(HER_ID, OTHER, NOBODY));

        assertThat(changes.lastUpdated()).containsOnlyKeys(HER_ID, OTHER);
        assertThat(changes.source()).isEqualTo(fixture.sandbox.url().toString());
        assertThat(fixture.sandbox.calls(OPERATION)).isOne();
    }

    @Test
    void change_isTold_andTheOthersStayAsTheyWere() throws Exception {
        Map<HerId, Instant> before = changes(Set.of(HER_ID, OTHER)).lastUpdated();
        fixture.sandbox.put(
                SandboxRegisterParty.organization(OTHER, "Annen", NUMBER).withLdapString("ldap://new"));

        Map<HerId, Instant> after = changes(Set.of(HER_ID, OTHER)).lastUpdated();

        assertThat(after.get(OTHER)).isAfter(before.get(OTHER));
        assertThat(after.get(HER_ID)).isEqualTo(before.get(HER_ID));
    }

    @Test
    void manyParties_takeAFewQuestions() throws Exception {
        Set<HerId> many = new HashSet<>(Set.of(HER_ID));
        for (int i = 0; i < 4_000; i++) {
            many.add(new HerId(999_990_000 + i));
        }
        assertThat(changes(many).lastUpdated()).containsOnlyKeys(HER_ID);
        assertThat(fixture.sandbox.calls(OPERATION)).isEqualTo(3);
    }

    @Test
    void fault_isNoAnswer_andTheQuestionIsNotRepeated() {
        fixture.sandbox.fail(OPERATION, new SandboxRegisterFault.Generic("ActionNotSupported", "Not here."));
        expectUnanswered("ActionNotSupported");
    }

    @Test
    void registerIsBusy_theQuestionIsNotRepeated() {
        fixture.sandbox.fail(OPERATION, SandboxRegisterFault.status(503));
        expectUnanswered("HTTP 503");
    }

    @Test
    void garbage_isNoAnswer() {
        fixture.sandbox.fail(OPERATION, new SandboxRegisterFault.Garbage(4));
        expectUnanswered("neither UTF-8 nor UTF-16");
    }

    @Test
    void truncatedAnswer_isNoAnswer() {
        fixture.sandbox.fail(OPERATION, new SandboxRegisterFault.Truncated());
        expectUnanswered("broken connection");
    }

    @Test
    void laterQuestionFails_whatWasToldStands() throws Exception {
        Set<HerId> many = new TreeSet<>(Set.of(HER_ID));
        for (int i = 0; i < 2_000; i++) {
            many.add(new HerId(999_990_000 + i));
        }
        SandboxRegisterFault late = SandboxRegisterFault.status(500);
        try (Register register = fixture.open()) {
            fixture.sandbox.failAfter(1, OPERATION, late);
            assertThat(register.changes(many).orElseThrow().lastUpdated()).containsOnlyKeys(HER_ID);
        }
    }

    private static Map<HerId, Instant> read(String infos) throws Exception {
        String envelope = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\""
                + " xmlns=\"http://register.nhn.no/CommunicationParty\""
                + " xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\"><s:Body><" + OPERATION + "Response>" + infos
                + "</" + OPERATION + "Response></s:Body></s:Envelope>";
        return SoapEnvelope.read(
                envelope.getBytes(UTF_8), AnswerLimits.DEFAULT, SoapOperation.CHANGES, ChangesReader::read);
    }

    private static String result(String... infos) {
        return "<" + OPERATION + "Result>" + String.join("", infos) + "</" + OPERATION + "Result>";
    }

    private static String info(String herId, String time) {
        return "<CommunicationPartyLastChangedInfo><HerId>" + herId + "</HerId><LastUpdated>" + time
                + "</LastUpdated><Later>1</Later></CommunicationPartyLastChangedInfo>";
    }

    @Test
    void times_areNorwegian() throws Exception {
        assertThat(read(result(info("1", "2026-11-24T13:00:00.1234567"), info("2", "2026-07-01T12:00:00"))))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        new HerId(1), Instant.parse("2026-11-24T12:00:00.1234567Z"),
                        new HerId(2), Instant.parse("2026-07-01T10:00:00Z")));
    }

    @Test
    void emptyAnswers_tellOfNobody() throws Exception {
        assertThat(read("<" + OPERATION + "Result i:nil=\"true\"/>")).isEmpty();
        assertThat(read(result())).isEmpty();
        assertThat(read(result("<CommunicationPartyLastChangedInfo i:nil=\"true\"/>")))
                .isEmpty();
    }

    @Test
    void whatCannotBeRelied_isNotTold() throws Exception {
        String time = "2026-11-24T13:00:00";
        assertThat(read(result(
                        info("-1", time),
                        info("x", time),
                        info("2", "0001-01-01T00:00:00"),
                        info("3", "yesterday"),
                        info("3", time),
                        info("4", time),
                        info("4", "2026-11-24T13:00:01"),
                        info("5", time),
                        info("5", time))))
                .containsOnlyKeys(new HerId(5));
    }
}
