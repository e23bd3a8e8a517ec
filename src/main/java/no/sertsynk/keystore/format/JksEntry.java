package no.sertsynk.keystore.format;

import java.nio.ByteBuffer;
import java.util.Optional;

/** One entry of a JKS file with its very bytes, in which a private key is encrypted by a password of its own. */
record JksEntry(String alias, boolean isKey, Optional<ByteBuffer> trusted, ByteBuffer encoded) implements ListedEntry {
    @Override
    public Object identity() {
        return encoded;
    }
}
