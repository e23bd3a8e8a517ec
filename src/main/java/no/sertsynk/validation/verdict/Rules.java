package no.sertsynk.validation.verdict;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import no.sertsynk.model.Sha256;
import no.sertsynk.validation.ValidationSettings;

/** Digests of the rules that verdicts are reached by. */
public final class Rules {
    private Rules() {}

    /**
     * A digest of all settings but the time.
     *
     * @param further what else has a say: the program's version, how revocation is asked for
     */
    public static Sha256 digest(ValidationSettings settings, List<String> further) {
        // Not by the record's own text, which a cold process has to generate code for.
        List<String> parts = new ArrayList<>(List.of(
                settings.policy().name(),
                Integer.toString(settings.minimumRsaBits()),
                settings.revocation().name(),
                Long.toString(settings.maxStale().toMillis()),
                // Sorted: the order of a set is another in each process.
                String.join(" ", new TreeSet<>(settings.initialPolicies())),
                Boolean.toString(settings.explicitPolicy()),
                Boolean.toString(settings.inhibitMapping()),
                Boolean.toString(settings.inhibitAny()),
                settings.environment().orElse("")));
        parts.addAll(further);
        String text = String.join("\n", parts);
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
