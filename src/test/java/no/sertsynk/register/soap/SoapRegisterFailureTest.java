package no.sertsynk.register.soap;

import static no.sertsynk.register.soap.RegisterFixture.HER_ID;
import static no.sertsynk.register.soap.RegisterFixture.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import no.sertsynk.model.HerId;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Secret;
import no.sertsynk.register.Register;
import no.sertsynk.register.RegisterException;
import no.sertsynk.register.wire.Backoff;
import no.sertsynk.sandbox.SandboxRegister;
import no.sertsynk.sandbox.SandboxRegisterFault;
import no.sertsynk.sandbox.SandboxRegisterFault.ContentType;
import no.sertsynk.sandbox.SandboxRegisterFault.Disconnect;
import no.sertsynk.sandbox.SandboxRegisterFault.EntityBomb;
import no.sertsynk.sandbox.SandboxRegisterFault.ExternalEntity;
import no.sertsynk.sandbox.SandboxRegisterFault.Garbage;
import no.sertsynk.sandbox.SandboxRegisterFault.Generic;
import no.sertsynk.sandbox.SandboxRegisterFault.Hang;
import no.sertsynk.sandbox.SandboxRegisterFault.NotHttp;
import no.sertsynk.sandbox.SandboxRegisterFault.Oversize;
import no.sertsynk.sandbox.SandboxRegisterFault.SlowDrip;
import no.sertsynk.sandbox.SandboxRegisterFault.Status;
import no.sertsynk.sandbox.SandboxRegisterFault.Truncated;
import no.sertsynk.sandbox.SandboxRegisterParty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of wrong answers, and of none. */
class SoapRegisterFailureTest {
    /** For answers that never come whole. */
    private static final Duration SHORT = Duration.ofMillis(150);

    private final RegisterFixture fixture;

    SoapRegisterFailureTest() throws IOException {
        fixture = new RegisterFixture();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void unknownHerId_isPartyUnknown(boolean soap12) {
        fixture.sandbox.speakSoap12(soap12);
        fixture.sandbox.remove(HER_ID);

        Reason reason = fixture.reason();

        assertThat(reason.code()).isEqualTo(ReasonCode.PARTY_UNKNOWN);
        assertThat(reason.message()).contains("HER-id " + HER_ID, "InvalidHerIdSupplied", "check the number");
        assertThat(fixture.partyCalls()).isOne();
    }

    @Test
    void otherFaultWithSameText_isUnavailable() {
        fixture.sandbox.fail(new Generic("Busy", "Kommunikasjonspart med oppgitt HER-id eksisterer ikke."));

        Reason reason = fixture.reason();

        assertThat(reason.code()).isEqualTo(ReasonCode.REGISTER_UNAVAILABLE);
        assertThat(reason.message()).contains("Busy", "eksisterer ikke", "127.0.0.1");
        assertThat(fixture.partyCalls()).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void passingHttpError_isAskedAgain(int status) throws RegisterException {
        fixture.sandbox.failNext(2, SandboxRegisterFault.status(status));

        try (Register register = fixture.open()) {
            assertThat(register.lookUp(HER_ID).herId()).isEqualTo(HER_ID);
        }
        assertThat(fixture.partyCalls()).isEqualTo(3);
        assertThat(fixture.pauses).hasSize(2);
    }

    @Test
    void lastingHttpError_endsAfterThreeTries() {
        fixture.sandbox.fail(SandboxRegisterFault.status(503));

        assertUnavailable(fixture.reason(), "HTTP 503 in 3 tries");
        assertThat(fixture.partyCalls()).isEqualTo(3);
    }

    @Test
    void retryAfter_isHonoured() throws RegisterException {
        fixture.sandbox.failNext(1, new Status(503, Optional.of("4"), Optional.empty()));

        try (Register register = fixture.open()) {
            register.lookUp(HER_ID);
        }
        assertThat(fixture.pauses).containsExactly(Duration.ofSeconds(4));
    }

    @Test
    void longRetryAfter_isCapped() throws RegisterException {
        fixture.sandbox.failNext(1, new Status(503, Optional.of("86400"), Optional.empty()));

        try (Register register = fixture.open()) {
            register.lookUp(HER_ID);
        }
        assertThat(fixture.pauses).containsExactly(Backoff.LONGEST_RETRY_AFTER);
    }

    @Test
    void retryAfterBeyondTheDeadline_givesUp() {
        fixture.sandbox.fail(new Status(503, Optional.of("60"), Optional.empty()));

        try (Register register = fixture.open(Duration.ofSeconds(3))) {
            assertUnavailable(fixture.failure(register).reason(), "HTTP 503");
        }
        assertThat(fixture.partyCalls()).isOne();
        assertThat(fixture.pauses).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 405, 429, 500, 501})
    void otherHttpError_isNotAskedAgain(int status) {
        fixture.sandbox.fail(SandboxRegisterFault.status(status));

        assertUnavailable(fixture.reason(), "HTTP " + status);
        assertThat(fixture.partyCalls()).isOne();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void refusal_isFatalAndSilencesTheClient(int status) {
        fixture.sandbox.fail(SandboxRegisterFault.status(status));

        try (Register register = fixture.open()) {
            assertThat(fixture.failure(register).isFatal()).isTrue();
            assertThat(fixture.failure(register).isFatal()).isTrue();
            assertUnavailable(fixture.failure(register).reason(), "HTTP " + status);
        }
        assertThat(fixture.partyCalls()).isOne();
    }

    @Test
    void wrongPassword_isSentOnceByAllCallersTogether() throws Exception {
        SoapSettings wrong = fixture.settings(Duration.ofSeconds(20), "wrong-password", Clock.systemUTC());
        List<Boolean> fatal = new ArrayList<>();
        try (Register register = fixture.open(wrong, AnswerLimits.DEFAULT);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<RegisterException>> failures = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                failures.add(callers.submit(() -> fixture.failure(register)));
            }
            for (Future<RegisterException> failure : failures) {
                fatal.add(failure.get().isFatal());
                assertThat(failure.get().getMessage()).doesNotContain("wrong-password", "orgusr");
            }
        }
        assertThat(fatal).hasSize(200).containsOnly(true);
        assertThat(fixture.sandbox.refusedCalls()).isOne();
    }

    @Test
    void redirection_isNotFollowed() throws IOException {
        try (SandboxRegister other = SandboxRegister.start("orgusr", new Secret(PASSWORD.toCharArray()))) {
            fixture.sandbox.fail(new Status(302, Optional.empty(), Optional.of(other.url())));

            assertUnavailable(fixture.reason(), "redirection");

            assertThat(other.mostCallsAtOnce()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json; charset=utf-8", "text/xmlish", ""})
    void wrongContentType_isError(String type) {
        fixture.sandbox.fail(new ContentType(type));

        assertUnavailable(fixture.reason(), "content of type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/xml", "Application/SOAP+XML; action=x", "text/xml"})
    void anyXmlContentType_isRead(String type) throws RegisterException {
        fixture.sandbox.fail(new ContentType(type));

        try (Register register = fixture.open()) {
            assertThat(register.lookUp(HER_ID).herId()).isEqualTo(HER_ID);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oversizedAnswer_isLimitExceeded(boolean announced) {
        fixture.sandbox.fail(new Oversize(AnswerLimits.DEFAULT.bytes() + 1L, announced));

        Reason reason = fixture.reason();

        assertThat(reason.code()).isEqualTo(ReasonCode.LIMIT_EXCEEDED);
        assertThat(reason.message()).contains("16777216 bytes");
        assertThat(fixture.partyCalls()).isOne();
    }

    @Test
    void truncatedAnswer_isAskedAgain() throws RegisterException {
        fixture.sandbox.failNext(1, new Truncated());

        try (Register register = fixture.open()) {
            assertThat(register.lookUp(HER_ID).herId()).isEqualTo(HER_ID);
        }
        assertThat(fixture.partyCalls()).isEqualTo(2);
    }

    @Test
    void garbage_isError() {
        for (int seed = 0; seed < 20; seed++) {
            fixture.sandbox.fail(new Garbage(seed));
            assertUnavailable(fixture.reason(), "neither UTF-8 nor UTF-16");
        }
    }

    @Test
    void answerThatIsNotHttp_isError() {
        fixture.sandbox.fail(new NotHttp());

        assertThat(fixture.reason().code()).isEqualTo(ReasonCode.REGISTER_UNAVAILABLE);
    }

    @Test
    void entityBomb_isError() {
        fixture.sandbox.fail(new EntityBomb());

        assertUnavailable(fixture.reason(), "document type");
    }

    @Test
    void externalEntity_isErrorAndNotFetched() throws IOException {
        try (SandboxRegister other = SandboxRegister.start("orgusr", new Secret(PASSWORD.toCharArray()))) {
            fixture.sandbox.fail(new ExternalEntity(other.url()));

            assertUnavailable(fixture.reason(), "document type");

            assertThat(other.mostCallsAtOnce()).isZero();
        }
    }

    @Test
    void hangingRegister_isUnavailable() {
        fixture.sandbox.fail(new Hang());

        try (Register register = fixture.open(SHORT)) {
            assertUnavailable(fixture.failure(register).reason(), "no whole answer within");
        }
    }

    @Test
    void slowDrip_meetsTheTimeLimit() {
        fixture.sandbox.fail(new SlowDrip(Duration.ofMillis(20)));

        try (Register register = fixture.open(SHORT)) {
            assertUnavailable(fixture.failure(register).reason(), "no whole answer within");
        }
    }

    @Test
    void closedConnection_isAskedAgain() throws RegisterException {
        fixture.sandbox.failNext(1, new Disconnect());

        try (Register register = fixture.open()) {
            assertThat(register.lookUp(HER_ID).herId()).isEqualTo(HER_ID);
        }
    }

    @Test
    void nobodyListening_isUnavailable() throws IOException {
        SoapSettings settings = fixture.settings(Clock.systemUTC());
        fixture.sandbox.close();

        try (Register register = fixture.open(settings, AnswerLimits.DEFAULT)) {
            assertUnavailable(fixture.failure(register).reason(), "no connection");
        }
        assertThat(fixture.pauses).hasSize(2);
    }

    @Test
    void unknownHost_isUnavailable() {
        SoapSettings settings = SoapSettings.of(
                URI.create("https://register.invalid/v1/AR/Basic"),
                "orgusr",
                new Secret(PASSWORD.toCharArray()),
                Duration.ofSeconds(20),
                Clock.systemUTC());

        try (Register register = fixture.open(settings, AnswerLimits.DEFAULT)) {
            assertUnavailable(fixture.failure(register).reason(), "register.invalid");
        }
    }

    @Test
    void otherHerIdInAnswer_isUnavailable() throws RegisterException {
        byte[] other = ("<CommunicationParty xmlns=\"http://register.nhn.no/CommunicationParty\"><Active>true</Active>"
                        + "<HerId>4711</HerId><Name>x</Name></CommunicationParty>")
                .getBytes(StandardCharsets.UTF_8);
        fixture.sandbox.putRecordedParty(HER_ID, other);

        assertUnavailable(fixture.reason(), "HER-id 4711 where " + HER_ID);
    }

    @Test
    void downRegister_isNotAskedThreeTimesForEveryParty() {
        fixture.sandbox.fail(SandboxRegisterFault.status(503));

        try (Register register = fixture.open()) {
            for (int i = 1; i <= 100; i++) {
                HerId herId = new HerId(i);
                assertThat(RegisterFixture.failureOf(() -> register.lookUp(herId)))
                        .isPresent();
            }
        }
        assertThat(fixture.partyCalls()).isEqualTo(100 + Backoff.RETRIES_IN_STORE);
    }

    @Test
    void onePartysFailure_leavesOthersAlone() throws RegisterException {
        HerId good = new HerId(2);
        fixture.sandbox.put(SandboxRegisterParty.service(good, "good", RegisterFixture.NUMBER));
        fixture.sandbox.fail(HER_ID, new Garbage(1));

        try (Register register = fixture.open()) {
            fixture.failure(register);
            assertThat(register.lookUp(good).name()).isEqualTo("good");
        }
    }

    @Test
    void interrupt_isUnavailableAndStaysSet() throws InterruptedException {
        fixture.sandbox.fail(new Hang());
        AtomicReference<Optional<RegisterException>> failure = new AtomicReference<>(Optional.empty());
        AtomicReference<Boolean> interrupted = new AtomicReference<>(false);

        try (Register register = fixture.open()) {
            // Not a virtual thread: an interrupt has to end the call for those, too.
            Thread caller = Thread.ofPlatform().start(() -> {
                failure.set(RegisterFixture.failureOf(() -> register.lookUp(HER_ID)));
                interrupted.set(Thread.currentThread().isInterrupted());
            });
            while (fixture.partyCalls() == 0) {
                Thread.onSpinWait();
            }
            caller.interrupt();
            caller.join();
        }

        assertThat(failure.get()).hasValueSatisfying(e -> assertUnavailable(e.reason(), "interrupt"));
        assertThat(interrupted.get()).isTrue();
    }

    @Test
    void close_endsCallsUnderWay() throws Exception {
        fixture.sandbox.fail(new Hang());
        Register register = fixture.open();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<RegisterException> failure = callers.submit(() -> fixture.failure(register));
            while (fixture.partyCalls() == 0) {
                Thread.onSpinWait();
            }
            register.close();
            assertThat(failure.get().reason().code()).isEqualTo(ReasonCode.REGISTER_UNAVAILABLE);
        }
        assertUnavailable(fixture.failure(register).reason(), "closed");
    }

    @Test
    void echoedPassword_isNotShown() {
        String encoded = Base64.getEncoder().encodeToString(("orgusr:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        fixture.sandbox.fail(new Generic("Bad " + encoded, "You sent\n" + PASSWORD));

        String message = fixture.reason().message();

        assertThat(message).doesNotContain(PASSWORD, encoded, "\n").contains("You sent (hidden)");
    }

    @Test
    void keptConnectionClosedByServer_isReplaced() throws IOException, RegisterException {
        try (Register register = fixture.open()) {
            register.ping();
            URI url = fixture.sandbox.url();
            fixture.sandbox.close();
            try (SandboxRegister restarted =
                    SandboxRegister.start(url.getPort(), "orgusr", new Secret(PASSWORD.toCharArray()))) {
                assertThat(register.ping()).isEqualTo("Pong");
                assertThat(restarted.calls("Ping")).isOne();
            }
        }
    }

    @Test
    void silenceAfterRefusal_ends() {
        SettableClock clock = new SettableClock();
        fixture.sandbox.failNext(1, SandboxRegisterFault.status(401));

        try (Register register = fixture.open(fixture.settings(clock), AnswerLimits.DEFAULT)) {
            assertThat(fixture.failure(register).isFatal()).isTrue();
            clock.now = clock.now.plus(AccountGate.SILENCE);
            assertThat(RegisterFixture.failureOf(() -> register.lookUp(HER_ID))).isEmpty();
        }
    }

    @Test
    void headerDrip_meetsTheTimeLimit() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> drip(server));
            URI url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1/AR/Basic");
            SoapSettings settings = SoapSettings.of(url, "u", new Secret("p".toCharArray()), SHORT, Clock.systemUTC());
            try (Register register = fixture.open(settings, AnswerLimits.DEFAULT)) {
                assertUnavailable(fixture.failure(register).reason(), "no whole answer within");
            }
        }
    }

    /** Sends one header that never ends, to one client after the other. */
    private static void drip(ServerSocket server) {
        while (!server.isClosed()) {
            try (var peer = server.accept()) {
                peer.getOutputStream().write("HTTP/1.1 200 OK\r\nX-Long: ".getBytes(StandardCharsets.US_ASCII));
                while (true) {
                    peer.getOutputStream().write('x');
                    LockSupport.parkNanos(5_000_000);
                }
            } catch (IOException e) {
                // this client, or the test, is done
            }
        }
    }

    private static final class SettableClock extends Clock {
        private volatile Instant now = Instant.parse("2026-11-24T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static void assertUnavailable(Reason reason, String found) {
        assertThat(reason.code()).isEqualTo(ReasonCode.REGISTER_UNAVAILABLE);
        assertThat(reason.message()).contains(found).doesNotContain(PASSWORD, "orgusr", "\n");
    }
}
