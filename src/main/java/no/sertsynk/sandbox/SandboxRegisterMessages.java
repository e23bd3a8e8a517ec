package no.sertsynk.sandbox;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;

/** Writes the register's answers as the real one does: members in alphabetical order, times without zone, nil members. */
final class SandboxRegisterMessages {
    static final String SOAP_1_1 = "http://schemas.xmlsoap.org/soap/envelope/";
    static final String SOAP_1_2 = "http://www.w3.org/2003/05/soap-envelope";
    static final String PARTY = "http://register.nhn.no/CommunicationParty";
    private static final String COMMON = "http://register.nhn.no/Common";
    private static final String CERTIFICATE = "http://register.nhn.no/CertificateDetails";
    private static final String XSI = "http://www.w3.org/2001/XMLSchema-instance";
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss");
    private static final DateTimeFormatter FINE = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS");
    private static final ZoneId NORWAY = ZoneId.of("Europe/Oslo");

    private SandboxRegisterMessages() {}

    /** The result element goes by the prefix {@code p}, so that a recorded document can keep its own default namespace. */
    static byte[] envelope(String soap, String operation, String result) {
        return bytes("<s:Envelope xmlns:s=\"" + soap + "\" xmlns:p=\"" + PARTY + "\"><s:Body><p:" + operation
                + "Response>" + result + "</p:" + operation + "Response></s:Body></s:Envelope>");
    }

    static String ping() {
        return "<p:PingResult>Pong</p:PingResult>";
    }

    /** When parties were last changed. */
    static String changes(String operation, Map<HerId, Instant> lastUpdated) {
        StringBuilder xml = new StringBuilder(128 + 128 * lastUpdated.size());
        xml.append("<p:")
                .append(operation)
                .append("Result xmlns=\"")
                .append(PARTY)
                .append("\">");
        lastUpdated.forEach((herId, time) -> {
            xml.append("<CommunicationPartyLastChangedInfo>");
            element(xml, "HerId", herId.toString());
            element(xml, "LastUpdated", FINE.format(time.atZone(NORWAY)));
            xml.append("</CommunicationPartyLastChangedInfo>");
        });
        return xml.append("</p:").append(operation).append("Result>").toString();
    }

    static String party(SandboxRegisterParty party, Instant now) {
        StringBuilder xml = new StringBuilder(2048);
        xml.append("<p:GetCommunicationPartyDetailsResult i:type=\"")
                .append(type(party))
                .append("\" xmlns=\"")
                .append(PARTY)
                .append("\" xmlns:i=\"")
                .append(XSI)
                .append("\" xmlns:b=\"")
                .append(COMMON)
                .append("\">");
        element(xml, "Active", Boolean.toString(party.active()));
        nilable(xml, "DisplayName", party.displayName());
        addresses(xml, party, false);
        addresses(xml, party, true);
        element(xml, "HerId", party.herId().toString());
        element(xml, "IsValidCommunicationParty", "true");
        element(xml, "LastChanged", local(party.lastChanged()));
        element(xml, "Name", party.name());
        element(xml, "ParentHerId", party.parent().map(HerId::toString).orElse("-1"));
        nilable(xml, "ParentName", Optional.empty());
        element(xml, "ParentOrganizationNumber", number(party, false));
        element(xml, "ServerTime", now.atZone(NORWAY).toOffsetDateTime().toString());
        element(xml, "Type", type(party));
        xml.append("<Valid>");
        element(xml, "b:From", local(party.validFrom()));
        element(xml, "b:To", local(party.validTo()));
        xml.append("</Valid>");
        if (party.isOrganization()) {
            element(xml, "OrganizationNumber", number(party, true));
            xml.append("<Services/>");
        }
        return xml.append("</p:GetCommunicationPartyDetailsResult>").toString();
    }

    private static String type(SandboxRegisterParty party) {
        return party.isOrganization() ? "Organization" : "Service";
    }

    /** The register's form of a number: an integer, -1 for none. */
    private static String number(SandboxRegisterParty party, boolean own) {
        return party.isOrganization() == own
                ? party.number()
                        .map(OrganizationNumber::digits)
                        .map(Integer::valueOf)
                        .orElse(-1)
                        .toString()
                : "-1";
    }

    private static void addresses(StringBuilder xml, SandboxRegisterParty party, boolean future) {
        String list = future ? "FutureElectronicAddresses" : "ElectronicAddresses";
        String item = future ? "b:FutureElectronicAddress" : "b:ElectronicAddress";
        xml.append('<').append(list).append('>');
        for (SandboxRegisterParty.Address address : party.addresses()) {
            if (address.announcedFrom().isPresent() == future) {
                xml.append('<').append(item).append('>');
                element(xml, "b:Address", address.text());
                element(xml, "b:Inherited", Boolean.toString(address.inherited()));
                element(xml, "b:LastChanged", local(party.lastChanged()));
                xml.append("<b:Type><b:Active>true</b:Active>");
                element(xml, "b:CodeValue", address.type());
                xml.append("<b:OID>9044</b:OID><b:SimpleType>type_adressekomponeneter</b:SimpleType></b:Type>");
                element(xml, "b:TypeCodeValue", address.type());
                address.announcedFrom().ifPresent(from -> element(xml, "b:ValidFrom", local(from)));
                xml.append("</").append(item).append('>');
            }
        }
        xml.append("</").append(list).append('>');
    }

    static String certificate(String operation, Optional<PartnerCertificate> certificate, Optional<String> ldapUrl) {
        StringBuilder xml = new StringBuilder(4096);
        xml.append("<p:")
                .append(operation)
                .append("Result xmlns=\"")
                .append(CERTIFICATE)
                .append("\" xmlns:i=\"")
                .append(XSI)
                .append("\">");
        nilable(xml, "Certificate", certificate.map(it -> Base64.getEncoder().encodeToString(it.der())));
        nilable(xml, "LdapUrl", ldapUrl);
        return xml.append("</p:").append(operation).append("Result>").toString();
    }

    static byte[] genericFault(String soap, String code, String message) {
        return fault(
                soap,
                message,
                "<GenericFault xmlns=\"" + COMMON + "\"><ErrorCode>" + escaped(code) + "</ErrorCode><Message>"
                        + escaped(message) + "</Message></GenericFault>");
    }

    static byte[] validationFault(String soap, String property, String message) {
        return fault(
                soap,
                message,
                "<ValidationFault xmlns=\"" + COMMON + "\"><Errors><ValidationError><Message>" + escaped(message)
                        + "</Message><PropertyName>" + escaped(property)
                        + "</PropertyName></ValidationError></Errors><HasErrors>true</HasErrors></ValidationFault>");
    }

    private static byte[] fault(String soap, String message, String detail) {
        String text = escaped(message);
        String body = soap.equals(SOAP_1_2)
                ? "<s:Code><s:Value>s:Sender</s:Value></s:Code><s:Reason><s:Text xml:lang=\"nb-NO\">" + text
                        + "</s:Text></s:Reason><s:Detail>" + detail + "</s:Detail>"
                : "<faultcode>s:Client</faultcode><faultstring xml:lang=\"nb-NO\">" + text + "</faultstring><detail>"
                        + detail + "</detail>";
        return bytes(
                "<s:Envelope xmlns:s=\"" + soap + "\"><s:Body><s:Fault>" + body + "</s:Fault></s:Body></s:Envelope>");
    }

    static byte[] entityBomb() {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE bomb [<!ENTITY e0 \"boom\">");
        for (int i = 1; i <= 9; i++) {
            xml.append("<!ENTITY e")
                    .append(i)
                    .append(" \"")
                    .append(("&e" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        return bytes(xml.append("]><bomb>&e9;</bomb>").toString());
    }

    static byte[] externalEntity(URI target) {
        return bytes("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"" + escaped(target.toString())
                + "\">]><x>&e;</x>");
    }

    private static String local(Instant time) {
        return LOCAL.format(time.atZone(NORWAY));
    }

    private static void element(StringBuilder xml, String name, String text) {
        xml.append('<')
                .append(name)
                .append('>')
                .append(escaped(text))
                .append("</")
                .append(name)
                .append('>');
    }

    private static void nilable(StringBuilder xml, String name, Optional<String> text) {
        if (text.isPresent()) {
            element(xml, name, text.get());
        } else {
            xml.append('<').append(name).append(" i:nil=\"true\"/>");
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
