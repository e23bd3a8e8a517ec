package no.sertsynk.directory;

import java.net.Inet6Address;
import java.util.Locale;

/**
 * The host and port of an LDAP URL.
 *
 * @param host a lower-case name without a final dot, or an address without brackets
 */
record Authority(String host, int port) {
    private static final int LDAP_PORT = 389;
    private static final int LDAPS_PORT = 636;
    private static final int MAX_NAME = 253;
    private static final int MAX_LABEL = 63;

    static int usualPort(boolean tls) {
        return tls ? LDAPS_PORT : LDAP_PORT;
    }

    /** Reads {@code host[:port]} after decoding; a colon without a number stands for the usual port (RFC 3986, 3.2.3). */
    static Authority read(String text, boolean tls) throws UnreadableString {
        if (text.indexOf('@') >= 0) {
            throw new UnreadableString("expected host and port alone, found user information before an '@'");
        }
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon > text.lastIndexOf(']');
        String host = hasPort ? text.substring(0, colon) : text;
        if (host.isEmpty()) {
            throw new UnreadableString("expected a host after the scheme, found none");
        }
        String port = hasPort ? text.substring(colon + 1) : "";
        return new Authority(host(host), port.isEmpty() ? usualPort(tls) : port(port));
    }

    private static String host(String host) throws UnreadableString {
        if (host.startsWith("[")) {
            if (host.endsWith("]") && isIpv6(host.substring(1, host.length() - 1))) {
                return host.substring(1, host.length() - 1).toLowerCase(Locale.ROOT);
            }
            throw new UnreadableString("expected an IPv6 address in brackets, found " + UnreadableString.quote(host));
        }
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        boolean isName = name.length() <= MAX_NAME;
        for (String label : name.split("\\.", -1)) {
            isName &= isLabel(label);
        }
        if (!isName) {
            throw new UnreadableString("expected a host name or address, found " + UnreadableString.quote(host));
        }
        return name.toLowerCase(Locale.ROOT);
    }

    private static boolean isIpv6(String literal) {
        if (literal.indexOf(':') < 0 || literal.indexOf('%') >= 0) {
            return false;
        }
        try {
            return Inet6Address.ofLiteral(literal).getAddress().length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isLabel(String label) {
        if (label.isEmpty() || label.length() > MAX_LABEL || label.startsWith("-") || label.endsWith("-")) {
            return false;
        }
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            if (!UrlText.isLetterOrDigit(c) && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }

    private static int port(String port) throws UnreadableString {
        int number = 0;
        for (int i = 0; i < port.length(); i++) {
            number = UrlText.isDigit(port.charAt(i)) && number <= 65_535 ? number * 10 + port.charAt(i) - '0' : 65_536;
        }
        if (number < 1 || number > 65_535) {
            throw new UnreadableString("expected a port from 1 to 65535, found " + UnreadableString.quote(port));
        }
        return number;
    }
}
