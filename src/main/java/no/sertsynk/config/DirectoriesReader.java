package no.sertsynk.config;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import no.sertsynk.config.Configuration.Directories;

/** Reads {@code directories}: which are asked, and how they are reached. */
final class DirectoriesReader {
    private DirectoriesReader() {}

    static Directories read(Section section, Values values) {
        Optional<List<String>> allow =
                section.has("allow") ? Optional.of(Hosts.read(section, "allow")) : Optional.empty();
        Directories directories = new Directories(
                allow,
                hostMap(section.section("hostMap"), allow),
                values.integer(section, "connectionsPerHost", 1, 32).orElse(2),
                values.timeout(section, "timeout").orElse(Duration.ofSeconds(10)));
        section.finish();
        return directories;
    }

    private static Map<String, URI> hostMap(Section section, Optional<List<String>> allow) {
        Map<String, URI> hostMap = new LinkedHashMap<>();
        section.scalars().forEach((host, node) -> {
            Optional<URI> target = Values.uri(node.getValue(), List.of("ldap", "ldaps"))
                    .filter(uri -> uri.getPath().isEmpty() || uri.getPath().equals("/"));
            if (target.isEmpty()) {
                section.mistake(
                        host, "expected an address such as ldap://127.0.0.1:3890, found '" + node.getValue() + "'");
            } else if (!Hosts.isHost(host) || host.matches(".*:[0-9]+")) {
                section.mistake(host, "expected a host as key, without scheme and port, found '" + host + "'");
            } else {
                hostMap.put(host.toLowerCase(Locale.ROOT), target.get());
                warnIfUnused(section, host, allow);
            }
        });
        return hostMap;
    }

    private static void warnIfUnused(Section section, String host, Optional<List<String>> allow) {
        boolean used = allow.isEmpty()
                || allow.get().stream()
                        .anyMatch(allowed -> allowed.equalsIgnoreCase(host)
                                || allowed.regionMatches(true, 0, host + ":", 0, host.length() + 1));
        if (!used) {
            section.warn(host, "directories.allow does not name this host, so that no string may use it");
        }
    }
}
