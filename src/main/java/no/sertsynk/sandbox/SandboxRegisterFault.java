package no.sertsynk.sandbox;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** What can be wrong with an answer of the sandbox's register. */
public sealed interface SandboxRegisterFault {
    /** Takes the question and never answers, until the register is closed. */
    record Hang() implements SandboxRegisterFault {}

    /** Closes the connection instead of an answer. */
    record Disconnect() implements SandboxRegisterFault {}

    /** Answers bytes that are not HTTP. */
    record NotHttp() implements SandboxRegisterFault {}

    /** Answers that HTTP status with a small page, and if given a Retry-After or Location header. */
    record Status(int code, Optional<String> retryAfter, Optional<URI> location) implements SandboxRegisterFault {}

    /** A right answer, said to be of another content type. */
    record ContentType(String value) implements SandboxRegisterFault {}

    /**
     * A right answer, filled up with white space to that many bytes.
     *
     * @param announced whether its length is told beforehand
     */
    record Oversize(long bytes, boolean announced) implements SandboxRegisterFault {}

    /** The first half of a right answer, then the connection is closed. */
    record Truncated() implements SandboxRegisterFault {}

    /** Random bytes, said to be XML. */
    record Garbage(long seed) implements SandboxRegisterFault {}

    /** A document type whose entities grow to gigabytes. */
    record EntityBomb() implements SandboxRegisterFault {}

    /** A document type with an entity that is to be fetched from there. */
    record ExternalEntity(URI target) implements SandboxRegisterFault {}

    /** A right answer, a byte at a time, with that long between two. */
    record SlowDrip(Duration between) implements SandboxRegisterFault {}

    /** A right answer with a Date header that is so far ahead of the clock. */
    record WrongDate(Duration ahead) implements SandboxRegisterFault {}

    /** A SOAP fault of the register's own kind. */
    record Generic(String code, String message) implements SandboxRegisterFault {}

    /** An HTTP status without further headers. */
    static SandboxRegisterFault status(int code) {
        return new Status(code, Optional.empty(), Optional.empty());
    }
}
