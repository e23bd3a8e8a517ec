package no.sertsynk.directory;

/**
 * The directories of the certificate authorities. Safe for threads: callers may have many searches in flight; they share
 * few connections a host. A call blocks until there is an answer or the time limit has passed.
 */
public interface Directory extends AutoCloseable {
    /**
     * The certificates that the string names. An empty answer is an answer: the directory is there and has none.
     *
     * @throws DirectoryException if the host is not allowed, does not answer, or answers beyond the limits
     */
    DirectoryAnswer search(LdapString string) throws DirectoryException;

    /**
     * By what rules strings are asked, and where: what was found under others says nothing of what would be found now. The
     * same text for the same rules, in any process.
     */
    default String rules() {
        return "";
    }

    @Override
    void close();
}
