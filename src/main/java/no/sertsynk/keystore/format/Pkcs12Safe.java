package no.sertsynk.keystore.format;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import no.sertsynk.keystore.KeystoreException;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DLSequence;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;

/** One part of a PKCS #12 file with the bags in it: certificates mostly lie in an encrypted one, keys in a plain one. */
sealed interface Pkcs12Safe {
    List<Pkcs12Bag> bags();

    Pkcs12Safe with(List<Pkcs12Bag> bags);

    ContentInfo encode(Pkcs12Encryption encryption) throws KeystoreException, IOException;

    /** Not encrypted as a whole; the keys in it may be, each on its own. */
    record Plain(List<Pkcs12Bag> bags) implements Pkcs12Safe {
        @Override
        public Pkcs12Safe with(List<Pkcs12Bag> changed) {
            return new Plain(changed);
        }

        @Override
        public ContentInfo encode(Pkcs12Encryption encryption) throws IOException {
            return new ContentInfo(PKCSObjectIdentifiers.data, new DEROctetString(safeContents(bags)));
        }
    }

    /**
     * Encrypted as a whole.
     *
     * @param original what was read, to be written as it is
     */
    record Encrypted(List<Pkcs12Bag> bags, int iterations, Optional<ContentInfo> original) implements Pkcs12Safe {
        @Override
        public Pkcs12Safe with(List<Pkcs12Bag> changed) {
            return new Encrypted(changed, iterations, Optional.empty());
        }

        @Override
        public ContentInfo encode(Pkcs12Encryption encryption) throws KeystoreException, IOException {
            return original.isPresent() ? original.get() : encryption.encrypt(safeContents(bags), iterations);
        }
    }

    /** With definite lengths, and sets in the order they came in. */
    private static byte[] safeContents(List<Pkcs12Bag> bags) throws IOException {
        ASN1Encodable[] elements = new ASN1Encodable[bags.size()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = bags.get(i).element();
        }
        return new DLSequence(elements).getEncoded(ASN1Encoding.DL);
    }
}
