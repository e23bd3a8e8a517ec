package no.sertsynk.validation.revocation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Enumeration;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import no.sertsynk.model.Sha256;
import no.sertsynk.validation.BouncyCastle;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.TBSCertList;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.jspecify.annotations.Nullable;

/** Reads lists by Bouncy Castle's lazy ASN.1: entry by entry, without keeping an object for each. Bounded. */
final class CrlReader {
    static final int MAX_BYTES = 32 * 1024 * 1024;
    static final int MAX_ENTRIES = 1_000_000;

    /** These make a list another kind than complete and direct, critical or not. */
    private static final Set<ASN1ObjectIdentifier> KINDS =
            Set.of(Extension.issuingDistributionPoint, Extension.deltaCRLIndicator, Extension.freshestCRL);

    private static final int UTC_LENGTH = "yyyyMMddHHmmssGMT+00:00".length();

    private CrlReader() {}

    /** What is in the DER of a list; without entries if it is not {@link CrlHeader#plain}. */
    record Content(CrlHeader header, CrlEntries entries) {}

    /** @throws IOException if it is no list, or one beyond the limits */
    static Content read(byte[] der) throws IOException {
        try {
            TBSCertList list = parse(der).getTBSCertList();
            Extensions extensions = list.getExtensions();
            CrlEntries.Builder entries = new CrlEntries.Builder();
            boolean plain = isPlain(extensions) && collect(list, entries);
            CrlHeader header = new CrlHeader(
                    new X500Principal(list.getIssuer().getEncoded()),
                    list.getThisUpdate().getDate().toInstant(),
                    Optional.ofNullable(list.getNextUpdate())
                            .map(time -> time.getDate().toInstant()),
                    number(extensions),
                    plain,
                    Sha256.of(der));
            return new Content(header, plain ? entries.build() : CrlEntries.NONE);
        } catch (RuntimeException e) {
            // The library's ways to refuse hostile encodings are many, and all unchecked.
            throw noList(e.getMessage(), e);
        }
    }

    private static CertificateList parse(byte[] der) throws IOException {
        if (der.length > MAX_BYTES) {
            throw new IOException("a list of " + der.length + " bytes, more than the " + MAX_BYTES + " allowed");
        }
        try (ASN1InputStream in = new ASN1InputStream(der, true)) {
            CertificateList list = CertificateList.getInstance(in.readObject());
            if (list != null && in.read() < 0) {
                return list;
            }
        } catch (IOException | RuntimeException e) {
            throw noList(e.getMessage(), e);
        }
        throw noList(der.length + " bytes", null);
    }

    private static IOException noList(@Nullable String found, @Nullable Exception cause) {
        return new IOException("something that is no revocation list (" + found + ")", cause);
    }

    private static boolean isPlain(@Nullable Extensions extensions) {
        if (extensions == null) {
            return true;
        }
        for (ASN1ObjectIdentifier oid : extensions.getExtensionOIDs()) {
            if (KINDS.contains(oid) || extensions.getExtension(oid).isCritical()) {
                return false;
            }
        }
        return true;
    }

    /** Whether all entries are of the usual kind. */
    private static boolean collect(TBSCertList list, CrlEntries.Builder entries) throws IOException {
        Enumeration<?> found = list.getRevokedCertificateEnumeration();
        while (found.hasMoreElements()) {
            if (entries.size() >= MAX_ENTRIES) {
                throw new IOException("a list of more than the " + MAX_ENTRIES + " entries allowed");
            }
            TBSCertList.CRLEntry entry = (TBSCertList.CRLEntry) found.nextElement();
            int reason = reason(entry.getExtensions());
            Instant at = instant(entry.getRevocationDate());
            if (reason < 0 || !entries.add(entry.getUserCertificate().getValue(), at, reason)) {
                return false;
            }
        }
        return true;
    }

    /** The library's own conversion makes a formatter each time, which takes longer than all the rest of the entry. */
    private static Instant instant(Time time) {
        String text = time.getTime();
        if (!text.endsWith("GMT+00:00") || text.length() != UTC_LENGTH) {
            return time.getDate().toInstant();
        }
        return LocalDateTime.of(
                        digits(text, 0, 4),
                        digits(text, 4, 6),
                        digits(text, 6, 8),
                        digits(text, 8, 10),
                        digits(text, 10, 12),
                        digits(text, 12, 14))
                .toInstant(ZoneOffset.UTC);
    }

    private static int digits(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    /** The reason code; negative for an entry with a critical extension, or one that belongs to a delta. */
    private static int reason(@Nullable Extensions extensions) {
        int reason = 0;
        if (extensions != null) {
            for (ASN1ObjectIdentifier oid : extensions.getExtensionOIDs()) {
                Extension extension = extensions.getExtension(oid);
                if (oid.equals(Extension.reasonCode)) {
                    reason = ASN1Enumerated.getInstance(extension.getParsedValue())
                            .intValueExact();
                    if (reason == CRLReason.removeFromCRL) {
                        return -1;
                    }
                } else if (extension.isCritical() || oid.equals(Extension.certificateIssuer)) {
                    return -1;
                }
            }
        }
        return reason;
    }

    private static Optional<BigInteger> number(@Nullable Extensions extensions) {
        ASN1Encodable value = extensions == null ? null : extensions.getExtensionParsedValue(Extension.cRLNumber);
        return Optional.ofNullable(value)
                .map(number -> ASN1Integer.getInstance(number).getPositiveValue());
    }

    /** Whether that key has signed the list. */
    static boolean isSignedBy(byte[] der, PublicKey key) {
        try {
            return new X509CRLHolder(parse(der)).isSignatureValid(new JcaContentVerifierProviderBuilder().build(key));
        } catch (IOException | CertException | OperatorCreationException | RuntimeException e) {
            // Another kind of key, an unknown algorithm, a broken encoding: not signed by it, whatever it is.
            return false;
        }
    }

    /** The list as an object of Bouncy Castle's own provider, for its PKIX. */
    static X509CRL x509(byte[] der) throws IOException {
        try {
            return (X509CRL) CertificateFactory.getInstance("X.509", BouncyCastle.provider())
                    .generateCRL(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IOException("a list that cannot be read: " + e.getMessage(), e);
        }
    }
}
