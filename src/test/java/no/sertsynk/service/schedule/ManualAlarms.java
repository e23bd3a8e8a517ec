package no.sertsynk.service.schedule;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Alarms that ring when the test says so. */
final class ManualAlarms implements Alarms {
    final Map<String, Instant> times = new TreeMap<>();
    private final Map<String, Runnable> actions = new TreeMap<>();
    boolean isDead;

    @Override
    public void set(String name, Instant at, Runnable action) {
        times.put(name, at);
        actions.put(name, action);
    }

    @Override
    public void cancel(String name) {
        times.remove(name);
        actions.remove(name);
    }

    @Override
    public void now(Runnable action) {
        if (!isDead) {
            action.run();
        }
    }

    void ring(String name) {
        times.remove(name);
        Runnable action = actions.remove(name);
        if (action == null) {
            throw new IllegalStateException("no alarm " + name + " is set, but " + times.keySet());
        }
        action.run();
    }

    @Override
    public void close() {
        times.clear();
        actions.clear();
    }
}
