package no.sertsynk.sync;

/** Is told how a run gets on. Called from several threads; must not block. */
public interface SyncListener {
    /** So many of so many parties are decided. */
    void progress(int done, int total);

    /** Hears nothing. */
    static SyncListener none() {
        return (done, total) -> {};
    }
}
