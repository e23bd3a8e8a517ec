package no.sertsynk.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import no.sertsynk.app.Application;
import no.sertsynk.app.UsageException;
import no.sertsynk.rollover.Guards.Guard;
import no.sertsynk.service.admin.AdminClient;

/** A run that the running service is asked for. */
final class DaemonRun {
    private static final int ACCEPTED = 202;
    private static final long PAUSE = Duration.ofMillis(150).toNanos();

    private final AdminClient daemon;
    private final Console console;
    private final boolean json;

    DaemonRun(AdminClient daemon, Console console, boolean json) {
        this.daemon = daemon;
        this.console = console;
        this.json = json;
    }

    /** Asks for it; returns its id. */
    String request(Application.Order order) throws UsageException {
        List<Long> parties =
                order.only().stream().map(herId -> (long) herId.value()).toList();
        String body = Json.object(request -> {
            request.putNumbers("parties", parties);
            request.putTexts("force", order.force().stream().map(Guard::id).toList());
            order.acceptOrganization().ifPresent(number -> request.put("acceptOrganization", number.toString()));
        });
        return RunAnswer.read(DaemonReply.post(daemon, "/api/v1/refresh", body, ACCEPTED))
                .runId();
    }

    /**
     * Waits until it has ended and prints its report; returns what {@code sync} would end with. If the service goes away
     * meanwhile nobody knows what was done.
     */
    int await(String runId) {
        try {
            return ended(runId);
        } catch (UsageException e) {
            e.lines().forEach(line -> console.err().println("sync " + runId + ": " + console.words(line)));
            return ExitCodes.PROBLEM;
        }
    }

    private int ended(String runId) throws UsageException {
        String path = "/api/v1/runs/" + runId;
        RunAnswer answer = ask(path);
        while (!answer.isOver()) {
            LockSupport.parkNanos(PAUSE);
            answer = ask(path);
            if (console.progress() && !json && answer.total() > 0) {
                console.err().print("\r" + answer.done() + "/" + answer.total());
            }
        }
        if (console.progress() && !json) {
            console.err().print("\r\u001b[K");
        }
        answer.failure().forEach(line -> console.err().println(console.words(line)));
        if (answer.failure().isEmpty()) {
            if (json) {
                console.out().println(answer.report());
            } else {
                DaemonReply.show(daemon, path, false, console);
            }
        }
        return answer.exitCode();
    }

    private RunAnswer ask(String path) throws UsageException {
        return RunAnswer.read(DaemonReply.get(daemon, path, DaemonReply.form(true, console)));
    }
}
