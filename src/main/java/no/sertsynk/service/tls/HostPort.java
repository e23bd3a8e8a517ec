package no.sertsynk.service.tls;

import java.net.IDN;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/**
 * A host with a port.
 *
 * @param host a name in its ASCII form (RFC 5890) and lower case, or an address without brackets
 */
public record HostPort(String host, int port) {
    private static final int MOST_CHARACTERS = 253;
    private static final int MOST_PORT = 65_535;

    /**
     * Reads {@code HOST:PORT}, an IPv6 address in brackets. Names may be written in any script.
     *
     * @throws IllegalArgumentException with a message that says what was expected and found
     */
    public static HostPort parse(String text) {
        return parse(text, Optional.empty());
    }

    /** The same, with the port that is meant where none is written. */
    static HostPort parse(String text, Optional<Integer> usualPort) {
        int bracket = text.lastIndexOf(']');
        int colon = text.indexOf(':', Math.max(bracket, 0));
        String host = colon < 0 ? text : text.substring(0, colon);
        int port;
        if (colon >= 0) {
            port = port(text.substring(colon + 1));
        } else {
            port = usualPort.orElseThrow(
                    () -> new IllegalArgumentException("expected HOST:PORT, found '" + text + "' without a port"));
        }
        return new HostPort(bracket >= 0 ? bracketed(host) : name(host), port);
    }

    private static int port(String text) {
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : -1;
        if (port < 0 || port > MOST_PORT) {
            throw new IllegalArgumentException("expected a port from 0 to " + MOST_PORT + ", found '" + text + "'");
        }
        return port;
    }

    private static String bracketed(String text) {
        String inner = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : "";
        if (inner.indexOf(':') < 0 || literal(inner).isEmpty()) {
            throw new IllegalArgumentException("expected an IPv6 address in brackets, found '" + text + "'");
        }
        return inner.toLowerCase(Locale.ROOT);
    }

    private static String name(String text) {
        try {
            String ascii = IDN.toASCII(text).toLowerCase(Locale.ROOT);
            String plain = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
            if (plain.length() <= MOST_CHARACTERS && plain.matches("[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?")) {
                return plain;
            }
        } catch (IllegalArgumentException e) {
            // Told below: the platform's own message does not say which name it means.
        }
        throw new IllegalArgumentException("expected the name or address of a host, found '" + text + "'");
    }

    /** The address, if the host is written as one. Asks nobody. */
    public Optional<InetAddress> literal() {
        return literal(host);
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            // It is a name.
            return Optional.empty();
        }
    }

    /** As it is written in addresses. */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
