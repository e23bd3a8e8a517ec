package no.sertsynk.app.doctor;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import no.sertsynk.app.UsageException;
import no.sertsynk.model.HerId;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.register.Register;
import no.sertsynk.register.RegisterException;
import org.jspecify.annotations.Nullable;

/** One conversation with the register, which several checks look at. Asked once, by the first that needs it. */
public final class RegisterTalk {
    private final Opening opening;
    private final Optional<HerId> party;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Heard heard;

    /** Makes ready to ask. */
    @FunctionalInterface
    public interface Opening {
        Register open() throws UsageException;
    }

    /** @param party that is asked for, to see that the account may ask */
    public RegisterTalk(Opening opening, Optional<HerId> party) {
        this.opening = opening;
        this.party = party;
    }

    /**
     * What the register said.
     *
     * @param failure why there is no answer
     * @param refused whether it refuses the account
     * @param party what it calls the party; empty if none was asked for, or there is a failure
     * @param offset how far its clock is ahead of ours
     */
    record Heard(Optional<Reason> failure, boolean refused, Optional<String> party, Optional<Duration> offset) {}

    Heard listen() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Heard known = heard;
            if (known == null) {
                known = ask();
                heard = known;
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private Heard ask() {
        try (Register register = opening.open()) {
            try {
                register.ping();
                Optional<String> name = party.isPresent()
                        ? Optional.of(register.lookUp(party.get()).name())
                        : Optional.empty();
                return new Heard(Optional.empty(), false, name, register.clockOffset());
            } catch (RegisterException e) {
                return new Heard(Optional.of(e.reason()), e.isFatal(), Optional.empty(), register.clockOffset());
            }
        } catch (IllegalArgumentException | UsageException e) {
            Reason reason = Reason.of(ReasonCode.REGISTER_UNAVAILABLE, String.valueOf(e.getMessage()));
            return new Heard(Optional.of(reason), false, Optional.empty(), Optional.empty());
        }
    }
}
