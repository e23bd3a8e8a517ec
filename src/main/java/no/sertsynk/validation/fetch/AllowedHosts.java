package no.sertsynk.validation.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import no.sertsynk.model.InternalAddresses;

/**
 * Which hosts an address in a certificate may name.
 *
 * @param known of the environment's certificate authorities; only at public addresses
 * @param named by the configuration, as {@code host} (any port) or {@code host:port}; at any
 *     address
 */
public record AllowedHosts(List<String> known, List<String> named) {
    private static final Map<String, Integer> USUAL_PORTS = Map.of("http", 80, "https", 443, "ldap", 389, "ldaps", 636);

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
                known.addAll(List.of(properties.getProperty(name, "").split(" +")));
            }
        }
        return new AllowedHosts(known, named);
    }

    /**
     * Why the address may not be asked; empty if it may.
     *
     * @param resolvedElsewhere whether a proxy resolves the name, or whoever connects looks at the address itself
     */
    public Optional<String> refusal(URI uri, boolean resolvedElsewhere) {
        Integer usualPort = USUAL_PORTS.get(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT));
        if (usualPort == null) {
            return Optional.of("the scheme of " + uri + " is not allowed");
        }
        if (isNamed(uri)) {
            return Optional.empty();
        }
        String host = host(uri);
        if (!known.contains(host) || (uri.getPort() != -1 && uri.getPort() != usualPort)) {
            return Optional.of("host " + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                    + " is not allowed; if it is right, add it to revocation.allow");
        }
        return resolvedElsewhere ? Optional.empty() : internal(host);
    }

    /** Whether the configuration names the host of the address, so that it may be an internal one. */
    public boolean isNamed(URI uri) {
        return named.contains(host(uri)) || named.contains(host(uri) + ":" + uri.getPort());
    }

    private static String host(URI uri) {
        return uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    }

    private static Optional<String> internal(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (InternalAddresses.isInternal(address)) {
                    return Optional.of("host " + host + " has the internal address " + address.getHostAddress()
                            + "; if it is right, add the host to revocation.allow");
                }
            }
            return Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of("host " + host + " has no address");
        }
    }
}
