package no.sertsynk.app.doctor;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import no.sertsynk.validation.fetch.Fetcher;
import no.sertsynk.validation.fetch.Fetcher.Answer;
import no.sertsynk.validation.fetch.Fetcher.Post;
import no.sertsynk.validation.fetch.Fetcher.Request;
import no.sertsynk.validation.revocation.FileCrls;
import no.sertsynk.validation.revocation.RevocationAddresses;

/** Whether what is revoked can be learnt where the certificates say so. */
public final class RevocationCheck implements Check {
    private static final int MOST_ADDRESSES = 64;
    private static final int MOST_BYTES = 64 * 1024 * 1024;
    private static final int MOST_ANSWER_BYTES = 64 * 1024;
    private static final String REMEDY =
            "let this host through firewall or proxy (network.proxy) to that address; a host that is right and not"
                    + " allowed belongs into revocation.allow";

    private final String mode;
    private final Supplier<RevocationAddresses> addresses;
    private final Fetcher fetcher;

    /** @param mode as {@code revocation.mode} has it */
    public RevocationCheck(String mode, Supplier<RevocationAddresses> addresses, Fetcher fetcher) {
        this.mode = mode;
        this.addresses = addresses;
        this.fetcher = fetcher;
    }

    @Override
    public String topic() {
        return "revocation";
    }

    @Override
    public List<Finding> look() throws IOException, InterruptedException {
        if (mode.equals("off")) {
            return List.of(new Finding.Warning(
                    "revocation.mode is off: certificates that are revoked stay installed",
                    "set it to require, unless this host is a test"));
        }
        RevocationAddresses all = addresses.get();
        List<URI> lists = all.lists().stream().limit(MOST_ADDRESSES).toList();
        List<URI> responders = all.responders().stream().limit(MOST_ADDRESSES).toList();
        List<Finding> findings = new ArrayList<>(SideBySide.look(lists, this::list));
        findings.addAll(SideBySide.look(responders, this::responder));
        List<Finding> bad = findings.stream()
                .filter(found -> !(found instanceof Finding.Ok))
                .toList();
        if (bad.isEmpty() && !findings.isEmpty()) {
            return List.of(new Finding.Ok(
                    Sentence.of("{0} revocation lists and {1} OCSP services answer", lists.size(), responders.size())));
        }
        return bad;
    }

    private Finding list(URI address) {
        return finding(address, fetcher.fetch(Request.get(address, MOST_BYTES)), content -> {
            try {
                return FileCrls.parse(content, address.toString()).isEmpty()
                        ? Optional.of("something else than a revocation list")
                        : Optional.empty();
            } catch (IOException e) {
                // Such as the page of a proxy that asks to sign in.
                return Optional.of("something else than a revocation list");
            }
        });
    }

    /** An empty question: whoever answers it, even with a refusal, is there. */
    private Finding responder(URI address) {
        Request question =
                Request.get(address, MOST_ANSWER_BYTES).posting(new Post("application/ocsp-request", new byte[0]));
        Answer answer = fetcher.fetch(question);
        boolean refusal = answer instanceof Answer.Failure(String cause) && cause.matches("HTTP 4[0-9][0-9]");
        return refusal ? new Finding.Ok(address.toString()) : finding(address, answer, content -> Optional.empty());
    }

    private Finding finding(URI address, Answer answer, Function<byte[], Optional<String>> objection) {
        Optional<String> found = switch (answer) {
            case Answer.Failure(String cause) -> Optional.of(cause);
            case Answer.Content content -> objection.apply(content.bytes());
            case Answer.Unchanged unchanged -> Optional.empty();
        };
        if (found.isEmpty()) {
            return new Finding.Ok(address.toString());
        }
        String message = Sentence.of("{0} does not tell what is revoked: {1}", address, found.get());
        return mode.equals("require") ? new Finding.Error(message, REMEDY) : new Finding.Warning(message, REMEDY);
    }
}
