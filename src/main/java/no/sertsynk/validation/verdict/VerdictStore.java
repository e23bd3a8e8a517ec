package no.sertsynk.validation.verdict;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Keeps accepted verdicts from one run to the next. What is lost costs work and nothing else. */
public interface VerdictStore {
    /** Everything that is kept. */
    Kept recall();

    /** Adds to what is kept, and forgets what was checked before that time. */
    void keep(Kept added, Instant forgetBefore);

    /**
     * Verdicts and what they depend on.
     *
     * @param bases by their identity
     * @param verdicts by the SHA-256 of the certificate, in hexadecimal
     */
    record Kept(Map<String, VerdictBasis> bases, Map<String, KeptVerdict> verdicts) {
        public static final Kept NOTHING = new Kept(Map.of(), Map.of());

        public Kept {
            bases = Map.copyOf(bases);
            verdicts = Map.copyOf(verdicts);
        }

        static Kept of(Collection<VerdictBasis> bases, Map<String, KeptVerdict> verdicts) {
            return new Kept(bases.stream().collect(Collectors.toMap(VerdictBasis::id, basis -> basis)), verdicts);
        }
    }

    /** Keeps nothing. */
    static VerdictStore none() {
        return new VerdictStore() {
            @Override
            public Kept recall() {
                return Kept.NOTHING;
            }

            @Override
            public void keep(Kept added, Instant forgetBefore) {
                // Found out again next time.
            }
        };
    }
}
