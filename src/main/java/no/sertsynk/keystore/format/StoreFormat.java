package no.sertsynk.keystore.format;

import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.keystore.KeystoreSpec;
import no.sertsynk.model.Secret;

/** One format of a keystore that is a single file. Immutable. */
public interface StoreFormat {
    /**
     * Reads a whole file.
     *
     * @throws KeystoreException if the password is wrong, the file is damaged or it holds what could not be carried over
     */
    StoreImage parse(byte[] file) throws KeystoreException;

    /** What a file that does not exist yet holds. */
    StoreImage absent();

    /**
     * The format of that keystore.
     *
     * @throws KeystoreException if it needs a password and has none
     */
    static StoreFormat of(KeystoreSpec spec) throws KeystoreException {
        return switch (spec.type()) {
            case PKCS12 -> new Pkcs12Format(password(spec), spec.profile());
            case JKS -> new JksFormat(password(spec));
            case BCFKS -> new BcfksFormat(password(spec));
            // A folder is kept as a bundle when it is a generation.
            case PEM, PEM_DIRECTORY -> new PemFormat();
        };
    }

    /** Without one the JDK takes a PKCS12 file for empty, and whoever stores it then has wiped it. */
    private static Secret password(KeystoreSpec spec) throws KeystoreException {
        Secret password = spec.password()
                .orElseThrow(() -> new KeystoreException(
                        "a " + spec.type() + " keystore needs a password, found none: set passwordFile"));
        if (password.isEmpty()) {
            throw new KeystoreException("the password is empty: write one into the file that passwordFile names");
        }
        return password;
    }
}
