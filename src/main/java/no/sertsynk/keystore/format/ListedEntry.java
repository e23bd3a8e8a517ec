package no.sertsynk.keystore.format;

import java.nio.ByteBuffer;
import java.util.Optional;

/** One entry of a format that keeps a list of named ones. */
interface ListedEntry {
    String alias();

    /** Whether it is a private or secret key. */
    boolean isKey();

    /** The DER of a certificate that is an entry of its own. */
    Optional<ByteBuffer> trusted();

    /** Equals that of another entry only if nothing at all differs between the two. */
    Object identity();
}
