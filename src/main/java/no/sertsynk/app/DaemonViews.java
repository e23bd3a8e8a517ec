package no.sertsynk.app;

import java.util.List;
import java.util.Optional;
import no.sertsynk.model.HerId;
import no.sertsynk.service.admin.Desk.Form;
import no.sertsynk.service.schedule.RunStatus;
import no.sertsynk.sync.RollbackReport;

/** Words what the service answers; the same words as the commands use. Safe for threads. */
public interface DaemonViews {
    String status(Application application, Form form) throws UsageException;

    /** The parties of the status alone, in JSON. */
    String parties(Application application) throws UsageException;

    String history(Application application, Optional<HerId> party, Form form) throws UsageException;

    /** In JSON how it gets on, with its report when it has ended; as text its report, empty before. */
    String run(RunStatus run, Form form);

    String rollback(RollbackReport report);

    /** In JSON that the keystore is not held. */
    String released(String keystore, boolean wasHeld);

    /** What somebody should look at, one line each. */
    List<String> alerts(Application application) throws UsageException;
}
