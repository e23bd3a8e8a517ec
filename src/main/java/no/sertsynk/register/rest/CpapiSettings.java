package no.sertsynk.register.rest;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import no.sertsynk.register.wire.Network;

/**
 * How to reach the CommunicationParty API. Where the paths are not public knowledge they are settings.
 *
 * @param url of the API; without a path, {@code /api/v1} is meant
 * @param model which of the two data models to ask for
 * @param paths below the address
 * @param timeout of one try
 * @param callsInFlight at most so many at one time
 * @param callsPerSecond at most so many begin in a second
 * @param clock ours, which the register's is compared with
 */
public record CpapiSettings(
        URI url,
        Model model,
        Paths paths,
        TokenSettings token,
        Duration timeout,
        int callsInFlight,
        int callsPerSecond,
        Network network,
        Clock clock) {
    public static final int DEFAULT_CALLS_IN_FLIGHT = 16;
    public static final int DEFAULT_CALLS_PER_SECOND = 500;

    /** The data models. */
    public enum Model {
        /** Certificates and their thumbprints; no LDAP string. */
        SIMPLIFIED,
        /** That of the SOAP service, with LDAP strings. */
        LEGACY
    }

    /**
     * Paths below the address; {@code {herId}} stands for the party.
     *
     * @param party of the simplified model
     * @param legacy of the legacy model
     */
    public record Paths(String party, String legacy, String signing, String encryption) {
        /** As far as they are public knowledge; that of the legacy model is a guess. */
        public static final Paths DEFAULT = new Paths(
                "communicationparty/{herId}",
                "communicationparty/{herId}/legacy",
                "certificate/{herId}/signing",
                "certificate/{herId}/encryption");
    }

    /** The address that the paths are below, with a slash at its end. */
    URI base() {
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        String text = url.toString().replaceAll("/+$", "");
        return URI.create(path.isEmpty() || path.equals("/") ? text + "/api/v1/" : text + "/");
    }
}
