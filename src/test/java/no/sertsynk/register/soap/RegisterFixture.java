package no.sertsynk.register.soap;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.Reason;
import no.sertsynk.model.Secret;
import no.sertsynk.register.Register;
import no.sertsynk.register.RegisterException;
import no.sertsynk.sandbox.SandboxRegister;
import no.sertsynk.sandbox.SandboxRegisterParty;

/** A sandbox register and the client that asks it; the client's pauses take no time and are noted. */
final class RegisterFixture implements AutoCloseable {
    static final String PASSWORD = "Skogstur-på-Røros-7";
    static final HerId HER_ID = new HerId(8094866);
    static final OrganizationNumber NUMBER = new OrganizationNumber("983544622");
    static final String STRING = "ldap://ldap.test4.buypass.no/dc=Buypass,dc=no?usercertificate;binary?sub?(sn=1)";

    /** Long enough for a busy machine; no right answer takes it. */
    private static final Duration PATIENT = Duration.ofSeconds(20);

    final SandboxRegister sandbox;
    final List<Duration> pauses = new CopyOnWriteArrayList<>();

    RegisterFixture() throws IOException {
        sandbox = SandboxRegister.start("orgusr", new Secret(PASSWORD.toCharArray()));
        sandbox.put(SandboxRegisterParty.service(HER_ID, "Digitale innbyggertjenester", NUMBER)
                .withLdapString(STRING));
    }

    Register open() {
        return open(PATIENT);
    }

    Register open(Duration timeout) {
        return open(settings(timeout, PASSWORD, Clock.systemUTC()), AnswerLimits.DEFAULT);
    }

    Register open(SoapSettings settings, AnswerLimits limits) {
        return SoapRegisters.open(settings, limits, pauses::add);
    }

    SoapSettings settings(Duration timeout, String password, Clock clock) {
        return SoapSettings.of(sandbox.url(), "orgusr", new Secret(password.toCharArray()), timeout, clock);
    }

    SoapSettings settings(Clock clock) {
        return settings(PATIENT, PASSWORD, clock);
    }

    /** The failure of a question about {@link #HER_ID}. */
    RegisterException failure(Register register) {
        return failureOf(() -> register.lookUp(HER_ID)).orElseThrow(() -> new AssertionError("it was answered"));
    }

    /** Why a patient client gets no answer about {@link #HER_ID}. */
    Reason reason() {
        try (Register register = open()) {
            return failure(register).reason();
        }
    }

    int partyCalls() {
        return sandbox.calls("GetCommunicationPartyDetails");
    }

    /** A question to a register. */
    @FunctionalInterface
    interface Question {
        void ask() throws RegisterException;
    }

    static Optional<RegisterException> failureOf(Question question) {
        try {
            question.ask();
            return Optional.empty();
        } catch (RegisterException e) {
            return Optional.of(e);
        }
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
