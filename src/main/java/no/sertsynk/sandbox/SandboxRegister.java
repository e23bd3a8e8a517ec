package no.sertsynk.sandbox;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import no.sertsynk.model.HerId;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Secret;
import no.sertsynk.sandbox.SandboxRegisterWire.Reply;

/**
 * A register on loopback that speaks as Adresseregisteret does: SOAP over HTTP with Basic authentication. Its parties and
 * its faults can be changed at any time, from any thread; a call that is already under way may see the old or the new.
 */
public final class SandboxRegister implements AutoCloseable {
    /** The path of the real service. */
    private static final String PATH = "/v1/AR/Basic";

    private static final String PARTY_OPERATION = "GetCommunicationPartyDetails";
    private static final String CHANGES_OPERATION = "GetChangedCommunicationPartiesInfo";
    private static final String PING_OPERATION = "Ping";
    private static final String ENCRYPTION_OPERATION = "GetCertificateDetailsForEncryption";
    private static final String SIGNATURE_OPERATION = "GetCertificateDetailsForValidatingSignature";
    private static final Map<String, Purpose> CERTIFICATE_OPERATIONS =
            Map.of(ENCRYPTION_OPERATION, Purpose.ENCRYPTION, SIGNATURE_OPERATION, Purpose.SIGNATURE);

    private final byte[] authorization;
    private final SandboxRegisterHttp http;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<HerId, SandboxRegisterParty> parties = new ConcurrentHashMap<>();
    private final Map<String, SandboxRegisterRecording> recordings = new ConcurrentHashMap<>();
    private final Map<HerId, SandboxRegisterFault> faultsOfParties = new ConcurrentHashMap<>();
    private final Map<String, SandboxRegisterFault> faultsOfOperations = new ConcurrentHashMap<>();
    private final AtomicInteger rightAnswers = new AtomicInteger();
    private final Map<HerId, Instant> lastUpdated = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> calls = Map.of(
            PING_OPERATION, new AtomicInteger(),
            PARTY_OPERATION, new AtomicInteger(),
            CHANGES_OPERATION, new AtomicInteger(),
            ENCRYPTION_OPERATION, new AtomicInteger(),
            SIGNATURE_OPERATION, new AtomicInteger());
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final Deque<SandboxRegisterFault> nextFaults = new ArrayDeque<>();
    private volatile Optional<SandboxRegisterFault> faultOfAll = Optional.empty();
    private volatile Duration latency = Duration.ZERO;
    private volatile String soap = SandboxRegisterMessages.SOAP_1_1;

    private SandboxRegister(int port, String username, Secret password) throws IOException {
        String pair = username + ':' + new String(password.reveal());
        this.authorization = ("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .getBytes(StandardCharsets.US_ASCII);
        this.http = SandboxRegisterHttp.start(port, this::answer);
    }

    /** An empty register on a free port, which knows that one account. */
    public static SandboxRegister start(String username, Secret password) throws IOException {
        return start(0, username, password);
    }

    /** An empty register on that port of the loopback address. */
    public static SandboxRegister start(int port, String username, Secret password) throws IOException {
        return new SandboxRegister(port, username, password);
    }

    /** The address of the service. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + http.port() + PATH);
    }

    /** Adds the party, or replaces the one with its HER-id. */
    public void put(SandboxRegisterParty party) {
        if (!party.equals(parties.put(party.herId(), party))) {
            touch(party.herId());
        }
    }

    /** Tells of a change of the party, whether or not there is one. */
    public void touch(HerId herId) {
        Instant now = Instant.now();
        lastUpdated.merge(herId, now, (before, after) -> after.isAfter(before) ? after : before.plusMillis(1));
    }

    /** Says nothing of the party where changes are asked for, until it changes again. */
    public void omitFromChanges(HerId herId) {
        lastUpdated.remove(herId);
    }

    /** From now on nobody has that HER-id; recordings of it stay. */
    public void remove(HerId herId) {
        parties.remove(herId);
        lastUpdated.remove(herId);
    }

    /** Answers with that message where the party is asked for: an envelope, or a bare {@code CommunicationParty}. */
    public void putRecordedParty(HerId herId, byte[] message) {
        recordings.put(PARTY_OPERATION + herId, new SandboxRegisterRecording(message));
        touch(herId);
    }

    /**
     * Answers with that message where the party's certificate is asked for: an envelope, or a bare
     * {@code CertificateDetails}. The register has none for authentication.
     */
    public void putRecordedCertificate(HerId herId, Purpose purpose, byte[] message) {
        CERTIFICATE_OPERATIONS.forEach((operation, served) -> {
            if (served == purpose) {
                recordings.put(operation + herId, new SandboxRegisterRecording(message));
            }
        });
    }

    /** Every answer is wrong in that way. */
    public void fail(SandboxRegisterFault fault) {
        faultOfAll = Optional.of(fault);
    }

    /** Every answer about that party is wrong in that way. */
    public void fail(HerId herId, SandboxRegisterFault fault) {
        faultsOfParties.put(herId, fault);
    }

    /** Every answer of that operation is wrong in that way. */
    public void fail(String operation, SandboxRegisterFault fault) {
        faultsOfOperations.put(operation, fault);
    }

    /** Every answer of that operation but the next so many is wrong in that way. */
    public void failAfter(int answers, String operation, SandboxRegisterFault fault) {
        rightAnswers.set(answers);
        fail(operation, fault);
    }

    /** The next so many answers are wrong in that way, before any other fault counts. */
    public void failNext(int answers, SandboxRegisterFault fault) {
        synchronized (nextFaults) {
            for (int i = 0; i < answers; i++) {
                nextFaults.add(fault);
            }
        }
    }

    /** All answers are right again. */
    public void recover() {
        faultOfAll = Optional.empty();
        faultsOfParties.clear();
        faultsOfOperations.clear();
        rightAnswers.set(0);
        synchronized (nextFaults) {
            nextFaults.clear();
        }
    }

    /** Every answer comes so much later. */
    public void delay(Duration duration) {
        latency = duration;
    }

    /** Answers in SOAP 1.2 (true) or 1.1 (false, the default). */
    public void speakSoap12(boolean yes) {
        soap = yes ? SandboxRegisterMessages.SOAP_1_2 : SandboxRegisterMessages.SOAP_1_1;
    }

    /** How often that operation was asked for, wrongly answered calls included, refused ones not. */
    public int calls(String operation) {
        AtomicInteger count = calls.get(operation);
        return count == null ? 0 : count.get();
    }

    /** How many calls had a wrong password or none. */
    public int refusedCalls() {
        return refused.get();
    }

    /** The largest number of calls that were under way at one time. */
    public int mostCallsAtOnce() {
        return mostAtOnce.get();
    }

    private boolean answer(SandboxRegisterHttp.Request request, Socket peer) throws IOException, InterruptedException {
        int now = atOnce.incrementAndGet();
        mostAtOnce.accumulateAndGet(now, Math::max);
        try {
            return answerOne(request, peer);
        } finally {
            atOnce.decrementAndGet();
        }
    }

    private boolean answerOne(SandboxRegisterHttp.Request request, Socket peer)
            throws IOException, InterruptedException {
        SandboxRegisterWire wire = new SandboxRegisterWire(peer, soap, closed);
        Duration wait = latency;
        if (wait.isPositive()) {
            Thread.sleep(wait); // a virtual thread: holds nothing scarce
        }
        byte[] given = request.header("authorization").orElse("").getBytes(StandardCharsets.ISO_8859_1);
        if (!MessageDigest.isEqual(given, authorization)) {
            refused.incrementAndGet();
            return wire.refuse();
        }
        if (!request.path().equals(PATH)) {
            return wire.sendPage(404);
        }
        if (!request.method().equals("POST")) {
            return wire.sendPage(405);
        }
        Optional<SandboxRegisterQuestion> question = SandboxRegisterQuestion.read(request.body())
                .filter(asked -> request.header("soapaction").orElse("").endsWith('/' + asked.operation() + '"'));
        if (question.isEmpty()) {
            return wire.sendPage(400);
        }
        Optional.ofNullable(calls.get(question.get().operation())).ifPresent(AtomicInteger::incrementAndGet);
        Optional<HerId> herId = question.get().herId().flatMap(HerId::parse);
        Optional<SandboxRegisterFault> fault = nextFault(question.get().operation(), herId);
        Reply right = question.get().operation().equals(CHANGES_OPERATION)
                ? changes(question.get().herIds())
                : reply(question.get().operation(), herId);
        return fault.isPresent() ? wire.sendWrong(fault.get(), right) : wire.send(right);
    }

    private Optional<SandboxRegisterFault> nextFault(String operation, Optional<HerId> herId) {
        synchronized (nextFaults) {
            Optional<SandboxRegisterFault> next = Optional.ofNullable(nextFaults.poll());
            return next.or(() -> herId.map(faultsOfParties::get))
                    .or(() -> faultOf(operation))
                    .or(() -> faultOfAll);
        }
    }

    private Optional<SandboxRegisterFault> faultOf(String operation) {
        return Optional.ofNullable(faultsOfOperations.get(operation))
                .filter(fault -> rightAnswers.getAndUpdate(left -> Math.max(0, left - 1)) == 0);
    }

    private Reply changes(List<String> herIds) {
        Map<HerId, Instant> told = new LinkedHashMap<>();
        for (String text : herIds) {
            HerId.parse(text).ifPresent(herId -> {
                Instant time = lastUpdated.get(herId);
                if (time != null) {
                    told.put(herId, time);
                }
            });
        }
        return result(CHANGES_OPERATION, SandboxRegisterMessages.changes(CHANGES_OPERATION, told));
    }

    private Reply reply(String operation, Optional<HerId> herId) {
        if (operation.equals(PING_OPERATION)) {
            return result(operation, SandboxRegisterMessages.ping());
        }
        Optional<Purpose> purpose = Optional.ofNullable(CERTIFICATE_OPERATIONS.get(operation));
        if (!operation.equals(PARTY_OPERATION) && purpose.isEmpty()) {
            return fault("ActionNotSupported", "The action " + operation + " is not supported.");
        }
        if (herId.isEmpty()) {
            return new Reply(
                    500, SandboxRegisterMessages.validationFault(soap, "herId", "HER-id må være et positivt tall."));
        }
        SandboxRegisterRecording recording = recordings.get(operation + herId.get());
        if (recording != null) {
            return new Reply(200, recording.answer(soap, operation));
        }
        SandboxRegisterParty party = parties.get(herId.get());
        if (party == null) {
            return fault("InvalidHerIdSupplied", "Kommunikasjonspart med oppgitt HER-id eksisterer ikke.");
        }
        return result(
                operation,
                purpose.map(asked -> certificate(operation, party, asked))
                        .orElseGet(() -> SandboxRegisterMessages.party(party, Instant.now())));
    }

    private static String certificate(String operation, SandboxRegisterParty party, Purpose purpose) {
        return SandboxRegisterMessages.certificate(
                operation,
                Optional.ofNullable(party.certificates().get(purpose)),
                party.addresses().stream()
                        .map(SandboxRegisterParty.Address::text)
                        .findFirst());
    }

    private Reply result(String operation, String result) {
        return new Reply(200, SandboxRegisterMessages.envelope(soap, operation, result));
    }

    private Reply fault(String code, String message) {
        return new Reply(500, SandboxRegisterMessages.genericFault(soap, code, message));
    }

    /** Stops listening and ends all calls, hanging ones too. */
    @Override
    public void close() {
        closed.countDown();
        http.close();
    }
}
