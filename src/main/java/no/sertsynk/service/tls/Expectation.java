package no.sertsynk.service.tls;

import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;

/**
 * Which certificate a service should present.
 *
 * @param side which address of the service it is
 * @param wanted those that it may present, whoever issued them; empty for any that this host trusts
 * @param unwanted those that the other address should present, and this one should not
 */
public record Expectation(Side side, Set<PartnerCertificate> wanted, Set<PartnerCertificate> unwanted) {
    public Expectation {
        wanted = Set.copyOf(wanted);
        unwanted = Set.copyOf(unwanted);
    }

    /** The addresses of a service whose certificates change. */
    public enum Side {
        /** It has one address. */
        ONLY,
        OLD,
        NEW
    }

    /** One of those, or any that this host trusts if there are none. */
    public static Expectation of(Set<PartnerCertificate> wanted) {
        return new Expectation(Side.ONLY, wanted, Set.of());
    }

    /** Why the certificate is not the expected one. */
    Optional<Reason> refusal(PartnerCertificate shown) {
        if (wanted.contains(shown) || (wanted.isEmpty() && !unwanted.contains(shown))) {
            return Optional.empty();
        }
        String found = shown.subject() + " with SHA-256 " + shown.sha256();
        boolean isOfTheOther = unwanted.contains(shown);
        return Optional.of(Reason.of(
                ReasonCode.UNTRUSTED,
                switch (isOfTheOther ? side : Side.ONLY) {
                    case OLD -> "expected an old certificate at the old address, found a new one already: " + found;
                    case NEW -> "expected a new certificate at the new address, found an old one still: " + found;
                    case ONLY -> "expected one of the certificates that were named, found " + found;
                }));
    }
}
