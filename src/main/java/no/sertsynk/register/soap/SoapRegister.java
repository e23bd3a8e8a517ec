package no.sertsynk.register.soap;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.HerId;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.register.CommunicationParty;
import no.sertsynk.register.OwnCertificates;
import no.sertsynk.register.Register;
import no.sertsynk.register.RegisterException;

/** Adresseregisteret over SOAP. */
final class SoapRegister implements Register {
    private static final String NO_CERTIFICATE_REMEDY = "nothing to do unless the party should be reachable with it";

    /** So many take 50 kB of request: less than what services of this kind take by default. */
    private static final int PARTIES_A_QUESTION = 2_000;

    private final SoapClient client;
    private final HttpPost http;
    private final Failures failures;
    private final String source;

    /** @param source tells this register from others */
    SoapRegister(SoapClient client, HttpPost http, Failures failures, String source) {
        this.client = client;
        this.http = http;
        this.failures = failures;
        this.source = source;
    }

    @Override
    public CommunicationParty lookUp(HerId herId) throws RegisterException {
        CommunicationParty party;
        try {
            party = client.call(
                    SoapOperation.PARTY, Optional.of(herId), cursor -> PartyReader.read(cursor, client.limits()));
        } catch (SoapFaultException fault) {
            throw failures.fault(fault, herId);
        }
        if (!party.herId().equals(herId)) {
            throw failures.unavailable(
                    "HER-id " + party.herId() + " where " + herId + " was asked for",
                    "ask whoever runs the register or the proxy before it");
        }
        return party;
    }

    @Override
    public OwnCertificates ownCertificates(HerId herId) throws RegisterException {
        List<Reason> warnings = new ArrayList<>(0);
        Optional<PartnerCertificate> encryption =
                ownCertificate(SoapOperation.ENCRYPTION_CERTIFICATE, "encryption", herId, warnings);
        Optional<PartnerCertificate> signature =
                ownCertificate(SoapOperation.SIGNATURE_CERTIFICATE, "signature", herId, warnings);
        return new OwnCertificates(encryption, signature, warnings);
    }

    private Optional<PartnerCertificate> ownCertificate(
            SoapOperation operation, String purpose, HerId herId, List<Reason> warnings) throws RegisterException {
        String what = "own " + purpose + " certificate of HER-id " + herId;
        try {
            String base64 = client.call(operation, Optional.of(herId), CertificateReader::read);
            Optional<PartnerCertificate> certificate = CertificateReader.decode(base64);
            if (certificate.isEmpty()) {
                warnings.add(
                        failures.reason(ReasonCode.ENTRY_NOT_FOUND, "that it has no " + what, NO_CERTIFICATE_REMEDY));
            }
            return certificate;
        } catch (SoapFaultException fault) {
            warnings.add(failures.reason(
                    fault.isUnknownHerId() ? ReasonCode.PARTY_UNKNOWN : ReasonCode.REGISTER_UNAVAILABLE,
                    fault.shown() + " instead of its " + what,
                    NO_CERTIFICATE_REMEDY));
        } catch (MalformedCertificateException e) {
            warnings.add(failures.reason(
                    ReasonCode.MALFORMED_CERTIFICATE,
                    "an unreadable " + what + " (" + e.getMessage() + ")",
                    "ask the party to correct its entry in the register"));
        }
        return Optional.empty();
    }

    /** What was told before a question failed stands; who is not told of is to be looked up. */
    @Override
    public Optional<Changes> changes(Set<HerId> herIds) throws RegisterException {
        List<HerId> asked = List.copyOf(herIds);
        Map<HerId, Instant> lastUpdated = new HashMap<>();
        for (int from = 0; from < asked.size(); from += PARTIES_A_QUESTION) {
            List<HerId> some = asked.subList(from, Math.min(asked.size(), from + PARTIES_A_QUESTION));
            try {
                lastUpdated.putAll(
                        client.call(SoapOperation.CHANGES, SoapOperation.CHANGES.request(some), ChangesReader::read));
            } catch (SoapFaultException fault) {
                if (from == 0) {
                    throw failures.unavailable(
                            fault.shown() + " instead of the times of changes",
                            "nothing to do: parties are looked up one by one",
                            fault);
                }
                break;
            } catch (RegisterException e) {
                if (from == 0) {
                    throw e;
                }
                break;
            }
        }
        lastUpdated.keySet().retainAll(herIds);
        return Optional.of(new Changes(source, lastUpdated));
    }

    @Override
    public String ping() throws RegisterException {
        try {
            return client.call(SoapOperation.PING, Optional.empty(), XmlCursor::text);
        } catch (SoapFaultException fault) {
            throw failures.unavailable(fault.shown(), "try again later, or ask the register", fault);
        }
    }

    @Override
    public Optional<Duration> clockOffset() {
        return http.clockOffset();
    }

    @Override
    public void close() {
        http.close();
    }
}
