package no.sertsynk.sandbox;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;

/** Writes parties and certificates as the CommunicationParty API does. */
final class SandboxRestJson {
    private static final ZoneId NORWAY = ZoneId.of("Europe/Oslo");

    private SandboxRestJson() {}

    /** The simplified model: certificates' thumbprints, no LDAP string, no members without value. */
    static String simplified(SandboxRegisterParty party) {
        StringBuilder json = new StringBuilder("{\"herId\":" + party.herId() + ",\"name\":" + quoted(party.name()));
        party.displayName().ifPresent(name -> json.append(",\"displayName\":").append(quoted(name)));
        json.append(",\"type\":\"").append(type(party)).append('"');
        String number = party.number()
                .map(digits -> "\"organizationNumber\":\"" + digits + '"')
                .orElse("");
        json.append(
                party.isOrganization()
                        ? ",\"organizationDetails\":{" + number + "}"
                        : ",\"serviceDetails\":{\"parentOrganization\":{" + number + "}}");
        summary(json, "currentSigningCertificate", party, Purpose.SIGNATURE);
        summary(json, "currentEncryptionCertificate", party, Purpose.ENCRYPTION);
        return json.append(",\"validFrom\":\"")
                .append(party.validFrom())
                .append("\",\"validTo\":\"")
                .append(party.validTo())
                .append("\"}")
                .toString();
    }

    private static void summary(StringBuilder json, String member, SandboxRegisterParty party, Purpose purpose) {
        PartnerCertificate certificate = party.certificates().get(purpose);
        if (certificate != null) {
            json.append(",\"")
                    .append(member)
                    .append("\":{")
                    .append(times(certificate))
                    .append('}');
        }
    }

    static String certificate(PartnerCertificate certificate) {
        return "{" + times(certificate) + ",\"certificateValue\":\""
                + Base64.getEncoder().encodeToString(certificate.der()) + "\"}";
    }

    private static String times(PartnerCertificate certificate) {
        return "\"thumbprint\":\"" + sha1(certificate) + "\",\"validFrom\":\"" + certificate.notBefore()
                + "\",\"validTo\":\"" + certificate.notAfter() + '"';
    }

    private static String sha1(PartnerCertificate certificate) {
        try {
            return HexFormat.of()
                    .withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(certificate.der()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    /** The legacy model within its wrapper. */
    static String legacy(SandboxRegisterParty party) {
        return "{\"herId\":" + party.herId() + ",\"parentHerId\":-1,\"type\":\"" + type(party)
                + "\",\"communicationParty\":" + bare(party) + "}";
    }

    /** The legacy model: that of the SOAP service, with its names. */
    static String bare(SandboxRegisterParty party) {
        return "{\"Active\":" + party.active()
                + ",\"DisplayName\":"
                + party.displayName().map(SandboxRestJson::quoted).orElse("null")
                + ",\"ElectronicAddresses\":" + addresses(party, false)
                + ",\"FutureElectronicAddresses\":" + addresses(party, true)
                + ",\"HerId\":" + party.herId()
                + ",\"LastChanged\":\"" + local(party.lastChanged()) + "\",\"Name\":" + quoted(party.name())
                + (party.isOrganization() ? ",\"OrganizationNumber\":" : ",\"ParentOrganizationNumber\":")
                + party.number()
                        .map(number -> Integer.parseInt(number.digits()))
                        .orElse(-1)
                + ",\"Type\":\"" + type(party) + "\",\"Valid\":{\"From\":\"" + local(party.validFrom()) + "\",\"To\":\""
                + local(party.validTo()) + "\"}}";
    }

    private static String addresses(SandboxRegisterParty party, boolean announced) {
        List<SandboxRegisterParty.Address> wanted = party.addresses().stream()
                .filter(address -> address.announcedFrom().isPresent() == announced)
                .toList();
        return wanted.stream()
                .map(address -> "{\"Address\":" + quoted(address.text()) + ",\"Inherited\":" + address.inherited()
                        + ",\"LastChanged\":\"" + local(party.lastChanged())
                        + "\",\"Type\":{\"Active\":true,\"CodeValue\":\"" + address.type()
                        + "\",\"OID\":9044},\"TypeCodeValue\":\"" + address.type() + '"'
                        + address.announcedFrom()
                                .map(from -> ",\"ValidFrom\":\"" + local(from) + '"')
                                .orElse("")
                        + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String type(SandboxRegisterParty party) {
        return party.isOrganization() ? "Organization" : "Service";
    }

    /** Norwegian time without zone, as the register writes it. */
    private static String local(Instant time) {
        LocalDateTime local = LocalDateTime.ofInstant(time.truncatedTo(ChronoUnit.MILLIS), NORWAY);
        return local.toString().length() == 16 ? local + ":00" : local.toString();
    }

    static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
