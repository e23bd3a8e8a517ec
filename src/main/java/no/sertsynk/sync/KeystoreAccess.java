package no.sertsynk.sync;

import java.util.List;
import java.util.Optional;
import no.sertsynk.keystore.Generation;
import no.sertsynk.keystore.Keystore;
import no.sertsynk.keystore.KeystoreContents;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.keystore.KeystoreSpec;

/** How a run reaches keystores. */
public interface KeystoreAccess {
    /** What the keystore holds; takes no lock and writes nothing. */
    KeystoreContents read(KeystoreSpec spec) throws KeystoreException;

    /** The keystore, locked for change. */
    Keystore open(KeystoreSpec spec) throws KeystoreException;

    /** A text that is another one after any change of the keystore by anybody; empty if there is no file, or no telling. */
    Optional<String> stamp(KeystoreSpec spec) throws KeystoreException;

    /** What an earlier generation held, which must be kept. */
    KeystoreContents generation(KeystoreSpec spec, int number) throws KeystoreException;

    /** The earlier generations that are kept, the latest first. */
    List<Generation> generations(KeystoreSpec spec) throws KeystoreException;
}
