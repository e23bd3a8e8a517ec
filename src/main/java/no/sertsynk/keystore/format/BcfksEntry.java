package no.sertsynk.keystore.format;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.PartnerCertificate;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.bc.ObjectData;

/** One entry of a BCFKS file, in which a key is encrypted by a password of its own. */
record BcfksEntry(ObjectData data) implements ListedEntry {
    private static final BigInteger CERTIFICATE = BigInteger.ZERO;

    /** Private and secret keys, and both as somebody else has encrypted them. */
    private static final Set<BigInteger> KEYS =
            Set.of(BigInteger.ONE, BigInteger.TWO, BigInteger.valueOf(3), BigInteger.valueOf(4));

    static BcfksEntry of(String alias, PartnerCertificate certificate) {
        Date date = Date.from(certificate.notBefore());
        return new BcfksEntry(new ObjectData(CERTIFICATE, alias, date, date, certificate.der(), null));
    }

    @Override
    public String alias() {
        return data.getIdentifier();
    }

    @Override
    public boolean isKey() {
        return KEYS.contains(data.getType());
    }

    @Override
    public Optional<ByteBuffer> trusted() {
        return data.getType().equals(CERTIFICATE) ? Optional.of(ByteBuffer.wrap(data.getData())) : Optional.empty();
    }

    @Override
    public ByteBuffer encoded() {
        try {
            return ByteBuffer.wrap(data.getEncoded(ASN1Encoding.DER));
        } catch (IOException e) {
            throw new IllegalStateException("writing into memory does not fail", e);
        }
    }
}
