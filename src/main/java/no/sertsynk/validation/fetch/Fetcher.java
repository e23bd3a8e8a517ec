package no.sertsynk.validation.fetch;

import java.net.URI;
import java.util.Optional;

/**
 * Gets the bytes behind an address that stands in a certificate. Call it only for certificates whose signature was
 * verified. Safe for threads. Asks allowed hosts alone, and never throws for what a server does: that is a failure with
 * its cause.
 */
public interface Fetcher {
    Answer fetch(Request request);

    /**
     * What to get.
     *
     * @param post the question to send; empty to get what is there
     * @param known what is at hand already, so that the server may answer that it is the same still
     * @param maxBytes of an answer; a longer one is a failure
     */
    record Request(URI address, Optional<Post> post, Version known, int maxBytes) {
        public static Request get(URI address, int maxBytes) {
            return new Request(address, Optional.empty(), Version.NONE, maxBytes);
        }

        public Request unlessStill(Version version) {
            return new Request(address, post, version, maxBytes);
        }

        public Request posting(Post question) {
            return new Request(address, Optional.of(question), known, maxBytes);
        }
    }

    /** A question to send. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Post(String contentType, byte[] body) {}

    /** By what a server tells versions apart (RFC 9110, 8.8). */
    record Version(Optional<String> etag, Optional<String> lastModified) {
        public static final Version NONE = new Version(Optional.empty(), Optional.empty());

        public boolean isKnown() {
            return etag.isPresent() || lastModified.isPresent();
        }
    }

    /** What came of it. */
    sealed interface Answer {
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Content(byte[] bytes, Version version) implements Answer {}

        /** Still the known version. */
        record Unchanged() implements Answer {}

        /** @param why in a few words, to stand after the address */
        record Failure(String why) implements Answer {}
    }
}
