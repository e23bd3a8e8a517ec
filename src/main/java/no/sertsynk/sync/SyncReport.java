package no.sertsynk.sync;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.sertsynk.model.Reason;

/**
 * The result of one run.
 *
 * @param stopped why the run or a part of it was held back: GUARD or REGISTER_UNAVAILABLE
 * @param parties in the order of the configuration
 */
public record SyncReport(
        String runId,
        Instant startedAt,
        Instant finishedAt,
        boolean dryRun,
        Optional<Reason> stopped,
        List<PartyReport> parties,
        List<KeystoreReport> keystores) {
    public SyncReport {
        parties = List.copyOf(parties);
        keystores = List.copyOf(keystores);
    }

    /** How many parties fared so. */
    public int count(Outcome outcome) {
        return (int)
                parties.stream().filter(party -> party.outcome() == outcome).count();
    }

    /** The same with more reasons of keystores, by their names. */
    public SyncReport with(Map<String, List<Reason>> problems) {
        return new SyncReport(
                runId,
                startedAt,
                finishedAt,
                dryRun,
                stopped,
                parties,
                keystores.stream()
                        .map(keystore -> keystore.with(problems.getOrDefault(keystore.name(), List.of())))
                        .toList());
    }
}
