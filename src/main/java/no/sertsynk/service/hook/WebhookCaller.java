package no.sertsynk.service.hook;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts the event. Follows no redirect, since the token would go along; what is answered is not looked into. */
final class WebhookCaller {
    private static final int SUCCESS = 200;
    private static final int AFTER_SUCCESS = 300;

    private final HookNetwork network;

    WebhookCaller(HookNetwork network) {
        this.network = network;
    }

    HookOutcome call(Hook.Webhook hook, HookEvent event) {
        try (HttpClient client = client(hook)) {
            CompletableFuture<HttpResponse<Void>> answer =
                    client.sendAsync(request(hook, event), HttpResponse.BodyHandlers.discarding());
            try {
                int status = answer.get(hook.timeout().toMillis(), TimeUnit.MILLISECONDS)
                        .statusCode();
                return status >= SUCCESS && status < AFTER_SUCCESS
                        ? HookOutcome.success("HTTP " + status)
                        : HookOutcome.failure("expected an HTTP status of 2xx, found " + status, "");
            } finally {
                client.shutdownNow();
            }
        } catch (TimeoutException e) {
            return HookOutcome.failure(
                    "expected an answer within " + hook.timeout().toSeconds() + " s, found none", "");
        } catch (ExecutionException e) {
            return HookOutcome.failure(
                    "expected an answer, found: " + kind(Objects.requireNonNullElse(e.getCause(), e)), "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return HookOutcome.failure("expected an answer, found sertsynk being stopped", "");
        }
    }

    /** Only the kind of failure: messages of the client may repeat the address, which can be a secret. */
    private static String kind(Throwable cause) {
        return cause == null ? "a failure" : cause.getClass().getSimpleName();
    }

    private HttpClient client(Hook.Webhook hook) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(hook.timeout());
        network.proxy().ifPresent(builder::proxy);
        network.tls().ifPresent(builder::sslContext);
        return builder.build();
    }

    private static HttpRequest request(Hook.Webhook hook, HookEvent event) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(hook.url())
                .timeout(hook.timeout())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(EventText.json(event), StandardCharsets.UTF_8));
        hook.token().ifPresent(token -> builder.header("Authorization", "Bearer " + new String(token.reveal())));
        return builder.build();
    }
}
