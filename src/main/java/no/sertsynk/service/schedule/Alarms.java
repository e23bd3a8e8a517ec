package no.sertsynk.service.schedule;

import java.time.Instant;

/**
 * Does things at their time. What is due while the host sleeps, or is jumped over by its clock, is done once as soon as that
 * is noticed. Actions must be short: they are done one after another.
 */
public interface Alarms extends AutoCloseable {
    /** Sets the alarm of that name, in place of an earlier one. */
    void set(String name, Instant at, Runnable action);

    void cancel(String name);

    /** Does it now, by the same way as all else: it shows that alarms are alive. */
    void now(Runnable action);

    /** Cancels everything; an action that is under way is not waited for. */
    @Override
    void close();
}
