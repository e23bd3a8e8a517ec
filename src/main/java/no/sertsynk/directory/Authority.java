package no.sertsynk.directory;

import com.unboundid.util.StaticUtils;
import java.net.Inet6Address;
import java.util.Locale;
import no.sertsynk.directory.LdapStringReader.Unreadable;

/** The host and port of an LDAP URL. */
record Authority(String host, int port) {
    private static final int LDAP_PORT = 389;
    private static final int LDAPS_PORT = 636;

    static Authority read(String text, boolean tls) throws Unreadable {
        if (text.indexOf('@') >= 0) {
            throw new Unreadable("expected host and port, found user information before an '@'");
        }
        String host = text;
        String port = "";
        int close = text.lastIndexOf(']');
        int colon = text.lastIndexOf(':');
        if (colon > close) {
            host = text.substring(0, colon);
            port = text.substring(colon + 1);
            if (port.isEmpty()) {
                throw new Unreadable("expected a port after ':', found none");
            }
        }
        if (host.isEmpty()) {
            throw new Unreadable("expected a host after the scheme, found none");
        }
        return new Authority(host(host), port(port, tls));
    }

    private static String host(String host) throws Unreadable {
        if (host.startsWith("[") && host.endsWith("]")) {
            String literal = host.substring(1, host.length() - 1);
            if (isIpv6(literal)) {
                return literal.toLowerCase(Locale.ROOT);
            }
            throw new Unreadable("expected an IPv6 address in brackets, found '" + host + "'");
        }
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        for (String label : name.split("\\.", -1)) {
            if (!isLabel(label)) {
                throw new Unreadable("expected a host name, found '" + host + "'");
            }
        }
        return StaticUtils.toLowerCase(name);
    }

    private static boolean isIpv6(String literal) {
        if (literal.indexOf(':') < 0) {
            return false;
        }
        try {
            return Inet6Address.ofLiteral(literal).getAddress().length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isLabel(String label) {
        if (label.isEmpty() || label.length() > 63 || label.startsWith("-") || label.endsWith("-")) {
            return false;
        }
        return label.chars()
                .allMatch(c -> (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'
                        || c == '_');
    }

    private static int port(String port, boolean tls) throws Unreadable {
        if (port.isEmpty()) {
            return tls ? LDAPS_PORT : LDAP_PORT;
        }
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65_535) {
            throw new Unreadable("expected a port from 1 to 65535, found '" + port + "'");
        }
        return Integer.parseInt(port);
    }
}
