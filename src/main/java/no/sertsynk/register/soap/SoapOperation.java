package no.sertsynk.register.soap;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.HerId;

/** The operations of {@code ICommunicationPartyService} that we call. */
enum SoapOperation {
    PING("Ping"),
    PARTY("GetCommunicationPartyDetails"),
    ENCRYPTION_CERTIFICATE("GetCertificateDetailsForEncryption"),
    SIGNATURE_CERTIFICATE("GetCertificateDetailsForValidatingSignature"),
    CHANGES("GetChangedCommunicationPartiesInfo");

    private final String id;

    SoapOperation(String id) {
        this.id = id;
    }

    /** The name of the request's element. */
    String id() {
        return id;
    }

    String responseElement() {
        return id + "Response";
    }

    String resultElement() {
        return id + "Result";
    }

    String action() {
        return Namespaces.PARTY + "/ICommunicationPartyService/" + id;
    }

    /** The SOAP 1.1 envelope that asks this. */
    byte[] request(Optional<HerId> herId) {
        return envelope(herId.map(number -> "<herId>" + number + "</herId>").orElse(""));
    }

    /** The SOAP 1.1 envelope that asks this of many parties. */
    byte[] request(List<HerId> herIds) {
        StringBuilder argument = new StringBuilder(64 + 25 * herIds.size());
        argument.append("<herIds xmlns:a=\"").append(Namespaces.ARRAYS).append("\">");
        herIds.forEach(herId -> argument.append("<a:int>").append(herId).append("</a:int>"));
        return envelope(argument.append("</herIds>").toString());
    }

    /** Whether a run can do without the answer: then the question is not asked again and again. */
    boolean isDispensable() {
        return this == CHANGES;
    }

    private byte[] envelope(String argument) {
        String envelope = "<?xml version=\"1.0\" encoding=\"utf-8\"?><soap:Envelope xmlns:soap=\""
                + Namespaces.SOAP_1_1
                + "\"><soap:Body><"
                + id
                + " xmlns=\""
                + Namespaces.PARTY
                + "\">"
                + argument
                + "</"
                + id
                + "></soap:Body></soap:Envelope>";
        return envelope.getBytes(StandardCharsets.UTF_8);
    }
}
