package no.sertsynk.sandbox;

import java.net.URI;
import java.time.Duration;

/** What can be wrong with an answer of the servers that give out lists and status answers. */
public sealed interface SandboxFault {
    /** That HTTP status without a body. */
    record Status(int code) implements SandboxFault {}

    /** A redirect to there. */
    record Redirect(URI target) implements SandboxFault {}

    /** A body that never ends, as fast as it is taken. */
    record Endless() implements SandboxFault {}

    /** A right answer, a byte at a time, with that long between two. */
    record SlowDrip(Duration between) implements SandboxFault {}

    /** Takes the question and never answers, until the server is closed. */
    record Hang() implements SandboxFault {}

    /** Closes the connection instead of an answer. */
    record Disconnect() implements SandboxFault {}

    /** The first half of a right answer, then the connection is closed. */
    record Truncated() implements SandboxFault {}

    /** Random bytes. */
    record Garbage(long seed) implements SandboxFault {}

    /** A right answer below a header of that many bytes. */
    record HugeHeader(int bytes) implements SandboxFault {}
}
