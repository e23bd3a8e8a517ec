package no.sertsynk.sandbox;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import no.sertsynk.model.HerId;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Sha256;
import no.sertsynk.sandbox.SandboxRestWire.Reply;

/**
 * Token service and CommunicationParty API on one port of loopback. Its parties and its faults can be changed at any time,
 * from any thread; a call that is already under way may see the old or the new.
 */
public final class SandboxRest implements AutoCloseable {
    /** The path of the real service. */
    private static final String API = "/api/v1";

    private static final Pattern PARTY = Pattern.compile("/communicationparty/([0-9]{1,9})(/legacy)?");
    private static final Pattern CERTIFICATE = Pattern.compile("/certificate/([0-9]{1,9})/(signing|encryption)");

    private final SandboxRegisterHttp http;
    private final SandboxTokens tokens;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<HerId, SandboxRegisterParty> parties = new ConcurrentHashMap<>();
    private final Map<String, byte[]> recordings = new ConcurrentHashMap<>();
    private final Deque<SandboxRestFault> nextFaults = new ArrayDeque<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger notModified = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private volatile Optional<SandboxRestFault> faultOfAll = Optional.empty();
    private volatile Optional<SandboxRestFault> faultOfTokens = Optional.empty();
    private volatile String userAgent = "";

    private SandboxRest(int port) throws IOException {
        this.http = SandboxRegisterHttp.start(port, this::answer);
        this.tokens = new SandboxTokens(issuer());
    }

    /** An empty register on that port of loopback; 0 takes a free one. */
    public static SandboxRest start(int port) throws IOException {
        return new SandboxRest(port);
    }

    /** What the token service calls itself. */
    public URI issuer() {
        return URI.create("http://127.0.0.1:" + http.port());
    }

    /** The address of the API. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + http.port() + API);
    }

    /** The client may use this key, too, a JWK; the private half is not looked at. */
    public void registerClient(String clientId, String jwk) {
        tokens.register(clientId, jwk);
    }

    /** The client may use no key any more. */
    public void forgetKeys(String clientId) {
        tokens.forgetKeys(clientId);
    }

    /** The one scope that is granted; at first NHN's own. */
    public void allowScope(String scope) {
        tokens.allowScope(scope);
    }

    /** How long tokens are good for from now on. */
    public void tokensLiveFor(Duration life) {
        tokens.liveFor(life);
    }

    /** From now on every proof must hold that nonce; empty for none. */
    public void demandNonce(Optional<String> nonce) {
        tokens.demandNonce(nonce);
    }

    /** Sets the clock of both so far ahead of this host's. */
    public void setClock(Duration ahead) {
        tokens.setClock(ahead);
    }

    /** All tokens end at once. */
    public void endTokens() {
        tokens.endAll();
    }

    /** How many tokens were granted. */
    public int tokensGranted() {
        return tokens.granted();
    }

    /** How many requests for tokens and calls were refused. */
    public int refused() {
        return tokens.refused();
    }

    /** Adds the party, or replaces the one with its HER-id. */
    public void put(SandboxRegisterParty party) {
        parties.put(party.herId(), party);
    }

    /** From now on nobody has that HER-id. */
    public void remove(HerId herId) {
        parties.remove(herId);
    }

    /** Answers with that document at the path below the API's address. */
    public void putRecording(String path, byte[] json) {
        recordings.put(path, json);
    }

    /** Every answer of the API is wrong in that way. */
    public void fail(SandboxRestFault fault) {
        faultOfAll = Optional.of(fault);
    }

    /** Every answer of the token service is wrong in that way. */
    public void failTokens(SandboxRestFault fault) {
        faultOfTokens = Optional.of(fault);
    }

    /** The next so many answers of the API are wrong in that way. */
    public void failNext(int answers, SandboxRestFault fault) {
        synchronized (nextFaults) {
            for (int i = 0; i < answers; i++) {
                nextFaults.add(fault);
            }
        }
    }

    /** All answers are right again. */
    public void recover() {
        faultOfAll = Optional.empty();
        faultOfTokens = Optional.empty();
        synchronized (nextFaults) {
            nextFaults.clear();
        }
    }

    /** How many calls of the API were let in. */
    public int calls() {
        return calls.get();
    }

    /** How many of them were answered that nothing has changed. */
    public int notModified() {
        return notModified.get();
    }

    /** The largest number of calls that were under way at one time. */
    public int mostCallsAtOnce() {
        return mostAtOnce.get();
    }

    /** What the last caller called itself. */
    public String lastUserAgent() {
        return userAgent;
    }

    private boolean answer(SandboxRegisterHttp.Request request, Socket peer) throws IOException, InterruptedException {
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try {
            return answerOne(request, new SandboxRestWire(peer, closed));
        } finally {
            atOnce.decrementAndGet();
        }
    }

    private boolean answerOne(SandboxRegisterHttp.Request request, SandboxRestWire wire)
            throws IOException, InterruptedException {
        userAgent = request.header("user-agent").orElse("");
        String path = request.path();
        Instant now = tokens.now();
        if (path.equals("/.well-known/openid-configuration") || path.equals("/connect/token")) {
            Optional<SandboxRestFault> fault = faultOfTokens;
            Reply right = path.equals("/connect/token") ? tokens.grant(request) : tokens.describe();
            return fault.isPresent()
                    ? wire.sendWrong(fault.get(), right, Reply.empty(401), now)
                    : wire.send(right, now);
        }
        int query = path.indexOf('?');
        String bare = query < 0 ? path : path.substring(0, query);
        Optional<Reply> refusal = tokens.refusal(request, URI.create(issuer() + bare));
        if (refusal.isPresent()) {
            return wire.send(refusal.get(), now);
        }
        calls.incrementAndGet();
        Reply right =
                bare.startsWith(API) ? conditional(request, reply(bare.substring(API.length()))) : Reply.empty(404);
        Optional<SandboxRestFault> fault = nextFault();
        return fault.isPresent()
                ? wire.sendWrong(fault.get(), right, challenge(fault.get()), now)
                : wire.send(right, now);
    }

    private Reply challenge(SandboxRestFault fault) {
        if (fault instanceof SandboxRestFault.NonceChallenge) {
            tokens.demandNonce(Optional.of(Sha256.of(String.valueOf(calls.get()).getBytes(StandardCharsets.UTF_8))
                    .hex()
                    .substring(0, 16)));
            return tokens.challenge("use_dpop_nonce");
        }
        return tokens.challenge("invalid_token");
    }

    private Optional<SandboxRestFault> nextFault() {
        synchronized (nextFaults) {
            return Optional.ofNullable(nextFaults.poll()).or(() -> faultOfAll);
        }
    }

    private Reply conditional(SandboxRegisterHttp.Request request, Reply right) {
        if (right.status() != 200) {
            return right;
        }
        String tag = '"' + Sha256.of(right.body()).hex().substring(0, 20) + '"';
        if (request.header("if-none-match").orElse("").equals(tag)) {
            notModified.incrementAndGet();
            return Reply.empty(304).with("ETag", tag);
        }
        return right.with("ETag", tag);
    }

    private Reply reply(String path) {
        byte[] recording = recordings.get(path);
        if (recording != null) {
            return new Reply(200, Map.of("Content-Type", "application/json; charset=utf-8"), recording);
        }
        Matcher party = PARTY.matcher(path);
        if (party.matches()) {
            return party(party.group(1))
                    .map(found ->
                            party.group(2) == null ? SandboxRestJson.simplified(found) : SandboxRestJson.legacy(found))
                    .map(json -> Reply.json(200, json))
                    .orElse(Reply.json(404, "{\"title\":\"Not Found\",\"status\":404}"));
        }
        Matcher certificate = CERTIFICATE.matcher(path);
        if (certificate.matches()) {
            Purpose purpose = certificate.group(2).equals("signing") ? Purpose.SIGNATURE : Purpose.ENCRYPTION;
            Optional<PartnerCertificate> found = party(certificate.group(1))
                    .flatMap(known -> Optional.ofNullable(known.certificates().get(purpose)));
            return found.map(SandboxRestJson::certificate)
                    .map(json -> Reply.json(200, json))
                    .orElse(Reply.json(404, "{\"title\":\"Not Found\",\"status\":404}"));
        }
        return Reply.empty(404);
    }

    private Optional<SandboxRegisterParty> party(String herId) {
        return HerId.parse(herId).map(parties::get);
    }

    /** Stops listening and ends all calls, hanging ones too. */
    @Override
    public void close() {
        closed.countDown();
        http.close();
    }
}
