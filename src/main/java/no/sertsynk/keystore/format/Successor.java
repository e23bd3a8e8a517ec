package no.sertsynk.keystore.format;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.keystore.KeystoreChange;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.model.PartnerCertificate;

/** Proves of the bytes of a new file that they hold what they should, before anybody's file is replaced by them. */
public final class Successor {
    private final StoreFormat format;
    private final StoreImage before;
    private final KeystoreChange change;

    public Successor(StoreFormat format, StoreImage before, KeystoreChange change) {
        this.format = format;
        this.before = before;
        this.change = change;
    }

    /**
     * Reads the bytes as a client would.
     *
     * @throws KeystoreException if anything that the change does not name is missing, new or different, or if the change
     *     was not made exactly
     */
    public void prove(byte[] file) throws KeystoreException {
        StoreImage after = format.parse(file);
        if (after.rewriteDue()) {
            throw unproven("it would have to be written anew at once");
        }
        Set<String> named = new HashSet<>(change.put().keySet());
        named.addAll(change.remove());
        if (!after.others(named).equals(before.others(named))) {
            throw unproven("other entries would not stay as they are");
        }
        for (Map.Entry<String, PartnerCertificate> put : change.put().entrySet()) {
            ByteBuffer asked = ByteBuffer.wrap(put.getValue().der());
            if (!after.certificate(put.getKey()).equals(Optional.of(asked))) {
                throw unproven(put.getKey() + " would not be the certificate that was asked for");
            }
        }
        for (String alias : change.remove()) {
            if (after.certificate(alias).isPresent()) {
                throw unproven(alias + " would still be there");
            }
        }
    }

    private static KeystoreException unproven(String finding) {
        return new KeystoreException("the new file was read back before it was used and refused, the old one stays: "
                + finding + "; please report this");
    }
}
