package no.sertsynk.app;

import java.time.Duration;
import java.util.Optional;
import no.sertsynk.model.HerId;
import no.sertsynk.register.CommunicationParty;
import no.sertsynk.register.OwnCertificates;
import no.sertsynk.register.Register;
import no.sertsynk.register.RegisterException;
import no.sertsynk.service.observe.RunTally;
import no.sertsynk.service.observe.RunTally.Answer;

/** A register whose answers are counted. */
final class CountedRegister implements Register {
    private final Register register;
    private final RunTally tally;

    CountedRegister(Register register, RunTally tally) {
        this.register = register;
        this.tally = tally;
    }

    private interface Question<T> {
        T ask() throws RegisterException;
    }

    private <T> T counted(Question<T> question) throws RegisterException {
        try {
            T answer = question.ask();
            tally.registerLookup(Answer.FOUND);
            return answer;
        } catch (RegisterException e) {
            tally.registerLookup(
                    switch (e.reason().code()) {
                        case PARTY_UNKNOWN -> Answer.UNKNOWN;
                        case REGISTER_UNAVAILABLE -> Answer.UNAVAILABLE;
                        default -> Answer.REFUSED;
                    });
            throw e;
        }
    }

    @Override
    public CommunicationParty lookUp(HerId herId) throws RegisterException {
        return counted(() -> register.lookUp(herId));
    }

    @Override
    public OwnCertificates ownCertificates(HerId herId) throws RegisterException {
        return counted(() -> register.ownCertificates(herId));
    }

    @Override
    public String ping() throws RegisterException {
        return register.ping();
    }

    @Override
    public Optional<Duration> clockOffset() {
        return register.clockOffset();
    }

    @Override
    public void close() {
        register.clockOffset().ifPresent(tally::clockOffset);
        register.close();
    }
}
