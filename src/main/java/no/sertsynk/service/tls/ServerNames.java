package no.sertsynk.service.tls;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The hosts that a certificate names (RFC 9525): its DNS names and addresses; the common name has not counted for long. */
final class ServerNames {
    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    private ServerNames() {}

    static boolean cover(X509Certificate certificate, HostPort at) {
        Optional<InetAddress> address = at.literal();
        return address.isPresent()
                ? values(certificate, ADDRESS).stream()
                        .anyMatch(value -> new HostPort(value, 0).literal().equals(address))
                : values(certificate, DNS).stream().anyMatch(pattern -> matches(pattern, at.host()));
    }

    /** The names for people, at most some. */
    static List<String> of(X509Certificate certificate) {
        List<String> names = new ArrayList<>(values(certificate, DNS));
        names.addAll(values(certificate, ADDRESS));
        return names.size() > 5 ? names.subList(0, 5) : names;
    }

    /** A star stands for one whole first label. */
    private static boolean matches(String pattern, String host) {
        String lower = pattern.toLowerCase(Locale.ROOT);
        if (lower.equals(host)) {
            return true;
        }
        int dot = host.indexOf('.');
        return lower.startsWith("*.")
                && dot > 0
                && lower.indexOf('.', 2) > 0
                && host.substring(dot).equals(lower.substring(1));
    }

    private static List<String> values(X509Certificate certificate, int type) {
        List<String> values = new ArrayList<>();
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            for (List<?> name : names == null ? List.<List<?>>of() : names) {
                if (name.getFirst().equals(type) && name.get(1) instanceof String text) {
                    values.add(text);
                }
            }
        } catch (CertificateParsingException e) {
            // A certificate with unreadable names has none.
            return List.of();
        }
        return values;
    }
}
