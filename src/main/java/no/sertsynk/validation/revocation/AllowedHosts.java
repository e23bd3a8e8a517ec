package no.sertsynk.validation.revocation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * Which hosts an address in a certificate may name.
 *
 * @param known of the environment's certificate authorities; only at public addresses
 * @param named by the configuration, as {@code host} (any port) or {@code host:port}; at any address
 */
public record AllowedHosts(List<String> known, List<String> named) {
    public AllowedHosts {
        known = List.copyOf(known);
        named = named.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    }

    /** The known hosts of an environment, or of all, and those that the configuration names. */
    public static AllowedHosts of(Optional<String> environment, List<String> named) {
        Properties properties = new Properties();
        try (InputStream in = AllowedHosts.class.getResourceAsStream("hosts.properties")) {
            if (in == null) {
                throw new IllegalStateException("hosts.properties is missing from the program");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> known = new ArrayList<>();
        for (String name : List.of("production", "test")) {
            if (environment.isEmpty() || environment.get().equals(name)) {
                known.addAll(List.of(properties.getProperty(name, "").split(" ")));
            }
        }
        return new AllowedHosts(known, named);
    }

    /**
     * Why the address may not be asked; empty if it may.
     *
     * @param proxied whether a proxy resolves the name, so that there is no address here to look at
     */
    Optional<String> refusal(URI uri, boolean proxied) {
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        if (named.contains(host) || named.contains(host + ":" + uri.getPort())) {
            return Optional.empty();
        }
        boolean usualPort = uri.getPort() == -1 || uri.getPort() == 80 || uri.getPort() == 443;
        if (!known.contains(host) || !usualPort) {
            return Optional.of("host " + host + " is not allowed; if it is right, add it to revocation.allow");
        }
        return proxied ? Optional.empty() : internal(host);
    }

    private static Optional<String> internal(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                boolean unique = address.getAddress().length == 16 && (address.getAddress()[0] & 0xFE) == 0xFC;
                if (address.isLoopbackAddress()
                        || address.isSiteLocalAddress()
                        || address.isLinkLocalAddress()
                        || address.isAnyLocalAddress()
                        || unique) {
                    return Optional.of("host " + host + " has the internal address " + address.getHostAddress());
                }
            }
            return Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of("host " + host + " has no address");
        }
    }
}
