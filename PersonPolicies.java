package no.sertsynk.validation.profile;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The certificate policies under which persons, not organisations, get certificates; kept as data beside this class. */
final class PersonPolicies {
    private static final String RESOURCE = "person-policies.txt";

    private final Set<String> exact = new HashSet<>();
    private final List<String> prefixes = new ArrayList<>();

    private PersonPolicies() {}

    static PersonPolicies load() {
        PersonPolicies policies = new PersonPolicies();
        InputStream resource =
                Objects.requireNonNull(PersonPolicies.class.getResourceAsStream(RESOURCE), "missing " + RESOURCE);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                policies.add(line.strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
        return policies;
    }

    boolean contains(String oid) {
        if (exact.contains(oid)) {
            return true;
        }
        for (String prefix : prefixes) {
            if (oid.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private void add(String line) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        if (line.endsWith("*")) {
            prefixes.add(line.substring(0, line.length() - 1));
        } else {
            exact.add(line);
        }
    }
}
