package no.sertsynk.app;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
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
            tally.registerLookup(answer(e));
            throw e;
        }
    }

    private static Answer answer(RegisterException e) {
        return switch (e.reason().code()) {
            case PARTY_UNKNOWN -> Answer.UNKNOWN;
            case REGISTER_UNAVAILABLE -> Answer.UNAVAILABLE;
            default -> Answer.REFUSED;
        };
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
    public Optional<Changes> changes(Set<HerId> herIds) throws RegisterException {
        try {
            Optional<Changes> answer = register.changes(herIds);
            answer.ifPresent(told -> tally.registerLookup(Answer.FOUND));
            return answer;
        } catch (RegisterException e) {
            tally.registerLookup(answer(e));
            throw e;
        }
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
