package no.sertsynk.register.rest;

import static no.sertsynk.register.rest.JsonMembers.text;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.HerId;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.register.CommunicationParty;
import no.sertsynk.register.OwnCertificates;
import no.sertsynk.register.Register;
import no.sertsynk.register.RegisterException;
import no.sertsynk.register.rest.CpapiSettings.Model;
import no.sertsynk.register.rest.JsonMembers.BadJsonException;

/** Adresseregisteret over the CommunicationParty API. */
final class CpapiRegister implements Register {
    private static final String NO_CERTIFICATE_REMEDY = "nothing to do unless the party should be reachable with it";

    private final CpapiSettings settings;
    private final URI base;
    private final CpapiClient client;

    CpapiRegister(CpapiSettings settings, CpapiClient client) {
        this.settings = settings;
        this.base = settings.base();
        this.client = client;
    }

    @Override
    public CommunicationParty lookUp(HerId herId) throws RegisterException {
        boolean simplified = settings.model() == Model.SIMPLIFIED;
        PartyJson read = client.get(
                        at(
                                simplified
                                        ? settings.paths().party()
                                        : settings.paths().legacy(),
                                herId),
                        CpapiClient.object(CpapiRegister::party))
                .orElseThrow(() -> unknown(herId));
        try {
            if (!read.herId().equals(herId)) {
                throw client.failures()
                        .unavailable(
                                "HER-id " + read.herId() + " where " + herId + " was asked for",
                                "ask whoever runs the register or the proxy before it");
            }
            return read.party(
                    simplified ? certificates(herId, read) : List.of(),
                    settings.clock().instant());
        } catch (BadJsonException e) {
            throw client.failures().unavailable(String.valueOf(e.getMessage()), "ask whoever runs the register", e);
        }
    }

    private static PartyJson party(ByteArrayInputStream in) throws BadJsonException {
        PartyJson party = PartyJson.empty();
        JsonMembers.document(in, party::member);
        return party;
    }

    private RegisterException unknown(HerId herId) {
        return RegisterException.of(Reason.of(
                ReasonCode.PARTY_UNKNOWN,
                "expected the register at " + base.getAuthority() + " to know HER-id " + herId
                        + ", found HTTP 404; check the number, and that it is of this environment (test or"
                        + " production)"));
    }

    /** The certificates that the party's thumbprints stand for. */
    private List<PartnerCertificate> certificates(HerId herId, PartyJson party) throws RegisterException {
        List<PartnerCertificate> certificates = new ArrayList<>(2);
        for (Purpose purpose : List.of(Purpose.ENCRYPTION, Purpose.SIGNATURE)) {
            String thumbprint = party.thumbprints().getOrDefault(purpose, "");
            if (thumbprint.isEmpty()) {
                continue;
            }
            try {
                Optional<PartnerCertificate> found = certificate(herId, purpose);
                if (found.isEmpty()) {
                    throw client.failures()
                            .unavailable(
                                    "HTTP 404 instead of the " + word(purpose) + " certificate " + thumbprint
                                            + " of HER-id " + herId,
                                    "try again later, or ask the register");
                }
                found.filter(certificate -> !certificates.contains(certificate)).ifPresent(certificates::add);
            } catch (MalformedCertificateException e) {
                throw RegisterException.of(malformed(herId, purpose, e), e);
            }
        }
        return certificates;
    }

    @Override
    public OwnCertificates ownCertificates(HerId herId) throws RegisterException {
        List<Reason> warnings = new ArrayList<>(0);
        Optional<PartnerCertificate> encryption = own(herId, Purpose.ENCRYPTION, warnings);
        Optional<PartnerCertificate> signature = own(herId, Purpose.SIGNATURE, warnings);
        return new OwnCertificates(encryption, signature, warnings);
    }

    private Optional<PartnerCertificate> own(HerId herId, Purpose purpose, List<Reason> warnings)
            throws RegisterException {
        try {
            Optional<PartnerCertificate> certificate = certificate(herId, purpose);
            if (certificate.isEmpty()) {
                warnings.add(client.failures()
                        .reason(
                                ReasonCode.ENTRY_NOT_FOUND,
                                "that it has no own " + word(purpose) + " certificate of HER-id " + herId,
                                NO_CERTIFICATE_REMEDY));
            }
            return certificate;
        } catch (MalformedCertificateException e) {
            warnings.add(malformed(herId, purpose, e));
            return Optional.empty();
        }
    }

    private Reason malformed(HerId herId, Purpose purpose, MalformedCertificateException e) {
        return client.failures()
                .reason(
                        ReasonCode.MALFORMED_CERTIFICATE,
                        "an unreadable " + word(purpose) + " certificate of HER-id " + herId + " (" + e.getMessage()
                                + ")",
                        "ask the party to correct its entry in the register");
    }

    private static String word(Purpose purpose) {
        return purpose == Purpose.ENCRYPTION ? "encryption" : "signature";
    }

    private Optional<PartnerCertificate> certificate(HerId herId, Purpose purpose)
            throws RegisterException, MalformedCertificateException {
        String path = purpose == Purpose.ENCRYPTION
                ? settings.paths().encryption()
                : settings.paths().signing();
        Optional<Written> written = client.get(at(path, herId), CpapiClient.object(CpapiRegister::written));
        return written.isPresent() ? written.get().certificate() : Optional.empty();
    }

    /** A certificate as the API writes it. */
    private record Written(String base64, String thumbprint) {
        /** Empty if none is written. */
        Optional<PartnerCertificate> certificate() throws MalformedCertificateException {
            if (base64.isEmpty()) {
                return Optional.empty();
            }
            PartnerCertificate certificate;
            try {
                certificate = PartnerCertificate.parse(Base64.getMimeDecoder().decode(base64));
            } catch (IllegalArgumentException e) {
                throw new MalformedCertificateException("expected base64, found: " + e.getMessage(), e);
            }
            if (!thumbprint.isEmpty() && !thumbprint.equalsIgnoreCase(sha1(certificate))) {
                throw new MalformedCertificateException("expected the certificate of thumbprint "
                        + RestFailures.shown(thumbprint) + ", found " + sha1(certificate));
            }
            return Optional.of(certificate);
        }
    }

    private static Written written(ByteArrayInputStream in) throws BadJsonException {
        String[] read = {"", ""};
        JsonMembers.document(in, (name, at) -> {
            switch (name) {
                case "certificatevalue" -> read[0] = text(at);
                case "thumbprint" -> read[1] = text(at);
                default -> {
                    // its times are in the certificate, too
                }
            }
        });
        return new Written(read[0], read[1]);
    }

    /** The register names certificates by it; nothing is trusted for it. */
    private static String sha1(PartnerCertificate certificate) {
        try {
            return HexFormat.of()
                    .withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(certificate.der()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    private URI at(String path, HerId herId) {
        return base.resolve(path.replace("{herId}", herId.toString()));
    }

    /** There is no such question; whether a token is granted tells of the account, the key and the clock. */
    @Override
    public String ping() throws RegisterException {
        return client.ping();
    }

    @Override
    public Optional<Duration> clockOffset() {
        return client.clockOffset();
    }

    @Override
    public void close() {
        // the session goes on
    }
}
