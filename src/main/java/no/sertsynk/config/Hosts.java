package no.sertsynk.config;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Hosts and ports as they are written in a configuration. */
final class Hosts {
    private static final String NAME = "[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?";
    private static final Pattern HOST =
            Pattern.compile("(?<host>" + NAME + "(\\." + NAME + ")*\\.?|\\[[0-9A-Fa-f:.]+])(:(?<port>[0-9]{1,5}))?");

    private Hosts() {}

    /** Whether the text is {@code host} or {@code host:port}; an IPv6 address stands in brackets. */
    static boolean isHost(String text) {
        Matcher matcher = HOST.matcher(text);
        return matcher.matches() && (matcher.group("port") == null || isPort(matcher.group("port")));
    }

    private static boolean isPort(String digits) {
        return Integer.parseInt(digits) > 0 && Integer.parseInt(digits) <= 65_535;
    }

    /** The hosts of a list; each that is none is a mistake. */
    static List<String> read(Section section, String key) {
        return section.scalars(key).orElse(List.of()).stream()
                .filter(node -> isHost(section, key, node))
                .map(ScalarNode::getValue)
                .toList();
    }

    private static boolean isHost(Section section, String key, ScalarNode node) {
        boolean usable = isHost(node.getValue());
        if (!usable) {
            section.mistake(key, node, "expected host or host:port without a scheme, found '" + node.getValue() + "'");
        }
        return usable;
    }

    /** Whether the text is {@code host:port} with a loopback host; port 0 stands for any free one. */
    static boolean isLoopbackWithPort(String text) {
        return isHostWithPort(text) && isLoopback(host(text));
    }

    /** Whether the text is {@code host:port}; port 0 stands for any free one. */
    static boolean isHostWithPort(String text) {
        Matcher matcher = HOST.matcher(text);
        return matcher.matches() && matcher.group("port") != null && Integer.parseInt(matcher.group("port")) <= 65_535;
    }

    /** The host of {@code host:port}, without brackets. */
    static String host(String text) {
        String host = text.substring(0, text.lastIndexOf(':'));
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** The port of {@code host:port}. */
    static int port(String text) {
        return Integer.parseInt(text.substring(text.lastIndexOf(':') + 1));
    }

    /** Whether the host is this very machine by its form, without asking a name service. */
    static boolean isLoopback(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        String literal = lower.startsWith("[") && lower.endsWith("]") ? lower.substring(1, lower.length() - 1) : lower;
        return lower.equals("localhost")
                || address(literal).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    private static Optional<InetAddress> address(String literal) {
        try {
            return Optional.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException e) {
            // A name, not an address.
            return Optional.empty();
        }
    }
}
