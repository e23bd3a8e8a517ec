package no.sertsynk.service.tls;

import java.time.Instant;
import java.util.Optional;
import no.sertsynk.model.Reason;

/**
 * A client that connected.
 *
 * @param peer its address and port
 * @param hello what it offered; empty if it does not speak TLS
 * @param problem why there is no hello
 * @param shown which certificate it is shown: {@code new} or {@code old}
 */
public record ClientSeen(
        Instant at, String peer, Optional<ClientHello> hello, Optional<Reason> problem, Optional<String> shown) {

    /** Whether it gets on when the server name decides which certificate is shown. */
    public boolean survives() {
        return hello.isPresent() && hello.get().survives();
    }

    public boolean hasSentName() {
        return hello.flatMap(ClientHello::serverName).isPresent();
    }
}
