package no.sertsynk.keystore.format;

import java.util.List;
import no.sertsynk.keystore.KeystoreContents;

/** What a keystore holds, of sertsynk's and of others'. */
public interface Holdings {
    KeystoreContents contents();

    /**
     * Names that no entry of sertsynk's can take or give up: of keys, of their certificates, of certificates that are not
     * marked as trusted, and of each entry that shares its name with another one.
     */
    List<String> foreignAliases();
}
