package no.sertsynk.validation.verdict;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
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
        // By the constructor, so that a setting that is added one day cannot be forgotten here.
        ValidationSettings timeless = new ValidationSettings(
                Instant.EPOCH,
                settings.policy(),
                settings.minimumRsaBits(),
                settings.revocation(),
                settings.maxStale(),
                // Written below: the order of a set is another in each process.
                java.util.Set.of(),
                settings.explicitPolicy(),
                settings.inhibitMapping(),
                settings.inhibitAny(),
                settings.environment());
        String text = timeless + "\n" + new TreeSet<>(settings.initialPolicies()) + "\n" + String.join("\n", further);
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
