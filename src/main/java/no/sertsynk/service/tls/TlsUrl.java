package no.sertsynk.service.tls;

import java.util.Locale;
import java.util.Optional;

/**
 * The address of a service that speaks TLS.
 *
 * @param text as it was written
 * @param at the host and port that it names
 */
public record TlsUrl(String text, HostPort at) {
    private static final String SCHEME = "https://";
    private static final int HTTPS_PORT = 443;
    private static final int MOST_CHARACTERS = 2_048;

    /**
     * Reads an address such as {@code https://tjeneste.example:8443/sti}. What comes after the port is not looked at, since
     * nothing but a handshake is done there.
     *
     * @throws IllegalArgumentException with a message that says what was expected and found
     */
    public static TlsUrl parse(String text) {
        String start =
                text.substring(0, Math.min(text.length(), SCHEME.length())).toLowerCase(Locale.ROOT);
        if (!start.equals(SCHEME) || text.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("expected an address such as https://tjeneste.example, found '"
                    + text.substring(0, Math.min(text.length(), 200)) + "'");
        }
        String rest = text.substring(SCHEME.length());
        int end = 0;
        while (end < rest.length() && "/?#\\".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        String authority = rest.substring(0, end);
        if (authority.indexOf('@') >= 0) {
            // Not shown: it may hold a password.
            throw new IllegalArgumentException("expected an address without user information (name@)");
        }
        HostPort at = HostPort.parse(authority, Optional.of(HTTPS_PORT));
        if (at.port() == 0) {
            throw new IllegalArgumentException("expected a port from 1 to 65535, found 0 in '" + text + "'");
        }
        return new TlsUrl(text, at);
    }

    /** The name that a client sends (RFC 6066, section 3); empty for an address, for which there is none. */
    public Optional<String> serverName() {
        return at.literal().isPresent() ? Optional.empty() : Optional.of(at.host());
    }

    @Override
    public String toString() {
        return text;
    }
}
