package no.sertsynk.register.soap;

import java.util.concurrent.ThreadLocalRandom;
import no.sertsynk.register.Register;
import no.sertsynk.register.wire.Backoff;
import no.sertsynk.register.wire.Pause;

/** Makes registers that speak SOAP. */
public final class SoapRegisters {
    private SoapRegisters() {}

    /**
     * A register behind that endpoint. Opens no connection yet.
     *
     * @throws IllegalArgumentException if the address is not one that a password may be sent to, or the account's name
     *     cannot be sent; the message never holds the password
     */
    public static Register open(SoapSettings settings) {
        return open(settings, AnswerLimits.DEFAULT, Thread::sleep);
    }

    static Register open(SoapSettings settings, AnswerLimits limits, Pause pause) {
        Credentials credentials = Credentials.of(settings.username(), settings.password());
        Endpoint endpoint = Endpoint.of(settings, credentials);
        Failures failures = new Failures(endpoint.name(), credentials);
        HttpPost http = new HttpPost(endpoint, settings.clock(), limits.bytes());
        Backoff backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());
        return new SoapRegister(
                new SoapClient(http, failures, settings, limits, backoff, pause), http, failures, endpoint.source());
    }
}
