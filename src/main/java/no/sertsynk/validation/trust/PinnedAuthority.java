package no.sertsynk.validation.trust;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import no.sertsynk.model.Sha256;

/**
 * A certificate authority whose certificate is known by its fingerprint.
 *
 * @param environment {@code test} or {@code production}
 * @param issuesToPersons whether it issues certificates of persons alone, which are never installed
 * @param sha256 of the certificate's DER
 * @param name the subject's CN
 * @param addresses where the certificate is published, the first to be asked first; empty if no address is known
 */
public record PinnedAuthority(
        String environment,
        Role role,
        boolean issuesToPersons,
        Sha256 sha256,
        Instant notBefore,
        Instant notAfter,
        String name,
        List<URI> addresses) {
    public PinnedAuthority {
        addresses = List.copyOf(addresses);
    }

    /** Where it stands in its hierarchy. */
    public enum Role {
        /** Signed by itself. */
        ROOT,
        /** Signed by another authority. */
        INTERMEDIATE;

        /** Its name in data and output. */
        public String id() {
            return this == ROOT ? "root" : "intermediate";
        }
    }

    /** Whether a keystore could need it at that time: it is in force and issues to organisations. */
    public boolean isNeeded(Instant at) {
        return !issuesToPersons && !at.isAfter(notAfter);
    }
}
