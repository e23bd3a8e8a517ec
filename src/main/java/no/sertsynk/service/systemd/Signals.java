package no.sertsynk.service.systemd;

import sun.misc.Signal;

/** Signals that the service manager or an administrator sends. Java has no other call for them than the one behind this. */
public final class Signals {
    private Signals() {}

    /** Does the action on SIGTERM and SIGINT, in place of ending the process. */
    public static void onStop(Runnable action) {
        Signal.handle(new Signal("TERM"), signal -> action.run());
        Signal.handle(new Signal("INT"), signal -> action.run());
    }

    /** Does the action on SIGHUP, in place of ending the process. */
    public static void onReload(Runnable action) {
        Signal.handle(new Signal("HUP"), signal -> action.run());
    }
}
