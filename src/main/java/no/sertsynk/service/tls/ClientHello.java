package no.sertsynk.service.tls;

import java.util.List;
import java.util.Optional;

/**
 * What a client offers when it begins (RFC 8446, section 4.1.2).
 *
 * @param serverName as it was sent, whatever characters that holds (RFC 6066, section 3)
 * @param tlsVersions in the client's order; of a client that lists none, the newest it has
 * @param ciphers by their registered names in the client's order, unknown ones as {@code 0x1234}
 * @param applicationProtocols as ALPN names them (RFC 7301)
 */
public record ClientHello(
        Optional<String> serverName,
        List<String> tlsVersions,
        List<String> ciphers,
        List<String> applicationProtocols) {
    public ClientHello {
        tlsVersions = List.copyOf(tlsVersions);
        ciphers = List.copyOf(ciphers);
        applicationProtocols = List.copyOf(applicationProtocols);
    }

    /** Whether such a client gets on when the server name decides which certificate is shown. */
    public boolean survives() {
        return serverName.isPresent() && (tlsVersions.contains("TLSv1.3") || tlsVersions.contains("TLSv1.2"));
    }
}
