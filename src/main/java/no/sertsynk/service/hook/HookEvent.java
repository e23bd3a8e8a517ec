package no.sertsynk.service.hook;

import java.time.Instant;
import java.util.List;
import no.sertsynk.model.HerId;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Sha256;
import no.sertsynk.rollover.Action;

/**
 * A keystore has changed.
 *
 * @param path of its file, empty text if it is not known
 * @param runId of the run that changed it last
 * @param at when that run began
 * @param generation which the file is now
 * @param changes since the hook was last told
 */
public record HookEvent(String keystore, String path, String runId, Instant at, int generation, List<Line> changes) {
    public HookEvent {
        changes = List.copyOf(changes);
    }

    /** One certificate that entered, left or changed its role. */
    public record Line(
            Action action, String alias, HerId herId, Purpose purpose, Sha256 sha256, String subject, String reason) {}

    /** The changes of one kind. */
    List<Line> of(Action action) {
        return changes.stream().filter(line -> line.action() == action).toList();
    }

    HookEvent at(String realPath) {
        return new HookEvent(keystore, realPath, runId, at, generation, changes);
    }
}
