package no.sertsynk.cli;

import java.io.IOException;
import no.sertsynk.app.UsageException;
import no.sertsynk.cli.language.Language;
import no.sertsynk.service.admin.AdminClient;
import no.sertsynk.service.admin.AdminClient.Reply;
import no.sertsynk.service.admin.Desk.Form;

/** What the running service answers, which has worded it already. */
final class DaemonReply {
    private static final int OK = 200;

    private DaemonReply() {}

    private interface Asking {
        Reply ask() throws IOException;
    }

    private static String body(Asking asking, int expected) throws UsageException {
        try {
            Reply reply = asking.ask();
            if (reply.status() != expected) {
                throw new UsageException("the daemon answers " + reply.status() + ": " + reply.body());
            }
            return reply.body();
        } catch (IOException e) {
            throw new UsageException("the daemon does not answer: " + e.getMessage()
                    + "; see its log, or go on without it with --local");
        }
    }

    /** The form that people at this console want. */
    static Form form(boolean json, Console console) {
        return new Form(json, console.language() == Language.NORWEGIAN, console.colour(), console.verbosity());
    }

    /** Writes what the service answers to the console's results. */
    static void show(AdminClient daemon, String path, boolean json, Console console) throws UsageException {
        String text = get(daemon, path, form(json, console));
        if (json) {
            console.out().println(text);
        } else {
            console.out().print(text);
        }
    }

    static String get(AdminClient daemon, String path, Form form) throws UsageException {
        return body(() -> daemon.get(form.json() ? path : AdminClient.formed(path, form), form.json()), OK);
    }

    static String post(AdminClient daemon, String path, String request, int expected) throws UsageException {
        return body(() -> daemon.post(path, request), expected);
    }

    static String metrics(AdminClient daemon) throws UsageException {
        return body(() -> daemon.get("/metrics", false), OK);
    }
}
