package no.sertsynk.service.systemd;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Signals that the service manager or an administrator sends. Java has no other call for them than the one behind this. */
public final class Signals {
    private Signals() {}

    /** Does the action on SIGTERM and SIGINT, in place of ending the process. */
    public static void onStop(Runnable action) {
        Signal.handle(new Signal("TERM"), signal -> action.run());
        Signal.handle(new Signal("INT"), signal -> action.run());
    }

    /** Does the action on SIGTERM and SIGINT until that is closed; then they do again what they did before. */
    public static Watch whileWaiting(Runnable action) {
        Signal terminate = new Signal("TERM");
        Signal interrupt = new Signal("INT");
        SignalHandler onTerminate = Signal.handle(terminate, signal -> action.run());
        SignalHandler onInterrupt = Signal.handle(interrupt, signal -> action.run());
        return () -> {
            Signal.handle(terminate, onTerminate);
            Signal.handle(interrupt, onInterrupt);
        };
    }

    /** Ends with {@link #close}. */
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /** Does the action on SIGHUP, in place of ending the process. */
    public static void onReload(Runnable action) {
        Signal.handle(new Signal("HUP"), signal -> action.run());
    }
}
