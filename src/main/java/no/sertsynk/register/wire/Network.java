package no.sertsynk.register.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * The way out of this host.
 *
 * @param proxy an {@code http://host:port} that every call goes through, except to loopback and {@code noProxy}
 * @param noProxy hosts to reach directly: a name means itself and the names below it, {@code *} means all
 * @param tls whom to trust as the server; empty for Java's own store
 * @param userAgent what we call ourselves
 */
public record Network(Optional<URI> proxy, List<String> noProxy, Optional<SSLContext> tls, String userAgent) {
    private static final int DEFAULT_PROXY_PORT = 80;

    public Network {
        noProxy = List.copyOf(noProxy);
    }

    /** Directly, trusting Java's own store. */
    public static Network direct(String userAgent) {
        return new Network(Optional.empty(), List.of(), Optional.empty(), userAgent);
    }

    /** A literal address decides for itself; of names only "localhost" counts, and only if it leads nowhere else. */
    public static boolean isLoopback(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        try {
            if (!bare.equalsIgnoreCase("localhost")) {
                return InetAddress.ofLiteral(bare).isLoopbackAddress();
            }
            for (InetAddress address : InetAddress.getAllByName(bare)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (IllegalArgumentException | UnknownHostException e) {
            return false; // a name, so not a literal; or a machine without localhost
        }
    }

    /** How to reach that host. */
    public Proxy way(String host) {
        if (proxy.isEmpty() || isLoopback(host) || isDirect(host)) {
            return Proxy.NO_PROXY;
        }
        URI by = proxy.get();
        if (!"http".equalsIgnoreCase(by.getScheme()) || by.getHost() == null || by.getRawUserInfo() != null) {
            throw new IllegalArgumentException("expected a proxy as http://host:port without user name");
        }
        int port = by.getPort() < 0 ? DEFAULT_PROXY_PORT : by.getPort();
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(by.getHost(), port));
    }

    private boolean isDirect(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        for (String entry : noProxy) {
            String suffix = entry.strip().toLowerCase(Locale.ROOT);
            if (suffix.startsWith(".")) {
                suffix = suffix.substring(1);
            }
            if (suffix.equals("*") || (!suffix.isEmpty() && (name.equals(suffix) || name.endsWith("." + suffix)))) {
                return true;
            }
        }
        return false;
    }
}
