package no.sertsynk.register.soap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import no.sertsynk.SharedData;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.register.CommunicationParty;
import no.sertsynk.register.CommunicationParty.RegisteredString;
import no.sertsynk.register.OwnCertificates;
import no.sertsynk.register.Register;
import no.sertsynk.register.RegisterException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The register's real messages, sent over HTTP. */
class RealMessagesTest {
    private static final String FOLDER = "adresseregisteret/soap/";
    private static final OrganizationNumber DIRECTORATE = new OrganizationNumber("983544622");

    private final RegisterFixture fixture;
    private final Register register;

    RealMessagesTest() throws IOException {
        fixture = new RegisterFixture();
        register = fixture.open(fixture.settings(Clock.systemUTC()), AnswerLimits.DEFAULT);
    }

    @BeforeEach
    void requireMessages() {
        SharedData.path(FOLDER);
    }

    @AfterEach
    void close() {
        register.close();
        fixture.close();
    }

    @Test
    void serviceWithOwnString_isRead() throws Exception {
        CommunicationParty party = lookUp(93238, "CommunicationDetails_93238.xml");

        assertThat(party.name()).isEqualTo("Digitale innbyggertjenester");
        assertThat(party.active()).isTrue();
        assertThat(party.organizationNumber()).isEmpty();
        assertThat(party.parentOrganizationNumber()).contains(DIRECTORATE);
        assertThat(party.validTo()).contains(Instant.parse("9999-12-30T23:00:00Z"));
        assertThat(party.ldapStrings())
                .containsExactly(new RegisteredString(
                        "ldap://ldap.test4.buypass.no/dc=Buypass,dc=no,CN=Buypass%20Class%203%20Test4%20CA%203"
                                + "?usercertificate;binary?sub?(|(certificateSerialNumber=78582546985489742573738)"
                                + "(certificateSerialNumber=78562091626959712290424))",
                        false, Optional.of(Instant.parse("2016-04-19T06:16:26.133Z"))));
    }

    @ParameterizedTest
    @CsvSource({
        "91462, CommunicationDetails_91462.xml",
        "93238, CommunicationDetails_93238_variant.xml",
        "93252, CommunicationDetails_93252.xml"
    })
    void personWithInheritedString_isRead(int herId, String file) throws Exception {
        CommunicationParty party = lookUp(herId, file);

        assertThat(party.name()).isEqualTo("Alexander Dahl");
        assertThat(party.organizationNumber()).isEmpty();
        assertThat(party.ldapStrings()).singleElement().satisfies(string -> {
            assertThat(string.inherited()).isTrue();
            assertThat(string.text()).endsWith("?sub?(&(sn=983544622)(cn=TEST - DDFL))");
        });
    }

    @Test
    void serviceOnOneLine_isRead() throws Exception {
        CommunicationParty party = lookUp(94867, "CommunicationDetails_94867.xml");

        assertThat(party.name()).isEqualTo("Digitale innbyggertjenester");
        assertThat(party.ldapStrings()).extracting(RegisteredString::inherited).containsExactly(false);
    }

    @Test
    void organizationWithServices_isRead() throws Exception {
        CommunicationParty party = lookUp(8142987, "fiks-get-communication-party-details-organzation-response.xml");

        assertThat(party.name()).isEqualTo("KS-DIGITALE FELLESTJENESTER AS");
        assertThat(party.active()).isTrue();
        assertThat(party.organizationNumber()).contains(new OrganizationNumber("931796003"));
        assertThat(party.ldapStrings())
                .singleElement()
                .satisfies(string -> assertThat(string.text())
                        .startsWith("ldap://ldap.test4.buypass.no/")
                        .endsWith("(certificateSerialNumber=1978620698775221943443289))"));
    }

    @Test
    void productionService_isRead() throws Exception {
        Path file = SharedData.path(FOLDER + "fiks-get-communication-party-details-service-response.xml");
        int herId = ownHerId(Files.readString(file));

        CommunicationParty party = lookUp(herId, file.getFileName().toString());

        assertThat(party.ldapStrings())
                .singleElement()
                .satisfies(string -> assertThat(string.text()).startsWith("ldap://ldap.buypass.no/"));
    }

    @ParameterizedTest
    @CsvSource({
        "55555, fiks-get-communication-party-details-with-parent-response.xml",
        "12345, fiks-get-communication-party-details-no-parent-response.xml"
    })
    void smallOrganization_hasNoString(int herId, String file) throws Exception {
        CommunicationParty party = lookUp(herId, file);

        assertThat(party.name()).isEqualTo("Et legekontor");
        assertThat(party.ldapStrings()).isEmpty();
        assertThat(party.announced()).isEmpty();
    }

    @Test
    void unknownHerId_isPartyUnknown() throws Exception {
        HerId herId = new HerId(7);
        fixture.sandbox.putRecordedParty(herId, message("fiks-get-communication-party-details-not-found-response.xml"));

        assertThat(RegisterFixture.failureOf(() -> register.lookUp(herId))).hasValueSatisfying(failure -> {
            assertThat(failure.reason().code()).isEqualTo(ReasonCode.PARTY_UNKNOWN);
            assertThat(failure.isFatal()).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {93238, 93252, 94867})
    void ownCertificates_areRead(int number) throws Exception {
        HerId herId = new HerId(number);
        fixture.sandbox.putRecordedCertificate(
                herId, Purpose.ENCRYPTION, message("GetCertificateDetailsForEncryption_" + number + ".xml"));
        fixture.sandbox.putRecordedCertificate(
                herId, Purpose.SIGNATURE, message("GetCertificateDetailsForValidatingSignature_" + number + ".xml"));

        OwnCertificates own = register.ownCertificates(herId);

        assertThat(own.warnings()).isEmpty();
        assertThat(own.encryption().map(PartnerCertificate::subject).orElse("")).contains("serialNumber=983544622");
        assertThat(own.signature().map(PartnerCertificate::subject).orElse("")).contains("serialNumber=983544622");
    }

    /** Whatever becomes of a message on the way, it is read or refused, and nothing else. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void damagedMessages_areReadOrRefused(long seed) throws Exception {
        Random random = new Random(seed);
        HerId herId = new HerId(93238);
        List<byte[]> messages = allMessages();
        try (Register impatient = fixture.open(Duration.ofSeconds(20))) {
            for (int i = 0; i < 150; i++) {
                byte[] damaged = damage(messages.get(random.nextInt(messages.size())), random);
                fixture.sandbox.putRecordedParty(herId, damaged);
                fixture.sandbox.putRecordedCertificate(herId, Purpose.ENCRYPTION, damaged);
                assertReadOrRefused(() -> impatient.lookUp(herId), seed);
                assertReadOrRefused(() -> impatient.ownCertificates(herId), seed);
            }
        }
    }

    private static void assertReadOrRefused(RegisterFixture.Question question, long seed) {
        try {
            question.ask();
        } catch (RegisterException e) {
            assertThat(e.reason().code())
                    .as("seed %d", seed)
                    .isIn(ReasonCode.REGISTER_UNAVAILABLE, ReasonCode.PARTY_UNKNOWN, ReasonCode.LIMIT_EXCEEDED);
        }
    }

    private static byte[] damage(byte[] message, Random random) {
        byte[] damaged =
                random.nextInt(3) == 0 ? Arrays.copyOf(message, random.nextInt(message.length)) : message.clone();
        for (int i = random.nextInt(8); i > 0 && damaged.length > 0; i--) {
            int at = random.nextInt(damaged.length);
            switch (random.nextInt(3)) {
                case 0 -> damaged[at] = (byte) random.nextInt(256);
                case 1 -> damaged[at] = (byte) "<>&\"/?!- ]".charAt(random.nextInt(10));
                default -> {
                    int from = random.nextInt(damaged.length);
                    int length = Math.min(random.nextInt(200), damaged.length - Math.max(at, from));
                    System.arraycopy(damaged, from, damaged, at, length);
                }
            }
        }
        return damaged;
    }

    private static List<byte[]> allMessages() throws IOException {
        List<byte[]> messages = new ArrayList<>();
        try (Stream<Path> files = Files.list(SharedData.path(FOLDER))) {
            for (Path file :
                    files.filter(it -> it.toString().endsWith(".xml")).sorted().toList()) {
                messages.add(Files.readAllBytes(file));
            }
        }
        return messages;
    }

    private static int ownHerId(String document) {
        int start = document.indexOf("<HerId>") + "<HerId>".length();
        return Integer.parseInt(document.substring(start, document.indexOf("</HerId>")));
    }

    private CommunicationParty lookUp(int herId, String file) throws Exception {
        fixture.sandbox.putRecordedParty(new HerId(herId), message(file));
        return register.lookUp(new HerId(herId));
    }

    private static byte[] message(String file) throws IOException {
        return Files.readAllBytes(SharedData.path(FOLDER + file));
    }
}
