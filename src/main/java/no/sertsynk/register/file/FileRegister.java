package no.sertsynk.register.file;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.register.CommunicationParty;
import no.sertsynk.register.CommunicationParty.RegisteredString;
import no.sertsynk.register.OwnCertificates;
import no.sertsynk.register.Register;
import no.sertsynk.register.RegisterException;

/** A register that says what a file said when it was read. */
public final class FileRegister implements Register {
    private final Path file;
    private final Map<HerId, Entry> entries = new LinkedHashMap<>();

    /** @param file where the entries stand, for messages */
    public FileRegister(Path file, Collection<Entry> entries) {
        this.file = file;
        entries.forEach(entry -> this.entries.put(entry.herId(), entry));
    }

    /**
     * A party as it is written.
     *
     * @param certificates candidates, beside what the strings find
     * @param trouble why the party's certificates cannot be told; then nothing of it is
     */
    public record Entry(
            HerId herId,
            String name,
            Optional<OrganizationNumber> organizationNumber,
            List<String> ldapStrings,
            List<PartnerCertificate> certificates,
            Optional<Reason> trouble) {
        public Entry {
            ldapStrings = List.copyOf(ldapStrings);
            certificates = List.copyOf(certificates);
        }
    }

    @Override
    public CommunicationParty lookUp(HerId herId) throws RegisterException {
        Entry entry = entries.get(herId);
        if (entry == null) {
            throw RegisterException.of(Reason.of(
                    ReasonCode.PARTY_UNKNOWN,
                    "expected HER-id " + herId + " in " + file
                            + ", found that it is not there; write it there, or take it out of parties"));
        }
        if (entry.trouble().isPresent()) {
            throw RegisterException.of(entry.trouble().get());
        }
        return new CommunicationParty(
                herId,
                entry.name(),
                entry.organizationNumber(),
                Optional.empty(),
                Optional.empty(),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                entry.ldapStrings().stream()
                        .map(text -> new RegisteredString(text, false, Optional.empty()))
                        .toList(),
                List.of(),
                entry.certificates(),
                List.of());
    }

    /** Nobody looked for any: what the file names is all there is. */
    @Override
    public OwnCertificates ownCertificates(HerId herId) {
        return new OwnCertificates(Optional.empty(), Optional.empty(), List.of());
    }

    @Override
    public String ping() {
        return entries.size() + " parties in " + file;
    }

    @Override
    public Optional<Duration> clockOffset() {
        return Optional.empty();
    }

    @Override
    public void close() {
        // nothing is held
    }
}
