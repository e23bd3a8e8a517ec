package no.sertsynk.service.admin;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import no.sertsynk.service.admin.Desk.Figures;
import no.sertsynk.service.admin.Desk.Form;
import no.sertsynk.service.admin.Desk.Readiness;

/** What can be asked for, and by which method. */
final class Routes {
    private static final Pattern RUN_ID = Pattern.compile("[0-9a-f-]{36}");
    private static final String RUN = "/api/v1/runs/";

    private final List<Route> all;

    Routes(Desk desk) {
        this.all = List.of(
                new Route("GET", "/health/live", true, request -> live(desk)),
                new Route("GET", "/health/ready", true, request -> ready(desk)),
                new Route("GET", "/metrics", true, request -> metrics(desk)),
                new Route(
                        "GET", "/api/v1/status", false, request -> formed(desk.status(request.form()), request.form())),
                new Route("GET", "/api/v1/parties", false, request -> Answer.json(200, desk.parties())),
                new Route(
                        "GET",
                        "/api/v1/history",
                        false,
                        request ->
                                formed(desk.history(Messages.party(request.query()), request.form()), request.form())),
                new Route("GET", RUN + "{id}", false, request -> run(desk, request)),
                new Route(
                        "POST",
                        "/api/v1/refresh",
                        false,
                        request -> Answer.json(
                                202, Messages.object("runId", desk.refresh(Messages.refresh(request.body()))))),
                new Route(
                        "POST",
                        "/api/v1/rollback",
                        false,
                        request -> Answer.json(200, desk.rollback(Messages.rollback(request.body())))));
    }

    /** A request that has been let in. */
    record Request(String path, Query query, Form form, byte[] body) {}

    /** Does what a request asks for. */
    interface Handler {
        Answer answer(Request request) throws RefusedException;
    }

    /** @param open whether no token is needed */
    record Route(String method, String path, boolean open, Handler handler) {
        boolean fits(String requested) {
            return path.endsWith("{id}")
                    ? requested.startsWith(RUN)
                            && RUN_ID.matcher(requested.substring(RUN.length())).matches()
                    : path.equals(requested);
        }
    }

    List<Route> all() {
        return all;
    }

    /** The route of a path as it was sent: another spelling of it is another path. */
    Optional<Route> find(String path) {
        return all.stream().filter(route -> route.fits(path)).findFirst();
    }

    private static Answer live(Desk desk) {
        boolean live = desk.isLive();
        return Answer.json(live ? 200 : 503, Messages.object("status", live ? "live" : "stuck"));
    }

    private static Answer ready(Desk desk) {
        Readiness readiness = desk.readiness();
        return Answer.json(readiness.isReady() ? 200 : 503, readiness.json());
    }

    private static Answer metrics(Desk desk) {
        Figures figures = desk.metrics();
        return Answer.of(200, figures.contentType(), figures.text());
    }

    private static Answer run(Desk desk, Request request) {
        String id = request.path().substring(RUN.length());
        return desk.run(id, request.form())
                .map(body -> formed(body, request.form()))
                .orElseGet(() -> Answer.refused(404, "no run " + id + " is known; results of the last runs are kept"));
    }

    private static Answer formed(String body, Form form) {
        return Answer.of(200, form.json() ? Answer.JSON : Answer.TEXT, body);
    }
}
