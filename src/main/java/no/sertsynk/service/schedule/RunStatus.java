package no.sertsynk.service.schedule;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import no.sertsynk.sync.SyncReport;

/**
 * How a run gets on.
 *
 * @param done how many of the parties are decided
 * @param total how many parties it has; 0 until that is known
 * @param report present when it has ended
 * @param failure why it could not be done, one line each; empty unless it failed
 */
public record RunStatus(
        String runId, State state, int done, int total, Optional<SyncReport> report, List<String> failure) {
    public RunStatus {
        failure = List.copyOf(failure);
    }

    public enum State {
        WAITING,
        RUNNING,
        ENDED,
        /** Nothing was done. */
        FAILED;

        /** The spelling in JSON. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean isOver() {
        return state == State.ENDED || state == State.FAILED;
    }
}
