package no.sertsynk.register.soap;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.HerId;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.register.CommunicationParty;
import no.sertsynk.register.OwnCertificates;
import no.sertsynk.register.Register;
import no.sertsynk.register.RegisterException;

/** Adresseregisteret's {@code ICommunicationPartyService} on its Basic endpoint (SOAP 1.1, HTTP Basic authentication). */
public final class SoapRegister implements Register {
    private static final String SERVICE = SoapAnswer.PARTY_NS + "/ICommunicationPartyService/";
    private static final String DETAILS_NS = "http://register.nhn.no/CertificateDetails";

    private final SoapTransport transport;

    private SoapRegister(SoapTransport transport) {
        this.transport = transport;
    }

    /**
     * A register at that address; nothing is asked yet.
     *
     * @throws IllegalArgumentException for plain http to another host than this one: the password would be readable
     */
    public static SoapRegister open(SoapSettings settings) {
        String scheme = settings.url().getScheme();
        if (!"https".equals(scheme) && !("http".equals(scheme) && isLoopback(settings.url().getHost()))) {
            throw new IllegalArgumentException("the register's URL must be https, found '" + scheme + "'");
        }
        return new SoapRegister(new SoapTransport(settings));
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    @Override
    public CommunicationParty lookUp(HerId herId) throws RegisterException {
        return PartyReader.read(call("GetCommunicationPartyDetails", herIdElement(herId)), herId);
    }

    @Override
    public OwnCertificates ownCertificates(HerId herId) throws RegisterException {
        List<Reason> warnings = new ArrayList<>();
        Optional<PartnerCertificate> encryption = own("GetCertificateDetailsForEncryption", herId, warnings);
        Optional<PartnerCertificate> signature = own("GetCertificateDetailsForValidatingSignature", herId, warnings);
        return new OwnCertificates(encryption, signature, warnings);
    }

    @Override
    public String ping() throws RegisterException {
        return call("Ping", "").text();
    }

    @Override
    public Optional<Duration> clockOffset() {
        return transport.clockOffset();
    }

    private static String herIdElement(HerId herId) {
        return "<herId>" + herId + "</herId>";
    }

    private static String envelope(String operation, String parameters) {
        return "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body><"
                + operation + " xmlns=\"" + SoapAnswer.PARTY_NS + "\">" + parameters + "</" + operation
                + "></soap:Body></soap:Envelope>";
    }

    private XmlReader call(String operation, String parameters) throws RegisterException {
        SoapTransport.Answer answer = transport.call(SERVICE + operation, envelope(operation, parameters));
        XmlReader result = SoapAnswer.result(answer.body(), operation);
        if (answer.status() != 200) {
            throw XmlReader.malformed("HTTP " + answer.status() + " without a fault", null);
        }
        return result;
    }

    /** A fault for one purpose says that the register has no certificate for it; only silence is a failure. */
    private Optional<PartnerCertificate> own(String operation, HerId herId, List<Reason> warnings)
            throws RegisterException {
        SoapTransport.Answer answer = transport.call(SERVICE + operation, envelope(operation, herIdElement(herId)));
        try {
            return certificate(SoapAnswer.result(answer.body(), operation), warnings);
        } catch (RegisterException e) {
            if (answer.status() == 200) {
                throw e;
            }
            warnings.add(e.reason());
            return Optional.empty();
        }
    }

    private static Optional<PartnerCertificate> certificate(XmlReader reader, List<Reason> warnings)
            throws RegisterException {
        String base64 = "";
        int depth = reader.depth();
        while (reader.nextChild(depth)) {
            if (reader.is(DETAILS_NS, "Certificate")) {
                base64 = reader.text();
            } else {
                reader.skip();
            }
        }
        if (base64.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(PartnerCertificate.parse(Base64.getMimeDecoder().decode(base64)));
        } catch (MalformedCertificateException e) {
            warnings.add(e.reason());
        } catch (IllegalArgumentException e) {
            warnings.add(Reason.of(
                    ReasonCode.MALFORMED_CERTIFICATE, "expected base64 of the register, found: " + e.getMessage()));
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        transport.close();
    }
}
