package no.sertsynk.keystore.format;

import java.io.IOException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Secret;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.bc.EncryptedObjectStoreData;
import org.bouncycastle.asn1.bc.ObjectData;
import org.bouncycastle.asn1.bc.ObjectDataSequence;
import org.bouncycastle.asn1.bc.ObjectStore;
import org.bouncycastle.asn1.bc.ObjectStoreData;
import org.bouncycastle.asn1.bc.ObjectStoreIntegrityCheck;
import org.bouncycastle.asn1.bc.PbkdMacIntegrityCheck;

/**
 * Bouncy Castle's own format. Read entry by entry, so that keys, whose passwords nobody tells us, can be compared and stay
 * as they are.
 */
final class BcfksFormat implements StoreFormat {
    private final BcfksProtection protection;

    BcfksFormat(Secret password) {
        this.protection = new BcfksProtection(password);
    }

    @Override
    public StoreImage absent() {
        return new ListedImage<>(false, List.of(), new Writing(Optional.empty(), BcfksProtection.ITERATIONS));
    }

    @Override
    public StoreImage parse(byte[] file) throws KeystoreException {
        FileKind.require(FileKind.DER, "BCFKS", file);
        try {
            return read(ObjectStore.getInstance(ASN1Primitive.fromByteArray(file)));
        } catch (IOException | RuntimeException e) {
            // Bouncy Castle tells of bytes that do not fit by unchecked exceptions of many kinds.
            throw damaged(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw damaged("its parts lie too deeply within each other", e);
        }
    }

    private static KeystoreException damaged(String finding, Throwable cause) {
        return new KeystoreException(
                "expected a BCFKS file, found one that is damaged or of another format (" + finding
                        + "): restore it, or check the keystore's type",
                cause);
    }

    private StoreImage read(ObjectStore store) throws KeystoreException, IOException {
        if (store.getIntegrityCheck().getType() != ObjectStoreIntegrityCheck.PBKD_MAC_CHECK) {
            throw new KeystoreException(
                    "expected a file that a password protects, found one that is signed: make it anew with a password");
        }
        PbkdMacIntegrityCheck check =
                PbkdMacIntegrityCheck.getInstance(store.getIntegrityCheck().getIntegrityCheck());
        byte[] content = store.getStoreData().toASN1Primitive().getEncoded();
        if (!protection.holds(check, content)) {
            throw new KeystoreException(
                    "the password is wrong (or the file is damaged): check the file that passwordFile names");
        }
        if (!(store.getStoreData() instanceof EncryptedObjectStoreData encrypted)) {
            throw new KeystoreException("expected an encrypted file, found one that is not: make it anew");
        }
        ObjectStoreData data = ObjectStoreData.getInstance(protection.decrypt(encrypted));
        List<BcfksEntry> entries = new ArrayList<>();
        for (ASN1Encodable element : data.getObjectDataSequence()) {
            entries.add(new BcfksEntry(ObjectData.getInstance(element)));
        }
        return new ListedImage<>(true, entries, new Writing(Optional.of(data), BcfksProtection.iterations(check)));
    }

    private static Date date(ASN1GeneralizedTime time) throws KeystoreException {
        try {
            return time.getDate();
        } catch (ParseException e) {
            throw damaged("a date is none: " + time.getTimeString(), e);
        }
    }

    /** Writes a file that goes on from the one that was read. */
    private final class Writing implements ListedFormat<BcfksEntry> {
        private final Optional<ObjectStoreData> before;
        private final int iterations;

        Writing(Optional<ObjectStoreData> before, int iterations) {
            this.before = before;
            this.iterations = iterations;
        }

        @Override
        public BcfksEntry trusted(String alias, PartnerCertificate certificate) {
            return BcfksEntry.of(alias, certificate);
        }

        @Override
        public byte[] encode(List<BcfksEntry> entries) throws KeystoreException {
            ObjectData[] objects = new ObjectData[entries.size()];
            Date modified = new Date(0);
            for (int i = 0; i < objects.length; i++) {
                objects[i] = entries.get(i).data();
                Date date = date(objects[i].getLastModifiedDate());
                modified = date.after(modified) ? date : modified;
            }
            ObjectStoreData data = new ObjectStoreData(
                    BcfksProtection.HMAC,
                    before.isPresent() ? date(before.get().getCreationDate()) : modified,
                    modified,
                    new ObjectDataSequence(objects),
                    before.map(ObjectStoreData::getComment).orElse(null));
            try {
                EncryptedObjectStoreData encrypted = protection.encrypt(data.getEncoded(ASN1Encoding.DER), iterations);
                PbkdMacIntegrityCheck check = protection.over(encrypted.getEncoded(), iterations);
                return new ObjectStore(encrypted, new ObjectStoreIntegrityCheck(check)).getEncoded();
            } catch (IOException e) {
                throw new KeystoreException("the new file cannot be encoded: " + e.getMessage(), e);
            }
        }
    }
}
