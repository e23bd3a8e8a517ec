package no.sertsynk.register.soap;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import no.sertsynk.model.Secret;
import no.sertsynk.register.wire.Network;

/**
 * How to reach the register's SOAP 1.1 (Basic) endpoint.
 *
 * @param url https; plain http only for a loopback address, because the password goes with every call
 * @param username of the register's account
 * @param password shown nowhere
 * @param timeout of one try, from connecting to the last byte; a call with its retries ends within three times this
 * @param proxy an {@code http://host:port} that every call goes through, except to loopback and {@code noProxy}
 * @param noProxy hosts to reach directly: a name means itself and the names below it, {@code *} means all
 * @param tls whom to trust as the server; empty for Java's own store
 * @param callsInFlight at most so many at one time
 * @param clock ours, which the register's is compared with
 * @param userAgent what we call ourselves
 */
public record SoapSettings(
        URI url,
        String username,
        Secret password,
        Duration timeout,
        Optional<URI> proxy,
        List<String> noProxy,
        Optional<SSLContext> tls,
        int callsInFlight,
        Clock clock,
        String userAgent) {
    /** Enough to hide 20 ms of network, and no burden for the register. */
    public static final int DEFAULT_CALLS_IN_FLIGHT = 32;

    public SoapSettings {
        noProxy = List.copyOf(noProxy);
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("expected a register timeout above zero, found " + timeout);
        }
        if (callsInFlight < 1) {
            throw new IllegalArgumentException("expected at least one register call in flight, found " + callsInFlight);
        }
    }

    Network network() {
        return new Network(proxy, noProxy, tls, userAgent);
    }

    /** No proxy, Java's own trust store, {@link #DEFAULT_CALLS_IN_FLIGHT} calls in flight. */
    public static SoapSettings of(URI url, String username, Secret password, Duration timeout, Clock clock) {
        return new SoapSettings(
                url,
                username,
                password,
                timeout,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                DEFAULT_CALLS_IN_FLIGHT,
                clock,
                "sertsynk");
    }
}
