package no.sertsynk.sandbox;

/** What can be wrong with a TLS server. */
public sealed interface SandboxTlsFault {
    /** Takes the connection and says nothing, until the server is closed. */
    record Hang() implements SandboxTlsFault {}

    /** Hangs up at once. */
    record Disconnect() implements SandboxTlsFault {}

    /** Answers so, without any TLS. */
    record PlainText(String answer) implements SandboxTlsFault {}

    /** A fatal alert of that number in answer to the client hello (RFC 8446, section 6). */
    record Alert(int description) implements SandboxTlsFault {}

    /** A handshake that begins well and never comes to an end, as fast as it is taken. */
    record EndlessHandshake() implements SandboxTlsFault {}

    /** A handshake of which a byte comes now and then, so that no single wait is long. */
    record SlowHandshake(long betweenMillis) implements SandboxTlsFault {}

    /** A certificate message without a certificate. */
    record EmptyChain() implements SandboxTlsFault {}

    /** A certificate message of that many bytes. */
    record GiganticChain(int bytes) implements SandboxTlsFault {}

    /** A certificate message with that in place of a certificate. */
    record UnreadableCertificate(int bytes) implements SandboxTlsFault {}
}
