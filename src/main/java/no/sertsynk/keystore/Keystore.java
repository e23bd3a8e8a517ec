package no.sertsynk.keystore;

/**
 * A keystore that is open for change. It is locked against other runs of sertsynk (lock file {@code NAME.lock} beside it)
 * until it is closed. For one thread.
 */
public interface Keystore extends AutoCloseable {
    /** What it held when it was opened, or after the latest {@link #replace}. */
    KeystoreContents contents();

    /**
     * Replaces the file atomically by one with the change made: a reader sees the old or the new one, whatever dies when.
     * Entries that the change does not name are carried over. Where the change makes no difference and
     * {@link KeystoreContents#rewriteDue} is false, the file is not touched. What another program has written meanwhile is
     * kept.
     *
     * @return whether the keystore is different now
     * @throws KeystoreException if that cannot be; the file is then as it was
     */
    boolean replace(KeystoreChange change) throws KeystoreException;

    /**
     * The same; and the file as it was is kept as a generation of that number, in place of an earlier one of that number,
     * before it is replaced. A file that did not exist is not kept. Where this fails, or the process dies, a generation may
     * be kept of a file that was not replaced: count on from the higher of what is remembered and what is kept.
     */
    boolean replace(KeystoreChange change, int generation) throws KeystoreException;

    @Override
    void close();
}
