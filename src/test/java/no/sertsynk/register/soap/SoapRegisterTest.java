package no.sertsynk.register.soap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static no.sertsynk.register.soap.RegisterFixture.HER_ID;
import static no.sertsynk.register.soap.RegisterFixture.NUMBER;
import static no.sertsynk.register.soap.RegisterFixture.STRING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import no.sertsynk.model.HerId;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.register.CommunicationParty;
import no.sertsynk.register.CommunicationParty.AnnouncedString;
import no.sertsynk.register.CommunicationParty.RegisteredString;
import no.sertsynk.register.OwnCertificates;
import no.sertsynk.register.Register;
import no.sertsynk.register.RegisterException;
import no.sertsynk.sandbox.SandboxRegisterFault;
import no.sertsynk.sandbox.SandboxRegisterParty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the register answers when all is well. */
class SoapRegisterTest {
    private static final Instant LATER = Instant.parse("2027-03-01T08:00:00Z");

    private final RegisterFixture fixture;

    SoapRegisterTest() throws IOException {
        fixture = new RegisterFixture();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void service_hasItsStringsAndParentsNumber(boolean soap12) throws RegisterException {
        fixture.sandbox.speakSoap12(soap12);
        fixture.sandbox.put(SandboxRegisterParty.service(HER_ID, "Legevakt & co <1>", NUMBER)
                .withInheritedLdapString("ldap://parent")
                .withAddress(new SandboxRegisterParty.Address("E_EDI", "a@b.no", false, Optional.empty()))
                .withLdapString(STRING)
                .withAnnouncedLdapString("ldap://later", LATER)
                .changedAt(LATER));

        CommunicationParty party = lookUp();

        assertThat(party.name()).isEqualTo("Legevakt & co <1>");
        assertThat(party.organizationNumber()).isEmpty();
        assertThat(party.parentOrganizationNumber()).contains(NUMBER);
        assertThat(party.lastChanged()).contains(LATER);
        assertThat(party.active()).isTrue();
        assertThat(party.ldapStrings()).containsExactly(new RegisteredString(STRING, false, Optional.of(LATER)));
        assertThat(party.announced()).containsExactly(new AnnouncedString("ldap://later", false, LATER));
    }

    @Test
    void organization_hasItsOwnNumber() throws RegisterException {
        fixture.sandbox.put(SandboxRegisterParty.organization(HER_ID, "SYKEHUS", NUMBER)
                .withDisplayName("Sykehuset")
                .endedAt(LATER));

        CommunicationParty party = lookUp();

        assertThat(party.name()).isEqualTo("Sykehuset");
        assertThat(party.organizationNumber()).contains(NUMBER);
        assertThat(party.parentOrganizationNumber()).isEmpty();
        assertThat(party.active()).isFalse();
        assertThat(party.validTo()).contains(LATER);
    }

    @Test
    void inheritedStringsOnly_areTaken() throws RegisterException {
        fixture.sandbox.put(SandboxRegisterParty.service(HER_ID, "x", NUMBER).withInheritedLdapString("ldap://parent"));

        assertThat(lookUp().ldapStrings())
                .extracting(RegisteredString::inherited)
                .containsExactly(true);
    }

    @Test
    void ping_answersWhatTheServiceSays() throws RegisterException {
        try (Register register = fixture.open()) {
            assertThat(register.ping()).isEqualTo("Pong");
        }
    }

    @Test
    void ownCertificates_areReadForEachPurpose() throws Exception {
        PartnerCertificate encryption = TestCertificate.create("encryption");
        PartnerCertificate signature = TestCertificate.create("signature");
        fixture.sandbox.put(SandboxRegisterParty.service(HER_ID, "x", NUMBER)
                .withCertificate(Purpose.ENCRYPTION, encryption)
                .withCertificate(Purpose.SIGNATURE, signature));

        OwnCertificates own = ownCertificates();

        assertThat(own).isEqualTo(new OwnCertificates(Optional.of(encryption), Optional.of(signature), List.of()));
        assertThat(fixture.sandbox.calls("GetCertificateDetailsForEncryption")).isOne();
        assertThat(fixture.sandbox.calls("GetCertificateDetailsForValidatingSignature"))
                .isOne();
    }

    @Test
    void nilCertificates_areEmptyWithWarning() throws RegisterException {
        OwnCertificates own = ownCertificates();

        assertThat(own.isEmpty()).isTrue();
        assertThat(own.warnings())
                .extracting(Reason::code)
                .containsExactly(ReasonCode.ENTRY_NOT_FOUND, ReasonCode.ENTRY_NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not base64!", "AAAA", "MIIB"})
    void brokenCertificate_isWarningAndOtherPurposeStands(String content) throws Exception {
        PartnerCertificate signature = TestCertificate.create("signature");
        fixture.sandbox.put(
                SandboxRegisterParty.service(HER_ID, "x", NUMBER).withCertificate(Purpose.SIGNATURE, signature));
        String details = "<CertificateDetails xmlns=\"http://register.nhn.no/CertificateDetails\"><Certificate>"
                + content
                + "</Certificate></CertificateDetails>";
        fixture.sandbox.putRecordedCertificate(HER_ID, Purpose.ENCRYPTION, details.getBytes(UTF_8));

        OwnCertificates own = ownCertificates();

        assertThat(own.encryption()).isEmpty();
        assertThat(own.signature()).contains(signature);
        assertThat(own.warnings()).extracting(Reason::code).containsExactly(ReasonCode.MALFORMED_CERTIFICATE);
    }

    @Test
    void faultForOnePurpose_isWarning() throws Exception {
        PartnerCertificate signature = TestCertificate.create("signature");
        fixture.sandbox.put(
                SandboxRegisterParty.service(HER_ID, "x", NUMBER).withCertificate(Purpose.SIGNATURE, signature));
        fixture.sandbox.failNext(1, new SandboxRegisterFault.Generic("NoCertificateFound", "Fant ikke sertifikat."));

        OwnCertificates own = ownCertificates();

        assertThat(own.signature()).contains(signature);
        assertThat(own.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo(ReasonCode.REGISTER_UNAVAILABLE);
            assertThat(warning.message()).contains("NoCertificateFound", "Fant ikke sertifikat.", "encryption");
        });
    }

    @Test
    void ownCertificatesNotAnswered_isUnavailable() {
        fixture.sandbox.fail(SandboxRegisterFault.status(503));

        try (Register register = fixture.open()) {
            assertThat(RegisterFixture.failureOf(() -> register.ownCertificates(HER_ID)))
                    .hasValueSatisfying(
                            failure -> assertThat(failure.reason().code()).isEqualTo(ReasonCode.REGISTER_UNAVAILABLE));
        }
    }

    @Test
    void clockOffset_isRegistersDateAgainstOurs() throws RegisterException {
        Clock slow = Clock.offset(Clock.systemUTC(), Duration.ofHours(-3));
        try (Register register = fixture.open(fixture.settings(slow), AnswerLimits.DEFAULT)) {
            assertThat(register.clockOffset()).isEmpty();
            register.ping();
            assertThat(register.clockOffset())
                    .hasValueSatisfying(
                            ahead -> assertThat(ahead).isBetween(Duration.ofMinutes(178), Duration.ofMinutes(182)));
        }
    }

    @Test
    void clockOffset_isOfLatestAnswer() throws RegisterException {
        try (Register register = fixture.open()) {
            register.ping();
            fixture.sandbox.failNext(1, new SandboxRegisterFault.WrongDate(Duration.ofDays(400)));
            register.ping();
            assertThat(register.clockOffset())
                    .hasValueSatisfying(ahead -> assertThat(ahead).isGreaterThan(Duration.ofDays(399)));
        }
    }

    @Test
    void manyCallers_neverExceedCallsInFlight() throws Exception {
        fixture.sandbox.delay(Duration.ofMillis(2));
        List<HerId> herIds = new ArrayList<>();
        for (int i = 1; i <= 300; i++) {
            herIds.add(new HerId(i));
            fixture.sandbox.put(SandboxRegisterParty.service(new HerId(i), "party " + i, NUMBER));
        }
        SoapSettings base = fixture.settings(Clock.system(ZoneOffset.UTC));
        SoapSettings few = new SoapSettings(
                base.url(),
                base.username(),
                base.password(),
                base.timeout(),
                base.proxy(),
                base.noProxy(),
                base.tls(),
                7,
                base.clock(),
                base.userAgent());

        List<String> names = new ArrayList<>();
        try (Register register = fixture.open(few, AnswerLimits.DEFAULT);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<CommunicationParty>> parties = new ArrayList<>();
            herIds.forEach(herId -> parties.add(callers.submit(() -> register.lookUp(herId))));
            for (Future<CommunicationParty> party : parties) {
                names.add(party.get().name());
            }
        }

        assertThat(names).hasSize(300).startsWith("party 1", "party 2").endsWith("party 300");
        assertThat(fixture.sandbox.mostCallsAtOnce()).isBetween(2, 7);
        assertThat(fixture.partyCalls()).isEqualTo(300);
    }

    private CommunicationParty lookUp() throws RegisterException {
        try (Register register = fixture.open()) {
            return register.lookUp(HER_ID);
        }
    }

    private OwnCertificates ownCertificates() throws RegisterException {
        try (Register register = fixture.open()) {
            return register.ownCertificates(HER_ID);
        }
    }
}
