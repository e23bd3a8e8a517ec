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

    /** Its bytes in the file. */
    ByteBuffer encoded();
}
