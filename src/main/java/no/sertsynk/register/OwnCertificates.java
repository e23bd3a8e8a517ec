package no.sertsynk.register;

import java.util.List;
import java.util.Optional;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;

/**
 * The certificates that the register itself found for a party.
 *
 * @param encryption empty if the register has none
 * @param signature empty if the register has none
 * @param warnings what could not be read of its answers
 */
public record OwnCertificates(
        Optional<PartnerCertificate> encryption, Optional<PartnerCertificate> signature, List<Reason> warnings) {
    public OwnCertificates {
        warnings = List.copyOf(warnings);
    }

    public boolean isEmpty() {
        return encryption.isEmpty() && signature.isEmpty();
    }
}
