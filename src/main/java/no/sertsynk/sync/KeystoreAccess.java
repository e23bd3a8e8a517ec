package no.sertsynk.sync;

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
}
