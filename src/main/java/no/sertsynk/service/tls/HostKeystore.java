package no.sertsynk.service.tls;

import java.util.List;
import java.util.Set;
import no.sertsynk.model.PartnerCertificate;

/** The certificates of a keystore on this host. */
public record HostKeystore(String name, Set<PartnerCertificate> certificates) {
    public HostKeystore {
        certificates = Set.copyOf(certificates);
    }

    /** Whether a client that trusts what is in the keystore would accept the chain. */
    Fit fit(List<PartnerCertificate> chain) {
        boolean own = !chain.isEmpty() && certificates.contains(chain.getFirst());
        boolean issuer = chain.stream().skip(1).anyMatch(certificates::contains);
        return new Fit(name, own ? "certificate" : issuer ? "issuer" : "none");
    }

    /** @param holds {@code certificate}, {@code issuer} or {@code none} of what a service presents */
    public record Fit(String keystore, String holds) {}
}
