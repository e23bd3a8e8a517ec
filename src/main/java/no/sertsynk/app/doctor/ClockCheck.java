package no.sertsynk.app.doctor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether this host's clock is right, by the register's. */
public final class ClockCheck implements Check {
    /** Beyond this no run changes anything. */
    private static final Duration MOST = Duration.ofMinutes(10);

    private static final Duration DOUBTFUL = Duration.ofMinutes(1);
    private static final String REMEDY =
            "set the clock and keep it right, for instance with systemd-timesyncd or chrony";

    private final RegisterTalk talk;

    public ClockCheck(RegisterTalk talk) {
        this.talk = talk;
    }

    @Override
    public String topic() {
        return "clock";
    }

    @Override
    public List<Finding> look() throws InterruptedException {
        return List.of(finding(talk.listen().offset()));
    }

    /** @param ahead how far the register's clock is ahead of ours */
    static Finding finding(Optional<Duration> ahead) {
        if (ahead.isEmpty()) {
            return new Finding.Warning(
                    "this host's clock could not be compared: the register gave no time",
                    "put the register right first; timedatectl tells whether the clock is kept right");
        }
        Duration off = ahead.get().abs();
        if (off.compareTo(DOUBTFUL) <= 0) {
            return new Finding.Ok(Sentence.of(
                    "this host's clock is within {0} seconds of the register's", Math.max(1, off.toSeconds())));
        }
        String message = ahead.get().isNegative()
                ? Sentence.of("this host's clock is {0} seconds ahead of the register's", off.toSeconds())
                : Sentence.of("this host's clock is {0} seconds behind the register's", off.toSeconds());
        return off.compareTo(MOST) > 0 ? new Finding.Error(message, REMEDY) : new Finding.Warning(message, REMEDY);
    }
}
