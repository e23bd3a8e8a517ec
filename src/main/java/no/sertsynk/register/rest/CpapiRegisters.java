package no.sertsynk.register.rest;

import java.util.concurrent.ThreadLocalRandom;
import no.sertsynk.register.Register;
import no.sertsynk.register.wire.Backoff;
import no.sertsynk.register.wire.Pause;
import no.sertsynk.register.wire.Throttle;

/** Makes registers that speak to the CommunicationParty API. */
public final class CpapiRegisters {
    private CpapiRegisters() {}

    /** A register of that session. Opens no connection yet. */
    public static Register open(CpapiSession session) {
        return open(session, Thread::sleep);
    }

    static Register open(CpapiSession session, Pause pause) {
        CpapiSettings settings = session.settings();
        Throttle throttle = new Throttle(settings.callsInFlight(), settings.callsPerSecond(), System::nanoTime, pause);
        Backoff backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());
        return new CpapiRegister(settings, new CpapiClient(settings, session, throttle, backoff, pause));
    }
}
