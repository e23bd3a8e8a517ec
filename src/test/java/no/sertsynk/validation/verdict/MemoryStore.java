package no.sertsynk.validation.verdict;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Keeps verdicts in memory. */
final class MemoryStore implements VerdictStore {
    private Kept kept = Kept.NOTHING;

    @Override
    public Kept recall() {
        return kept;
    }

    @Override
    public void keep(Kept added, Instant forgetBefore) {
        Map<String, VerdictBasis> bases = new HashMap<>(kept.bases());
        bases.putAll(added.bases());
        Map<String, KeptVerdict> verdicts = new HashMap<>(kept.verdicts());
        verdicts.putAll(added.verdicts());
        verdicts.values().removeIf(verdict -> verdict.checkedAt().isBefore(forgetBefore));
        kept = new Kept(bases, verdicts);
    }
}
