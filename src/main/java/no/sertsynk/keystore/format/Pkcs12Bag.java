package no.sertsynk.keystore.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import no.sertsynk.model.PartnerCertificate;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.CertBag;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.SafeBag;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * One bag (RFC 7292 section 4.2).
 *
 * @param encoded its bytes as they were read
 * @param alias its friendlyName
 * @param trusted the DER of a certificate that Java shows as an entry of its own: it has a name and Java's mark of trust. It
 *     may have a localKeyId, which the JDK gives to one such certificate beside a single private key and which means nothing
 * @param isKey whether it holds a private or secret key
 */
record Pkcs12Bag(ByteBuffer encoded, Optional<String> alias, Optional<ByteBuffer> trusted, boolean isKey) {
    /** Oracle's attribute, without which Java does not show a certificate; its value says for which uses. */
    private static final ASN1ObjectIdentifier TRUSTED_KEY_USAGE =
            new ASN1ObjectIdentifier("2.16.840.1.113894.746875.1.1");

    static Pkcs12Bag read(ByteBuffer encoded) throws IOException {
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(encoded.position(), bytes);
        SafeBag bag = SafeBag.getInstance(ASN1Primitive.fromByteArray(bytes));
        ASN1ObjectIdentifier type = bag.getBagId();
        boolean isKey = PKCSObjectIdentifiers.keyBag.equals(type)
                || PKCSObjectIdentifiers.pkcs8ShroudedKeyBag.equals(type)
                || PKCSObjectIdentifiers.secretBag.equals(type);
        Optional<String> alias =
                attribute(bag, PKCSObjectIdentifiers.pkcs_9_at_friendlyName).flatMap(Pkcs12Bag::text);
        boolean entry = PKCSObjectIdentifiers.certBag.equals(type)
                && alias.isPresent()
                && attribute(bag, TRUSTED_KEY_USAGE).isPresent();
        return new Pkcs12Bag(encoded, alias, entry ? certificate(bag) : Optional.empty(), isKey);
    }

    /** A certificate-only entry as keytool makes it. */
    static Pkcs12Bag trusted(String alias, PartnerCertificate certificate) {
        byte[] der = certificate.der();
        ASN1Encodable[] attributes = {
            attribute(PKCSObjectIdentifiers.pkcs_9_at_friendlyName, new DERBMPString(alias)),
            attribute(TRUSTED_KEY_USAGE, KeyPurposeId.anyExtendedKeyUsage)
        };
        CertBag value = new CertBag(PKCSObjectIdentifiers.x509Certificate, new DEROctetString(der));
        SafeBag bag = new SafeBag(PKCSObjectIdentifiers.certBag, value, new DERSet(attributes));
        try {
            ByteBuffer encoded = ByteBuffer.wrap(bag.getEncoded(ASN1Encoding.DER));
            return new Pkcs12Bag(encoded, Optional.of(alias), Optional.of(ByteBuffer.wrap(der)), false);
        } catch (IOException e) {
            throw new IllegalStateException("writing into memory does not fail", e);
        }
    }

    private static ASN1Encodable attribute(ASN1ObjectIdentifier type, ASN1Encodable value) {
        return new DERSequence(type, new DERSet(value));
    }

    private static Optional<ASN1Set> attribute(SafeBag bag, ASN1ObjectIdentifier type) {
        ASN1Set attributes = bag.getBagAttributes();
        if (attributes == null) {
            return Optional.empty();
        }
        for (ASN1Encodable element : attributes) {
            ASN1Sequence attribute = ASN1Sequence.getInstance(element);
            if (type.equals(attribute.getObjectAt(0))) {
                return Optional.of(ASN1Set.getInstance(attribute.getObjectAt(1)));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> text(ASN1Set values) {
        return values.size() == 1 && values.getObjectAt(0) instanceof ASN1String string
                ? Optional.of(string.getString())
                : Optional.empty();
    }

    private static Optional<ByteBuffer> certificate(SafeBag bag) {
        CertBag value = CertBag.getInstance(bag.getBagValue());
        return PKCSObjectIdentifiers.x509Certificate.equals(value.getCertId())
                ? Optional.of(ByteBuffer.wrap(
                        ASN1OctetString.getInstance(value.getCertValue()).getOctets()))
                : Optional.empty();
    }
}
