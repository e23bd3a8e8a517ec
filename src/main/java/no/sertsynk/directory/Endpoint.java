package no.sertsynk.directory;

import java.net.InetAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where one directory is reached.
 *
 * @param name for messages: the string's host, and what it is mapped to
 * @param host to resolve, and to find in the server's certificate with TLS
 * @param named whether the configuration names this very host, so that its address may be internal
 */
record Endpoint(String name, String host, int port, boolean tls, boolean named) {
    /** The string's own host and port, or what the host map has instead. */
    static Endpoint of(LdapString string, @Nullable URI mapped) {
        if (mapped == null || mapped.getHost() == null) {
            String name = string.host() + ":" + string.port();
            return new Endpoint(name, string.host(), string.port(), string.tls(), false);
        }
        boolean tls = "ldaps".equalsIgnoreCase(mapped.getScheme());
        int port = mapped.getPort() > 0 ? mapped.getPort() : Authority.usualPort(tls);
        String host = mapped.getHost();
        return new Endpoint(
                string.host() + " (mapped to " + host + ":" + port + ")",
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                port,
                tls,
                true);
    }

    /** Asks the name service; the address is the one to connect to, because it has been checked. */
    InetAddress resolve() throws DirectoryException {
        return named ? Addresses.trusted(host) : Addresses.publicOnly(host);
    }
}
