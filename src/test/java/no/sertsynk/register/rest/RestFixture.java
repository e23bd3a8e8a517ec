package no.sertsynk.register.rest;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.register.Register;
import no.sertsynk.register.RegisterException;
import no.sertsynk.register.rest.CpapiSettings.Model;
import no.sertsynk.register.rest.CpapiSettings.Paths;
import no.sertsynk.register.wire.Network;
import no.sertsynk.sandbox.SandboxRegisterParty;
import no.sertsynk.sandbox.SandboxRest;

/** A sandbox with token service and API, a client that it knows, and the client's clock; pauses take no time. */
final class RestFixture implements AutoCloseable {
    static final HerId HER_ID = new HerId(8094866);
    static final OrganizationNumber NUMBER = new OrganizationNumber("983544622");
    static final String CLIENT = "a-client";
    static final String STRING = "ldap://ldap.test4.buypass.no/dc=Buypass,dc=no?usercertificate;binary?sub?(sn=1)";

    /** Long enough for a busy machine; no right answer takes it. */
    private static final Duration PATIENT = Duration.ofSeconds(20);

    final SandboxRest sandbox;
    final List<Duration> pauses = new CopyOnWriteArrayList<>();
    final ShiftedClock clock = new ShiftedClock();
    final Path keyFile;
    String clientId = CLIENT;
    String scope = "nhn:cp-api/access-v2-dpop";
    Model model = Model.SIMPLIFIED;
    Duration timeout = PATIENT;

    RestFixture(Path folder) throws Exception {
        sandbox = SandboxRest.start(0);
        keyFile = folder.resolve("client.jwk");
        JWK key = key("one");
        Files.writeString(keyFile, key.toJSONString());
        sandbox.registerClient(CLIENT, key.toPublicJWK().toJSONString());
        sandbox.put(SandboxRegisterParty.organization(HER_ID, "Legekontoret", NUMBER)
                .withLdapString(STRING));
    }

    /** The real time, and as much more as a test lets pass. */
    static final class ShiftedClock extends Clock {
        volatile Duration shift = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(shift);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    static JWK key(String id) throws Exception {
        return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    }

    CpapiSession session() {
        return new CpapiSession(new CpapiSettings(
                sandbox.url(),
                model,
                Paths.DEFAULT,
                new TokenSettings(sandbox.issuer(), clientId, keyFile, Optional.empty(), scope, timeout),
                timeout,
                4,
                100_000,
                Network.direct("sertsynk/test"),
                clock));
    }

    Register open() {
        return open(session());
    }

    Register open(CpapiSession session) {
        return CpapiRegisters.open(session, pauses::add);
    }

    /** Why a question about {@link #HER_ID} was not answered. */
    static RegisterException failure(Register register) {
        try {
            register.lookUp(HER_ID);
        } catch (RegisterException e) {
            return e;
        }
        throw new AssertionError("it was answered");
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
