package no.sertsynk.keystore.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1BMPString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.ASN1T61String;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.ASN1UniversalString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * The number under which OpenSSL looks for certificates of a subject in a folder (openssl-rehash(1)): the first four bytes,
 * the lowest first, of the SHA-1 of the name in a canonical form, which is the DER of its parts without the sequence around
 * them, with every text in UTF-8, ASCII letters small, and blanks at the ends dropped and elsewhere made one.
 */
final class SubjectHash {
    private static final Charset UTF_32 = Charset.forName("UTF-32BE");

    private SubjectHash() {}

    /** Of a certificate's subject, as eight hexadecimal digits. */
    static String of(byte[] certificate) {
        return of(Certificate.getInstance(certificate).getSubject());
    }

    static String of(X500Name name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(canonical(name));
            byte[] number = {digest[3], digest[2], digest[1], digest[0]};
            return HexFormat.of().formatHex(number);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    private static byte[] canonical(X500Name name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            for (RDN part : name.getRDNs()) {
                AttributeTypeAndValue[] attributes = part.getTypesAndValues();
                ASN1Encodable[] canonical = new ASN1Encodable[attributes.length];
                for (int i = 0; i < attributes.length; i++) {
                    ASN1Encodable[] attribute = {attributes[i].getType(), canonical(attributes[i].getValue())};
                    canonical[i] = new DERSequence(attribute);
                }
                bytes.write(new DERSet(canonical).getEncoded(ASN1Encoding.DER));
            }
        } catch (IOException e) {
            throw new IllegalStateException("writing into memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /** What is no text of a kind that OpenSSL converts stays as it is. */
    private static ASN1Encodable canonical(ASN1Encodable value) {
        return switch (value.toASN1Primitive()) {
            case ASN1UniversalString text -> canonical(new String(text.getOctets(), UTF_32));
            case ASN1T61String text -> canonical(new String(text.getOctets(), StandardCharsets.ISO_8859_1));
            case ASN1UTF8String text -> canonical(text.getString());
            case ASN1BMPString text -> canonical(text.getString());
            case ASN1PrintableString text -> canonical(text.getString());
            case ASN1IA5String text -> canonical(text.getString());
            default -> value;
        };
    }

    private static ASN1Encodable canonical(String text) {
        StringBuilder canonical = new StringBuilder(text.length());
        boolean blank = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isBlank(c)) {
                blank = true;
                continue;
            }
            if (blank && !canonical.isEmpty()) {
                canonical.append(' ');
            }
            blank = false;
            canonical.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
        }
        return new DERUTF8String(canonical.toString());
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }
}
