package no.sertsynk.cli;

import java.io.IOException;
import no.sertsynk.app.UsageException;
import no.sertsynk.cli.language.Language;
import no.sertsynk.service.admin.AdminClient;
import no.sertsynk.service.admin.AdminClient.Reply;
import no.sertsynk.service.admin.Desk.Form;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** What the running service answers, which has worded it already. */
final class DaemonReply {
    private static final int OK = 200;
    private static final JsonFactory FACTORY = new JsonFactory();

    private DaemonReply() {}

    private interface Asking {
        Reply ask() throws IOException;
    }

    private static String body(Asking asking, int expected) throws UsageException {
        try {
            Reply reply = asking.ask();
            if (reply.status() != expected) {
                throw new UsageException("the daemon answers " + reply.status() + ": " + message(reply.body()));
            }
            return reply.body();
        } catch (IOException e) {
            throw new UsageException("the daemon does not answer: " + e.getMessage()
                    + "; see its log, or go on without it with --local");
        }
    }

    /** What it says of a request that it refuses; the whole answer if that is another program's. */
    private static String message(String body) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
            parser.nextToken();
            boolean isMessage = parser.nextToken() == JsonToken.PROPERTY_NAME
                    && parser.currentName().equals("message")
                    && parser.nextToken() == JsonToken.VALUE_STRING;
            return isMessage ? parser.getString() : body;
        } catch (JacksonException e) {
            return body;
        }
    }

    /** The form that people at this console want. */
    static Form form(boolean json, Console console) {
        return new Form(json, console.language() == Language.NORWEGIAN, console.colour(), console.verbosity());
    }

    /** Writes what the service answers to the console's results. */
    static void show(AdminClient daemon, String path, boolean json, Console console) throws UsageException {
        console.out().print(shown(daemon, path, json, console));
    }

    /** What the service answers, as it is to be printed: JSON as a line. */
    static String shown(AdminClient daemon, String path, boolean json, Console console) throws UsageException {
        String text = get(daemon, path, form(json, console));
        return json ? text + System.lineSeparator() : text;
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
