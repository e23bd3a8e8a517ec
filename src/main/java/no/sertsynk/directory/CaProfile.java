package no.sertsynk.directory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * What is particular about one certificate authority's directory; read from {@code profiles.properties}.
 *
 * @param environment {@code test} or {@code production}; empty for a directory that is not in the list
 * @param serials how serial numbers are written there
 * @param resultCap entries that a search returns at most without saying so; 0 if none is known
 * @param bases where organisation certificates lie
 */
public record CaProfile(
        String host, Optional<String> environment, SerialForms serials, int resultCap, List<String> bases) {
    private static final Map<String, CaProfile> KNOWN = load();

    public CaProfile {
        bases = List.copyOf(bases);
    }

    /** The profile of the host; one without particulars if the host is not in the list. */
    public static CaProfile of(String host) {
        CaProfile known = KNOWN.get(host);
        return known == null ? new CaProfile(host, Optional.empty(), SerialForms.AS_WRITTEN, 0, List.of()) : known;
    }

    /** The hosts of an environment; those of all environments if it is empty. */
    public static List<String> hosts(Optional<String> environment) {
        return KNOWN.values().stream()
                .filter(profile -> environment.isEmpty() || environment.equals(profile.environment()))
                .map(CaProfile::host)
                .toList();
    }

    private static Map<String, CaProfile> load() {
        Properties properties = new Properties();
        try (InputStream in = CaProfile.class.getResourceAsStream("profiles.properties")) {
            if (in == null) {
                throw new IllegalStateException("profiles.properties is missing from the program");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, CaProfile> profiles = new LinkedHashMap<>();
        for (String host : properties.getProperty("hosts", "").split(" ")) {
            List<String> bases = new ArrayList<>();
            for (int i = 1; properties.getProperty(host + ".base." + i) != null; i++) {
                bases.add(properties.getProperty(host + ".base." + i, ""));
            }
            profiles.put(
                    host,
                    new CaProfile(
                            host,
                            Optional.ofNullable(properties.getProperty(host + ".environment")),
                            SerialForms.valueOf(properties
                                    .getProperty(host + ".serials", "both")
                                    .toUpperCase(Locale.ROOT)),
                            Integer.parseInt(properties.getProperty(host + ".cap", "0")),
                            bases));
        }
        return profiles;
    }
}
