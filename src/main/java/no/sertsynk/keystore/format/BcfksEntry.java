package no.sertsynk.keystore.format;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.PartnerCertificate;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.bc.ObjectData;

/** One entry of a BCFKS file, in which a key is encrypted by a password of its own. */
final class BcfksEntry implements ListedEntry {
    private static final BigInteger CERTIFICATE = BigInteger.ZERO;

    /** Private and secret keys, and both as somebody else has encrypted them. */
    private static final Set<BigInteger> KEYS =
            Set.of(BigInteger.ONE, BigInteger.TWO, BigInteger.valueOf(3), BigInteger.valueOf(4));

    private final ObjectData data;
    private final Parts parts;

    /** All that an entry consists of. */
    private record Parts(
            BigInteger type,
            String alias,
            ASN1GeneralizedTime created,
            ASN1GeneralizedTime modified,
            ByteBuffer content,
            Optional<String> comment) {}

    BcfksEntry(ObjectData data) {
        this.data = data;
        this.parts = new Parts(
                data.getType(),
                data.getIdentifier(),
                data.getCreationDate(),
                data.getLastModifiedDate(),
                ByteBuffer.wrap(data.getData()).asReadOnlyBuffer(),
                Optional.ofNullable(data.getComment()));
    }

    static BcfksEntry of(String alias, PartnerCertificate certificate) {
        Date date = Date.from(certificate.notBefore());
        return new BcfksEntry(new ObjectData(CERTIFICATE, alias, date, date, certificate.der(), null));
    }

    ObjectData data() {
        return data;
    }

    @Override
    public String alias() {
        return parts.alias();
    }

    @Override
    public boolean isKey() {
        return KEYS.contains(parts.type());
    }

    @Override
    public Optional<ByteBuffer> trusted() {
        return parts.type().equals(CERTIFICATE) ? Optional.of(parts.content()) : Optional.empty();
    }

    /** Compared part by part, since encoding an entry anew for it would take longer than all else. */
    @Override
    public Object identity() {
        return parts;
    }
}
