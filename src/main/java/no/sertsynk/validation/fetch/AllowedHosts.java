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

    /** Looks names up; the platform's way, but for tests. */
    @FunctionalInterface
    interface Names {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /** Whether an address may be asked. */
    public sealed interface Target {
        /** @param addresses where, and nowhere else; empty if whoever connects resolves and looks itself */
        record Allowed(List<InetAddress> addresses) implements Target {
            public Allowed {
                addresses = List.copyOf(addresses);
            }
        }

        record Refused(String why) implements Target {}
    }

    /** Whether the address may be asked by one who resolves its host elsewhere: a proxy, or one who looks itself. */
    public Target target(URI uri) {
        Integer usualPort = USUAL_PORTS.get(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT));
        if (usualPort == null) {
            return new Target.Refused("the scheme of " + uri + " is not allowed");
        }
        String host = host(uri);
        boolean isKnown = known.contains(host) && (uri.getPort() == -1 || uri.getPort() == usualPort);
        return isNamed(uri) || isKnown
                ? new Target.Allowed(List.of())
                : new Target.Refused("host " + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                        + " is not allowed; if it is right, add it to revocation.allow");
    }

    /** Whether the address may be asked, and which of its host's addresses to connect to: all are looked at. */
    Target target(URI uri, Names names) {
        if (target(uri) instanceof Target.Refused refused) {
            return refused;
        }
        String host = host(uri);
        try {
            List<InetAddress> addresses = List.of(names.addresses(host));
            for (InetAddress address : addresses) {
                if (!isNamed(uri) && InternalAddresses.isInternal(address)) {
                    return new Target.Refused("host " + host + " has the internal address " + address.getHostAddress()
                            + "; if it is right, add the host to revocation.allow");
                }
            }
            return new Target.Allowed(addresses);
        } catch (UnknownHostException e) {
            return new Target.Refused("host " + host + " has no address");
        }
    }

    /** Whether the configuration names the host of the address, so that it may be an internal one. */
    public boolean isNamed(URI uri) {
        return named.contains(host(uri)) || named.contains(host(uri) + ":" + uri.getPort());
    }

    private static String host(URI uri) {
        return uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    }
}
