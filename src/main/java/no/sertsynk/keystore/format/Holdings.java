package no.sertsynk.keystore.format;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.keystore.KeystoreContents;

/** What a keystore holds, of sertsynk's and of others'. */
public interface Holdings {
    KeystoreContents contents();

    /**
     * Names that no entry of sertsynk's can take or give up: of keys, of their certificates, of certificates that are not
     * marked as trusted, and of each entry that shares its name with another one.
     */
    List<String> foreignAliases();

    /** Names of all certificate-only entries, also of those whose certificate cannot be parsed: for less than contents. */
    Set<String> certificateAliases();

    /** The DER of the certificate-only entry of that name, without looking whether it can be parsed. */
    Optional<ByteBuffer> certificate(String alias);
}
