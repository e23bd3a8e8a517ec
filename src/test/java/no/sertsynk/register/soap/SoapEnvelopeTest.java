package no.sertsynk.register.soap;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.Charset;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.register.CommunicationParty;
import no.sertsynk.register.CommunicationParty.AnnouncedString;
import no.sertsynk.register.CommunicationParty.RegisteredString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that are unusual, or broken on purpose. */
class SoapEnvelopeTest {
    private static final String NAMESPACES = " xmlns:c=\"http://register.nhn.no/CommunicationParty\""
            + " xmlns:o=\"http://register.nhn.no/Common\" xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\"";

    @Test
    void organization_doesNotTakeItsServicesMembers() throws Exception {
        CommunicationParty party =
                party("i:type='c:Organization'", """
                    <c:Active>true</c:Active>
                    <c:HerId>1</c:HerId><c:Name>Own</c:Name><c:Type>Organization</c:Type>
                    <c:OrganizationNumber>12345678</c:OrganizationNumber>
                    <c:ParentOrganizationNumber>-1</c:ParentOrganizationNumber>
                    <c:Services><c:Service>
                      <c:Active>false</c:Active><c:DisplayName>Service</c:DisplayName>
                      <c:ElectronicAddresses>%s</c:ElectronicAddresses>
                      <c:HerId>2</c:HerId><c:ParentOrganizationNumber>999999999</c:ParentOrganizationNumber>
                      <c:Valid><o:To>2000-01-01T00:00:00</o:To></c:Valid>
                    </c:Service></c:Services>\
                    """.formatted(address("E_DS", "ldap://service", false)));

        assertThat(party.herId()).isEqualTo(new HerId(1));
        assertThat(party.name()).isEqualTo("Own");
        assertThat(party.active()).isTrue();
        assertThat(party.validTo()).isEmpty();
        assertThat(party.ldapStrings()).isEmpty();
        assertThat(party.organizationNumber()).contains(new OrganizationNumber("012345678"));
        assertThat(party.parentOrganizationNumber()).isEmpty();
    }

    @Test
    void numberOnServiceItself_isNotItsOwn() throws Exception {
        CommunicationParty party = party(
                "i:type='c:Service'",
                "<c:HerId>1</c:HerId>"
                        + "<c:OrganizationNumber>983544622</c:OrganizationNumber>"
                        + "<c:ParentOrganizationNumber>0</c:ParentOrganizationNumber>");

        assertThat(party.organizationNumber()).isEmpty();
        assertThat(party.parentOrganizationNumber()).isEmpty();
    }

    @Test
    void ownAddress_standsInsteadOfInheritedOfItsType() throws Exception {
        CommunicationParty party = withAddresses(address("E_DS", "ldap://parent", true)
                + address("E_KS", "ldap://parent-encryption", true)
                + address("E_DS", "\n   ldap://own-1\n  ", false)
                + address("E_DS", "ldap://own-2", false)
                + address("E_SS", "   ", false)
                + address("E_SS", "ldap://parent-signature", true)
                + address("E_URL", "https://example.no", false));

        assertThat(party.ldapStrings())
                .extracting(RegisteredString::text)
                .containsExactly("ldap://own-1", "ldap://own-2", "ldap://parent-encryption", "ldap://parent-signature");
    }

    @Test
    void type_isTakenFromCodeWhereTheShortFormIsMissing() throws Exception {
        CommunicationParty party = withAddresses(
                "<o:ElectronicAddress><o:Address>ldap://x</o:Address><o:LastChanged>2015-05-18T10:44:06</o:LastChanged>"
                        + "<o:Type><o:Active>true</o:Active><o:CodeValue> E_DS </o:CodeValue></o:Type>"
                        + "<o:TypeCodeValue i:nil='true'/></o:ElectronicAddress>");

        assertThat(party.ldapStrings())
                .containsExactly(
                        new RegisteredString("ldap://x", false, Optional.of(Instant.parse("2015-05-18T08:44:06Z"))));
    }

    @Test
    void announced_needsATimeAndGoesBeforeInherited() throws Exception {
        CommunicationParty party = party("", """
            <c:FutureElectronicAddresses>
              <o:FutureElectronicAddress><o:Address>ldap://never</o:Address><o:TypeCodeValue>E_DS</o:TypeCodeValue>
              </o:FutureElectronicAddress>
              <o:FutureElectronicAddress><o:Address>ldap://inherited</o:Address><o:Inherited>1</o:Inherited>
                <o:TypeCodeValue>E_DS</o:TypeCodeValue><o:ValidFrom>2027-01-01T00:00:00</o:ValidFrom>
              </o:FutureElectronicAddress>
              <o:FutureElectronicAddress><o:Address>ldap://own</o:Address><o:Inherited>0</o:Inherited>
                <o:TypeCodeValue>E_DS</o:TypeCodeValue><o:ValidFrom>2027-01-01T00:00:00</o:ValidFrom>
              </o:FutureElectronicAddress>
            </c:FutureElectronicAddresses>
            <c:HerId>1</c:HerId>\
            """);

        assertThat(party.announced())
                .containsExactly(new AnnouncedString("ldap://own", false, Instant.parse("2026-12-31T23:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<c:DisplayName/>", "<c:DisplayName i:nil='true'/>", "<c:DisplayName> </c:DisplayName>"})
    void displayNameWithoutText_yieldsToName(String displayName) throws Exception {
        CommunicationParty party = party("", displayName + "<c:HerId>1</c:HerId><c:Name>Name</c:Name>");

        assertThat(party.name()).isEqualTo("Name");
    }

    @Test
    void partyThatDoesNotSayItIsActive_isNot() throws Exception {
        assertThat(party("", "<c:HerId>1</c:HerId>").active()).isFalse();
    }

    @Test
    void unknownMembersAndForeignNamespaces_areIgnored() throws Exception {
        CommunicationParty party = party(
                "",
                "<c:Novelty><c:HerId>7</c:HerId><x><y/></x></c:Novelty><o:HerId>8</o:HerId><HerId>9</HerId><!-- a"
                        + " comment --><?an instruction?><c:HerId>1</c:HerId>");

        assertThat(party.herId()).isEqualTo(new HerId(1));
    }

    @Test
    void textInPieces_isPutTogether() throws Exception {
        CommunicationParty party =
                party("", "<c:HerId>1</c:HerId><c:Name>A<![CDATA[ & ]]>B &amp;<!-- no --> &#67;</c:Name>");

        assertThat(party.name()).isEqualTo("A & B & C");
    }

    @Test
    void byteOrderMarks_areTolerated() throws Exception {
        String document = "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
                + envelope("", "<c:HerId>1</c:HerId><c:Name>Tromsø</c:Name>");

        assertThat(read(('\uFEFF' + document).getBytes(UTF_8)).name()).isEqualTo("Tromsø");
        assertThat(read(document.replace("utf-8", "utf-16").getBytes(UTF_16)).name())
                .isEqualTo("Tromsø");
    }

    @Test
    void otherEncoding_isError() {
        assertBroken(
                envelope("", "<c:HerId>1</c:HerId><c:Name>Tromsø</c:Name>").getBytes(Charset.forName("ISO-8859-1")),
                "neither UTF-8 nor UTF-16");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<c:HerId>x</c:HerId>",
                "<c:HerId>-1</c:HerId>",
                "<c:HerId>1</c:HerId><c:Active>perhaps</c:Active>",
                "<c:HerId>1</c:HerId><c:OrganizationNumber>many</c:OrganizationNumber>"
            })
    void partyThatCannotBeRead_isError(String members) {
        assertThatExceptionOfType(BadAnswerException.class).isThrownBy(() -> party("", members));
    }

    @Test
    void nilResult_isError() {
        assertBroken(envelope("i:nil='true'", "").getBytes(UTF_8), "empty result");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain text",
                "<html><body>proxy</body></html>",
                "<Envelope><Body/></Envelope>",
                "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'/>",
                "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body/></s:Envelope>",
                "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><s:Fault/></s:Body>",
                "<!DOCTYPE a><a/>"
            })
    void whatIsNoAnswer_isError(String document) {
        assertThatExceptionOfType(BadAnswerException.class).isThrownBy(() -> read(document.getBytes(UTF_8)));
    }

    @Test
    void documentCutOffBehindTheResult_isError() {
        String document = envelope("", "<c:HerId>1</c:HerId>");

        assertBroken(document.substring(0, document.length() - 5).getBytes(UTF_8), "broken XML");
    }

    @Test
    void tooDeep_isLimit() {
        assertTooMuch("<a>".repeat(100) + "</a>".repeat(100), AnswerLimits.DEFAULT, "levels");
    }

    @Test
    void tooManyElements_isLimit() {
        assertTooMuch("<a/>".repeat(1001), new AnswerLimits(1_000_000, 64, 1000, 1000, 10), "elements");
    }

    @Test
    void tooLongValue_isLimit() {
        assertTooMuch(
                "<c:Name>" + "x".repeat(1001) + "</c:Name>",
                new AnswerLimits(1_000_000, 64, 1000, 1000, 10),
                "1000 characters");
    }

    @Test
    void tooManyStrings_isLimit() {
        assertTooMuch(
                "<c:ElectronicAddresses>" + address("E_DS", "ldap://x", false).repeat(11) + "</c:ElectronicAddresses>",
                new AnswerLimits(1_000_000, 64, 1000, 1000, 10),
                "LDAP strings");
    }

    @Test
    void validationFault_isShownWithItsArgument() {
        String document = """
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>
            <faultcode>s:Client</faultcode><faultstring>bad</faultstring>
            <detail><ValidationFault xmlns="http://register.nhn.no/Common"><Errors><ValidationError>
            <Message>must be positive</Message><PropertyName>herId</PropertyName></ValidationError></Errors>
            </ValidationFault></detail></s:Fault></s:Body></s:Envelope>\
            """;

        assertThatExceptionOfType(SoapFaultException.class)
                .isThrownBy(() -> read(document.getBytes(UTF_8)))
                .satisfies(fault -> {
                    assertThat(fault.isUnknownHerId()).isFalse();
                    assertThat(fault.shown()).isEqualTo("fault ValidationFault \"herId: must be positive\"");
                });
    }

    @Test
    void faultWithoutDetail_isShownWithSoapsWords() {
        String document = "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope'><s:Body><s:Fault><s:Code>"
                + "<s:Value>s:Receiver</s:Value></s:Code><s:Reason><s:Text>broken</s:Text></s:Reason></s:Fault>"
                + "</s:Body></s:Envelope>";

        assertThatExceptionOfType(SoapFaultException.class)
                .isThrownBy(() -> read(document.getBytes(UTF_8)))
                .satisfies(fault -> assertThat(fault.shown()).isEqualTo("fault s:Receiver \"broken\""));
    }

    /** Whatever becomes of a message on the way, it is read or refused, and nothing else is thrown. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void damagedMessage_isReadOrRefused(long seed) {
        Random random = new Random(seed);
        byte[] message = envelope(
                        "i:type='c:Organization'",
                        "<c:Active>true</c:Active><c:ElectronicAddresses>"
                                + address("E_DS", "ldap://x/?y?sub?(&amp;(a=b)(c=d))", false)
                                        .repeat(3)
                                + "</c:ElectronicAddresses><c:HerId>1</c:HerId><c:Valid><o:To>9999-12-31T00:00:00</o:To></c:Valid>")
                .getBytes(UTF_8);
        int read = 0;
        for (int i = 0; i < 5000; i++) {
            byte[] damaged =
                    Arrays.copyOf(message, random.nextInt(4) == 0 ? random.nextInt(message.length) : message.length);
            for (int j = random.nextInt(4); j > 0 && damaged.length > 0; j--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                read(damaged);
                read++;
            } catch (SoapFaultException | BadAnswerException e) {
                assertThat(e).hasMessageNotContaining("\n");
            }
        }
        assertThat(read).as("seed %d", seed).isBetween(100, 4000);
    }

    private static String address(String type, String text, boolean inherited) {
        return "<o:ElectronicAddress><o:Address>" + text + "</o:Address><o:Inherited>" + inherited
                + "</o:Inherited><o:TypeCodeValue>" + type + "</o:TypeCodeValue></o:ElectronicAddress>";
    }

    private static CommunicationParty withAddresses(String addresses) throws Exception {
        return party("", "<c:ElectronicAddresses>" + addresses + "</c:ElectronicAddresses><c:HerId>1</c:HerId>");
    }

    private static CommunicationParty party(String attributes, String members) throws Exception {
        return read(envelope(attributes, members).getBytes(UTF_8));
    }

    private static String envelope(String attributes, String members) {
        return "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"" + NAMESPACES
                + "><e:Header><x/></e:Header><e:Body><c:GetCommunicationPartyDetailsResponse>"
                + "<c:GetCommunicationPartyDetailsResult " + attributes + ">" + members
                + "</c:GetCommunicationPartyDetailsResult></c:GetCommunicationPartyDetailsResponse></e:Body>"
                + "</e:Envelope>";
    }

    private static CommunicationParty read(byte[] document) throws SoapFaultException, BadAnswerException {
        return read(document, AnswerLimits.DEFAULT);
    }

    private static CommunicationParty read(byte[] document, AnswerLimits limits)
            throws SoapFaultException, BadAnswerException {
        return SoapEnvelope.read(document, limits, SoapOperation.PARTY, atParty -> PartyReader.read(atParty, limits));
    }

    private static void assertBroken(byte[] document, String found) {
        assertThatExceptionOfType(BadAnswerException.class)
                .isThrownBy(() -> read(document))
                .withMessageContaining(found)
                .matches(e -> !e.isLimitExceeded());
    }

    private static void assertTooMuch(String members, AnswerLimits limits, String found) {
        assertThatExceptionOfType(BadAnswerException.class)
                .isThrownBy(() -> read(envelope("", members).getBytes(UTF_8), limits))
                .withMessageContaining(found)
                .matches(BadAnswerException::isLimitExceeded);
    }
}
