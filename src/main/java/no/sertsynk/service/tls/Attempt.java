package no.sertsynk.service.tls;

import java.util.List;
import java.util.Optional;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;

/**
 * What a service presented to one handshake.
 *
 * @param name the server name that was sent
 * @param chain its certificates, its own first; may be there although the handshake failed later, empty if it never came so far
 * @param tlsVersion what was agreed on
 * @param cipher likewise
 * @param clientCertificate whether the service asked for a certificate of the client
 * @param error why the handshake did not come to its end
 */
public record Attempt(
        Optional<String> name,
        List<PartnerCertificate> chain,
        Optional<String> tlsVersion,
        Optional<String> cipher,
        boolean clientCertificate,
        Optional<Reason> error) {
    public Attempt {
        chain = List.copyOf(chain);
    }

    static Attempt failed(Optional<String> name, Reason error) {
        return new Attempt(name, List.of(), Optional.empty(), Optional.empty(), false, Optional.of(error));
    }

    /** The service's own certificate. */
    public Optional<PartnerCertificate> certificate() {
        return chain.isEmpty() ? Optional.empty() : Optional.of(chain.getFirst());
    }

    /** Whether the service refuses clients without a certificate, or with this one, and showed its own before. */
    boolean isClientRefused() {
        return clientCertificate && error.isPresent() && !chain.isEmpty();
    }
}
