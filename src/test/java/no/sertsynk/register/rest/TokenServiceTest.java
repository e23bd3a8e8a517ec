package no.sertsynk.register.rest;

import static no.sertsynk.register.rest.RestFixture.HER_ID;
import static no.sertsynk.register.rest.RestFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.register.Register;
import no.sertsynk.register.RegisterException;
import no.sertsynk.sandbox.SandboxRestFault;
import no.sertsynk.sandbox.SandboxRestFault.Garbage;
import no.sertsynk.sandbox.SandboxRestFault.Hang;
import no.sertsynk.sandbox.SandboxRestFault.Oversize;
import no.sertsynk.sandbox.SandboxRestFault.Status;
import no.sertsynk.sandbox.SandboxRestFault.Truncated;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of a service on loopback that refuses what HelseID refuses. */
class TokenServiceTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private RestFixture world;

    @BeforeEach
    void start() throws Exception {
        world = new RestFixture(folder);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void oneToken_isUsedForManyCallsAndRuns() throws Exception {
        CpapiSession session = world.session();
        for (int run = 0; run < 3; run++) {
            try (Register register = world.open(session)) {
                register.lookUp(HER_ID);
                register.lookUp(HER_ID);
            }
        }

        assertThat(world.sandbox.tokensGranted()).isEqualTo(1);
        assertThat(world.sandbox.refused()).isZero();
    }

    @Test
    void token_isRenewedShortlyBeforeItEnds() throws Exception {
        world.sandbox.tokensLiveFor(Duration.ofMinutes(10));
        Register register = world.open();
        register.lookUp(HER_ID);
        world.clock.shift = Duration.ofMinutes(9);
        world.sandbox.setClock(world.clock.shift);
        register.lookUp(HER_ID);
        assertThat(world.sandbox.tokensGranted()).isEqualTo(1);
        world.clock.shift = Duration.ofMinutes(9).plusSeconds(45);
        world.sandbox.setClock(world.clock.shift);
        register.lookUp(HER_ID);

        assertThat(world.sandbox.tokensGranted()).isEqualTo(2);
        assertThat(world.sandbox.refused()).isZero();
    }

    @Test
    void nonceThatTheServiceWants_isGivenWithANewProof() throws Exception {
        world.sandbox.demandNonce(Optional.of("n-1"));
        Register register = world.open();

        assertThat(register.lookUp(HER_ID).name()).isEqualTo("Legekontoret");
        assertThat(world.sandbox.tokensGranted()).isEqualTo(1);

        world.sandbox.demandNonce(Optional.of("n-2"));
        assertThat(register.lookUp(HER_ID).name()).isEqualTo("Legekontoret");
    }

    @Test
    void rotatedKey_isReadFromTheFileAtTheNextToken() throws Exception {
        Register register = world.open();
        register.lookUp(HER_ID);
        JWK next = RestFixture.key("two");
        world.sandbox.forgetKeys(RestFixture.CLIENT);
        world.sandbox.registerClient(RestFixture.CLIENT, next.toPublicJWK().toJSONString());
        Files.writeString(world.keyFile, next.toJSONString());
        world.sandbox.endTokens();

        assertThat(register.lookUp(HER_ID).name()).isEqualTo("Legekontoret");
        assertThat(world.sandbox.tokensGranted()).isEqualTo(2);
    }

    @Test
    void setOfKeys_isTriedInItsOrder() throws Exception {
        JWK notYetRegistered = RestFixture.key("new");
        JWK old = JWK.parse(Files.readString(world.keyFile));
        Files.writeString(world.keyFile, new JWKSet(List.of(notYetRegistered, old)).toString(false));

        assertThat(world.open().lookUp(HER_ID).name()).isEqualTo("Legekontoret");
    }

    @Test
    void rsaKey_signsFromJwkAndFromPem() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyID("rsa").generate();
        world.sandbox.registerClient(RestFixture.CLIENT, key.toPublicJWK().toJSONString());
        Files.writeString(world.keyFile, key.toJSONString());
        world.open().lookUp(HER_ID);
        Files.writeString(world.keyFile, pem(key.toPrivateKey().getEncoded()));
        world.open().lookUp(HER_ID);

        assertThat(world.sandbox.tokensGranted()).isEqualTo(2);
    }

    @Test
    void ellipticKey_signsFromPem() throws Exception {
        JWK key = JWK.parse(Files.readString(world.keyFile));
        Files.writeString(
                world.keyFile,
                pem(key.toECKey().toPrivateKey().getEncoded())
                        + "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(key.toECKey().toPublicKey().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");

        assertThat(world.open().lookUp(HER_ID).name()).isEqualTo("Legekontoret");
    }

    private static String pem(byte[] der) {
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END PRIVATE KEY-----\n";
    }

    private void expectRefusal(String... told) {
        RegisterException failure = failure(world.open());
        assertThat(failure.isFatal()).isTrue();
        assertThat(failure.reason().code()).isEqualTo(ReasonCode.REGISTER_UNAVAILABLE);
        assertThat(failure.reason().message()).contains(told).doesNotContain("eyJ");
    }

    @Test
    void unknownClient_isToldPlainly() {
        world.clientId = "somebody-else";
        expectRefusal("invalid_client for the client somebody-else", "check register.cpapi.clientId");
    }

    @Test
    void unknownKey_isToldPlainly() throws Exception {
        Files.writeString(world.keyFile, RestFixture.key("strange").toJSONString());
        expectRefusal("invalid_client for the client a-client", "(strange) is the one that HelseID Selvbetjening has");
    }

    @Test
    void wrongScope_isToldPlainly() {
        world.scope = "nhn:something-else";
        expectRefusal("invalid_scope for the scope nhn:something-else", "check register.cpapi.scope");
    }

    @Test
    void keyFileThatIsAway_isToldPlainly() throws Exception {
        Files.delete(world.keyFile);
        expectRefusal("client.jwk is no file", "register.cpapi.jwkFile");
    }

    @Test
    void keyFilesOfOtherKinds_areToldPlainly() throws Exception {
        for (String text : List.of("", "hei", "{}", "{\"keys\":[]}", "[1]", "-----BEGIN PRIVATE KEY-----\nAAAA\n")) {
            Files.writeString(world.keyFile, text);
            expectRefusal("client.jwk is ");
        }
        Files.writeString(world.keyFile, RestFixture.key("x").toPublicJWK().toJSONString());
        expectRefusal("no private key that can sign");
        Files.writeString(
                world.keyFile, new RSAKeyGenerator(1024, true).generate().toJSONString());
        expectRefusal("no private key that can sign");
    }

    @Test
    void clockOffByMinutes_isMadeGoodFor() throws Exception {
        for (Duration ahead : List.of(Duration.ofMinutes(7), Duration.ofMinutes(-7))) {
            world.sandbox.setClock(ahead);
            Register register = world.open();

            assertThat(register.lookUp(HER_ID).name()).isEqualTo("Legekontoret");
            assertThat(register.clockOffset().orElseThrow().minus(ahead).abs()).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void clockThatIsSetBetweenTwoCalls_isMadeGoodFor() throws Exception {
        Register register = world.open();
        register.lookUp(HER_ID);
        world.clock.shift = Duration.ofMinutes(5);

        assertThat(register.lookUp(HER_ID).name()).isEqualTo("Legekontoret");
    }

    @Test
    void clockOffByAnHour_isToldPlainly() {
        world.sandbox.setClock(Duration.ofHours(1));
        expectRefusal("with this host's clock", "s behind its own", "set the clock");
        world.sandbox.setClock(Duration.ofHours(-1));
        expectRefusal("s ahead of its own");
    }

    @Test
    void afterARefusal_nobodyAsksForAWhile() {
        world.clientId = "somebody-else";
        Register register = world.open();
        for (int i = 0; i < 20; i++) {
            failure(register);
        }
        assertThat(world.sandbox.refused()).isEqualTo(1);
        world.clock.shift = TokenService.SILENCE_AFTER_REFUSAL.plusSeconds(1);
        world.sandbox.setClock(world.clock.shift);
        failure(register);

        assertThat(world.sandbox.refused()).isEqualTo(2);
    }

    @Test
    void brokenTokenService_isUnavailableAndComesBack() throws Exception {
        for (SandboxRestFault fault : List.of(
                new Status(500, Optional.empty()),
                new Status(503, Optional.of("1")),
                new Truncated(),
                new Garbage(),
                new Oversize(2_000_000))) {
            world.sandbox.failTokens(fault);
            Register register = world.open();
            RegisterException failure = failure(register);
            assertThat(failure.isFatal()).as(fault.toString()).isFalse();
            assertThat(failure.reason().code())
                    .as(fault.toString())
                    .isIn(ReasonCode.REGISTER_UNAVAILABLE, ReasonCode.LIMIT_EXCEEDED);
            assertThat(failure.reason().message()).contains("the token service http://127.0.0.1:");
            world.sandbox.recover();
            world.clock.shift = world.clock.shift.plus(TokenService.SILENCE_AFTER_FAILURE.plusSeconds(1));
            world.sandbox.setClock(world.clock.shift);
            assertThat(register.lookUp(HER_ID).name()).as(fault.toString()).isEqualTo("Legekontoret");
        }
    }

    @Test
    void tokenServiceThatHangs_isGivenUpInTime() {
        world.sandbox.failTokens(new Hang());
        world.timeout = Duration.ofMillis(300);

        assertThat(failure(world.open()).reason().message()).contains("no whole answer within 300 ms");
    }

    @Test
    void nothingShowsATokenOrKey() throws Exception {
        CpapiSession session = world.session();
        world.open(session).lookUp(HER_ID);

        assertThat(session.tokens().token().toString()).isEqualTo("(token)");
    }
}
