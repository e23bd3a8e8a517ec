package no.sertsynk.rollover;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.HerId;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;

/** What holds back an unlikely run. Pure. */
public final class Guards {
    private static final Duration TOLERANCE = Duration.ofMinutes(10);
    private static final int FEWEST_PAIRS = 4;
    private static final int FEWEST_PARTIES = 3;

    private Guards() {}

    /** The guards by the names that {@code --force} takes. */
    public enum Guard {
        MAX_CHANGE,
        EMPTY_REGISTER,
        CLOCK;

        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static Optional<Guard> parse(String id) {
            for (Guard guard : values()) {
                if (guard.id().equals(id)) {
                    return Optional.of(guard);
                }
            }
            return Optional.empty();
        }
    }

    /** A party and a purpose. */
    public record Pair(HerId herId, Purpose purpose) {}

    /**
     * Whether too many pairs would lose their last usable entry.
     *
     * @param installed pairs that have an entry now
     * @param losing those that would have none, other than by expiry
     * @param percent the largest share that is allowed
     */
    public static Optional<Reason> maxChange(Set<Pair> installed, Set<Pair> losing, int percent) {
        long parties = installed.stream().map(Pair::herId).distinct().count();
        if (installed.size() < FEWEST_PAIRS || parties < FEWEST_PARTIES) {
            return Optional.empty();
        }
        if (losing.size() * 100L <= (long) percent * installed.size()) {
            return Optional.empty();
        }
        return Optional.of(reason(
                Guard.MAX_CHANGE,
                losing.size() + " of " + installed.size()
                        + " installed pairs of party and purpose would lose their last certificate, more than "
                        + percent + " %; removals are withheld"));
    }

    /**
     * Whether the register has nothing to say about anybody who is installed.
     *
     * @param answered for each party that has something installed and was answered: whether with any LDAP string
     */
    public static Optional<Reason> emptyRegister(Map<HerId, Boolean> answered) {
        if (answered.isEmpty() || answered.containsValue(true)) {
            return Optional.empty();
        }
        return Optional.of(reason(
                Guard.EMPTY_REGISTER,
                "the register answers none of the " + answered.size()
                        + " installed parties with an LDAP string; removals are withheld"));
    }

    /**
     * Whether our clock can be believed.
     *
     * @param ahead how far the register's clock is ahead of ours, if it told
     * @param lastRunAt when the latest run began
     */
    public static Optional<Reason> clock(Instant now, Optional<Duration> ahead, Optional<Instant> lastRunAt) {
        if (ahead.isPresent() && ahead.get().abs().compareTo(TOLERANCE) > 0) {
            return Optional.of(reason(
                    Guard.CLOCK,
                    "expected this host's clock within 10 minutes of the register's, found it "
                            + ahead.get().abs().toSeconds() + " seconds "
                            + (ahead.get().isNegative() ? "ahead" : "behind")
                            + "; nothing is changed, set the clock"));
        }
        if (lastRunAt.isPresent() && now.isBefore(lastRunAt.get())) {
            return Optional.of(reason(
                    Guard.CLOCK,
                    "this host's clock says " + now + ", earlier than the last run at " + lastRunAt.get()
                            + "; nothing is changed, set the clock"));
        }
        return Optional.empty();
    }

    private static Reason reason(Guard guard, String message) {
        return Reason.of(
                ReasonCode.GUARD, "guard " + guard.id() + ": " + message + ", or go on with --force " + guard.id());
    }
}
