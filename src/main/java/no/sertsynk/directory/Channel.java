package no.sertsynk.directory;

import com.unboundid.ldap.sdk.LDAPConnection;

/** One connection and when something last came out of it. */
final class Channel {
    private final LDAPConnection connection;
    private volatile long answeredAt;

    Channel(LDAPConnection connection) {
        this.connection = connection;
        this.answeredAt = System.nanoTime();
    }

    LDAPConnection connection() {
        return connection;
    }

    void answered() {
        answeredAt = System.nanoTime();
    }

    /** Whether nothing came since that {@link System#nanoTime()}. */
    boolean isSilentSince(long nanoTime) {
        return answeredAt - nanoTime <= 0;
    }
}
