package no.sertsynk.register.soap;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps a wrong password from being sent so often that the account is locked: the first try goes alone, and after a
 * refusal nobody asks for a while. The others wait for the end of the first try only, whatever comes of it.
 */
final class AccountGate {
    static final Duration SILENCE = Duration.ofMinutes(1);

    private final Clock clock;
    private final AtomicBoolean firstIsTaken = new AtomicBoolean();
    private final CountDownLatch firstTry = new CountDownLatch(1);
    private volatile Optional<Refusal> refusal = Optional.empty();

    private record Refusal(int status, Instant at) {}

    AccountGate(Clock clock) {
        this.clock = clock;
    }

    /**
     * Waits for the turn to ask. Whoever returns from here must call {@link #tried()} after the first try.
     *
     * @return the HTTP status of a recent refusal, which forbids to ask
     */
    OptionalInt enter() throws InterruptedException {
        if (!firstIsTaken.compareAndSet(false, true)) {
            firstTry.await();
        }
        Instant now = clock.instant();
        return refusal.filter(last -> last.at.plus(SILENCE).isAfter(now))
                .map(last -> OptionalInt.of(last.status))
                .orElse(OptionalInt.empty());
    }

    void refused(int status) {
        refusal = Optional.of(new Refusal(status, clock.instant()));
    }

    void tried() {
        firstTry.countDown();
    }
}
