package no.sertsynk.keystore.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.keystore.KeystoreSpec.Profile;
import no.sertsynk.model.Secret;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;

/**
 * PKCS #12 (RFC 7292) with integrity by password. Read bag by bag and not through {@link java.security.KeyStore}, which
 * silently drops what it does not know, such as certificates that lack Java's mark of trust, when it stores a file again.
 */
final class Pkcs12Format implements StoreFormat {
    private final Pkcs12Encryption encryption;
    private final Pkcs12Integrity integrity;

    Pkcs12Format(Secret password, Profile profile) {
        Pkcs12Keys keys = new Pkcs12Keys(password);
        this.encryption = new Pkcs12Encryption(keys, profile);
        this.integrity = new Pkcs12Integrity(keys, profile);
    }

    @Override
    public StoreImage absent() {
        return Pkcs12Image.absent(encryption, integrity);
    }

    @Override
    public StoreImage parse(byte[] file) throws KeystoreException {
        FileKind.require(FileKind.DER, "PKCS12", file);
        try {
            return read(Pfx.getInstance(wholeSequence(file)));
        } catch (IOException | RuntimeException e) {
            // Bouncy Castle tells of bytes that do not fit by unchecked exceptions of many kinds.
            throw damaged(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw damaged("its parts lie too deeply within each other", e);
        }
    }

    private static KeystoreException damaged(String finding, Throwable cause) {
        return new KeystoreException(
                "expected a PKCS #12 file, found one that is damaged or of another format (" + finding
                        + "): restore it, or check the keystore's type",
                cause);
    }

    private static ASN1Sequence wholeSequence(byte[] bytes) throws IOException {
        return ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(bytes));
    }

    private StoreImage read(Pfx pfx) throws KeystoreException, IOException {
        ContentInfo authSafe = pfx.getAuthSafe();
        if (!PKCSObjectIdentifiers.data.equals(authSafe.getContentType())) {
            throw new KeystoreException("expected a file that a password protects, found one that is signed ("
                    + authSafe.getContentType() + "): make it anew with a password");
        }
        if (pfx.getMacData() == null) {
            throw new KeystoreException("expected a file whose password can be checked, found one without a MAC: "
                    + "make it anew with one, such as by keytool -importkeystore");
        }
        byte[] safes = octets(authSafe.getContent());
        if (!integrity.holds(pfx.getMacData(), safes)) {
            throw new KeystoreException(mismatch(safes));
        }
        List<Pkcs12Safe> contents = new ArrayList<>();
        for (ASN1Encodable element : wholeSequence(safes)) {
            contents.add(safe(ContentInfo.getInstance(element)));
        }
        return Pkcs12Image.read(contents, pfx.getMacData(), encryption, integrity);
    }

    private Pkcs12Safe safe(ContentInfo content) throws KeystoreException, IOException {
        ASN1ObjectIdentifier type = content.getContentType();
        if (PKCSObjectIdentifiers.data.equals(type)) {
            return new Pkcs12Safe.Plain(bags(octets(content.getContent())));
        }
        if (!PKCSObjectIdentifiers.encryptedData.equals(type)) {
            throw new KeystoreException("expected content under the file's password, found content of the type " + type
                    + " that it does not open: keep that in a file of its own");
        }
        EncryptedData encrypted = EncryptedData.getInstance(content.getContent());
        byte[] bags = encryption.decrypt(encrypted);
        return new Pkcs12Safe.Encrypted(
                bags(bags), encryption.iterations(encrypted), encryption.current(content, encrypted));
    }

    private static List<Pkcs12Bag> bags(byte[] safeContents) throws IOException {
        List<Pkcs12Bag> bags = new ArrayList<>();
        for (ByteBuffer element : DerElements.of(safeContents)) {
            bags.add(Pkcs12Bag.read(element));
        }
        return bags;
    }

    private static byte[] octets(ASN1Encodable content) {
        return ASN1OctetString.getInstance(content).getOctets();
    }

    /** Where the password opens what is encrypted, it is right, and the file is what is wrong. */
    private String mismatch(byte[] safes) {
        if (opensSomething(safes)) {
            return "the password is right, but the file is damaged or was changed by somebody without it: restore it";
        }
        return "the password is wrong (or the file is damaged): check the file that passwordFile names";
    }

    private boolean opensSomething(byte[] safes) {
        try {
            for (ASN1Encodable element : wholeSequence(safes)) {
                ContentInfo content = ContentInfo.getInstance(element);
                if (PKCSObjectIdentifiers.encryptedData.equals(content.getContentType())) {
                    byte[] opened = encryption.decrypt(EncryptedData.getInstance(content.getContent()));
                    return !bags(opened).isEmpty();
                }
            }
            return false;
        } catch (KeystoreException | IOException | RuntimeException e) {
            // Only asked to word a failure that is certain already.
            return false;
        }
    }
}
