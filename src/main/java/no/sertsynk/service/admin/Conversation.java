package no.sertsynk.service.admin;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import no.sertsynk.service.admin.Desk.Form;
import no.sertsynk.service.admin.Routes.Request;
import no.sertsynk.service.admin.Routes.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer. Looks at the token first, then at whom the request is for, then at its path, its method and
 * its body, and at nothing of what comes later if it stops.
 */
final class Conversation implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    static final int MOST_BYTES = 64 * 1024;

    private final Gate gate;
    private final Routes routes;

    Conversation(Gate gate, Routes routes) {
        this.gate = gate;
        this.routes = routes;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer;
            try {
                answer = answer(exchange);
            } catch (RefusedException e) {
                answer = Answer.refused(e.status(), String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                LOG.error("request_failed {}", exchange.getRequestURI().getRawPath(), e);
                answer = Answer.refused(500, "unexpected failure; the service's log tells more");
            }
            send(exchange, answer);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException, RefusedException {
        Headers headers = exchange.getRequestHeaders();
        String path = String.valueOf(exchange.getRequestURI().getRawPath());
        Optional<Route> route = routes.find(path);
        boolean isOpen = StaticFiles.has(path) || route.map(Route::open).orElse(false);
        if (!isOpen && !gate.isAuthorized(values(headers, "Authorization"))) {
            return Answer.refused(401, "expected the token of admin.tokenFile as Authorization: Bearer TOKEN")
                    .with("WWW-Authenticate", "Bearer realm=\"sertsynk\"");
        }
        if (!gate.isForUs(values(headers, "Host"), values(headers, "Origin"))) {
            return Answer.refused(
                    403, "expected a request to this very service and from its own page, by Host and Origin");
        }
        if (route.isEmpty() && !StaticFiles.has(path)) {
            return Answer.refused(404, "nothing is here; /openapi.json tells what there is");
        }
        String allowed = route.map(Route::method).orElse("GET");
        if (!isAllowed(exchange.getRequestMethod(), allowed)) {
            return Answer.refused(405, "expected " + allowed)
                    .with("Allow", allowed.equals("GET") ? "GET, HEAD" : allowed);
        }
        byte[] body = body(exchange);
        if (route.isEmpty()) {
            return StaticFiles.get(path).orElseThrow();
        }
        Query query = Query.of(
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""));
        Form form = Form.of(values(headers, "Accept").stream().findFirst(), query);
        return route.get().handler().answer(new Request(path, query, form, body));
    }

    private static boolean isAllowed(String method, String allowed) {
        return method.equals(allowed) || (method.equals("HEAD") && allowed.equals("GET"));
    }

    private static List<String> values(Headers headers, String name) {
        List<String> values = headers.get(name);
        return values == null ? List.of() : values;
    }

    private static byte[] body(HttpExchange exchange) throws IOException, RefusedException {
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw new RefusedException(413, "expected at most " + MOST_BYTES + " bytes");
        }
        return body;
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.contentType());
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        answer.headers().forEach(headers::set);
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Integer.toString(answer.body().length));
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
        // Closed first: else the rest of a request that nobody wants is waited for before the answer is sent.
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(answer.body());
        }
    }
}
