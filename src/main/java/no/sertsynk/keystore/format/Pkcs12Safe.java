package no.sertsynk.keystore.format;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import no.sertsynk.keystore.KeystoreException;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;

/** One part of a PKCS #12 file with the bags in it: certificates mostly lie in an encrypted one, keys in a plain one. */
sealed interface Pkcs12Safe {
    List<Pkcs12Bag> bags();

    Pkcs12Safe with(List<Pkcs12Bag> bags);

    ContentInfo encode(Pkcs12Encryption encryption) throws KeystoreException;

    /** Whether it is encrypted in another way than the profile wants. */
    boolean rewriteDue();

    /** Not encrypted as a whole; the keys in it may be, each on its own. */
    record Plain(List<Pkcs12Bag> bags) implements Pkcs12Safe {
        @Override
        public Pkcs12Safe with(List<Pkcs12Bag> changed) {
            return new Plain(changed);
        }

        @Override
        public ContentInfo encode(Pkcs12Encryption encryption) {
            return new ContentInfo(PKCSObjectIdentifiers.data, new DEROctetString(safeContents(bags)));
        }

        @Override
        public boolean rewriteDue() {
            return false;
        }
    }

    /**
     * Encrypted as a whole.
     *
     * @param original what was read, to be written as it is; empty if it changes or the profile wants another encryption
     */
    record Encrypted(List<Pkcs12Bag> bags, int iterations, Optional<ContentInfo> original) implements Pkcs12Safe {
        @Override
        public Pkcs12Safe with(List<Pkcs12Bag> changed) {
            return new Encrypted(changed, iterations, Optional.empty());
        }

        @Override
        public ContentInfo encode(Pkcs12Encryption encryption) throws KeystoreException {
            return original.isPresent() ? original.get() : encryption.encrypt(safeContents(bags), iterations);
        }

        @Override
        public boolean rewriteDue() {
            return original.isEmpty();
        }
    }

    private static byte[] safeContents(List<Pkcs12Bag> bags) {
        List<ByteBuffer> elements = new ArrayList<>(bags.size());
        bags.forEach(bag -> elements.add(bag.encoded()));
        return DerElements.joined(elements);
    }
}
