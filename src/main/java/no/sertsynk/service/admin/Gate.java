package no.sertsynk.service.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Who may come in. A page of another site can make a browser send requests here; it knows neither the token, nor can it
 * change the headers Host and Origin. Pure.
 */
final class Gate {
    private static final String SCHEME = "bearer ";

    private final byte[] token;
    private final Set<String> authorities;
    private final String origin;

    /**
     * @param names under which we may be reached, an IPv6 address in brackets
     * @param tls whether clients reach us by TLS
     */
    Gate(String token, Set<String> names, int port, boolean tls) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.origin = tls ? "https://" : "http://";
        this.authorities = new HashSet<>();
        for (String name : names) {
            String lower = name.toLowerCase(Locale.ROOT);
            authorities.add(lower + ":" + port);
            if (port == (tls ? 443 : 80)) {
                authorities.add(lower);
            }
        }
    }

    /** Whether the one header Authorization bears the token; takes as long for a good guess as for a bad one. */
    boolean isAuthorized(List<String> authorization) {
        if (authorization.size() != 1) {
            return false;
        }
        String given = authorization.getFirst();
        if (!given.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        byte[] found = given.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(found, token);
    }

    /** Whether the client means us, and no page of another site sent it. */
    boolean isForUs(List<String> host, List<String> origins) {
        boolean isOurName =
                host.size() == 1 && authorities.contains(host.getFirst().toLowerCase(Locale.ROOT));
        return isOurName && origins.stream().allMatch(this::isOurPage);
    }

    private boolean isOurPage(String from) {
        String lower = from.toLowerCase(Locale.ROOT);
        return lower.startsWith(origin) && authorities.contains(lower.substring(origin.length()));
    }
}
