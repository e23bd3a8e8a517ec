package no.sertsynk.validation.revocation;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Keeps lists and answers from one run to the next. Safe for threads. What cannot be kept is logged and costs this run
 * nothing: the next asks again.
 */
public sealed interface RevocationCache permits RevocationFolder, RevocationCache.None {
    /** The list that was last kept for the address; empty also if what is kept has been damaged. */
    Optional<KnownList> list(URI address);

    /**
     * Keeps a list.
     *
     * @param der of the list; empty if it is the kept one, of which only the origin has changed
     * @return the list, with its DER where it is kept now
     */
    KnownList keep(URI address, KnownList list, Optional<byte[]> der);

    /** Every list that is kept. */
    List<KnownList> lists();

    /** An answer about one certificate, by a name that the caller derives from the question. */
    Optional<byte[]> answer(String name);

    void keepAnswer(String name, byte[] der);

    /** Keeps nothing. */
    record None() implements RevocationCache {
        @Override
        public Optional<KnownList> list(URI address) {
            return Optional.empty();
        }

        @Override
        public KnownList keep(URI address, KnownList list, Optional<byte[]> der) {
            return list;
        }

        @Override
        public List<KnownList> lists() {
            return List.of();
        }

        @Override
        public Optional<byte[]> answer(String name) {
            return Optional.empty();
        }

        @Override
        public void keepAnswer(String name, byte[] der) {
            // Asked again next time.
        }
    }
}
