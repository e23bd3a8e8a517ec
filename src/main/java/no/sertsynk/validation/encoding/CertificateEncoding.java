package no.sertsynk.validation.encoding;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.bouncycastle.asn1.x509.PolicyMappings;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * Holds certificates to the encoding that RFC 5280, 4.1, demands: DER and nothing else (two encodings of one certificate
 * would have two fingerprints), one of each extension, fields that go with the version, extensions that can be read, and
 * a serial number that is not negative and at most 20 octets long. Zero is let pass, as 4.1.2.2 asks of those who only
 * read certificates. Everything is read by Bouncy Castle's ASN.1; this class compares and counts.
 */
public final class CertificateEncoding {
    private static final int MAX_SERIAL_OCTETS = 20;

    private static final Map<ASN1ObjectIdentifier, Consumer<ASN1Primitive>> EXTENSIONS = Map.ofEntries(
            Map.entry(Extension.basicConstraints, BasicConstraints::getInstance),
            Map.entry(Extension.keyUsage, ASN1BitString::getInstance),
            Map.entry(Extension.extendedKeyUsage, ExtendedKeyUsage::getInstance),
            Map.entry(Extension.subjectKeyIdentifier, ASN1OctetString::getInstance),
            Map.entry(Extension.authorityKeyIdentifier, AuthorityKeyIdentifier::getInstance),
            Map.entry(Extension.subjectAlternativeName, GeneralNames::getInstance),
            Map.entry(Extension.issuerAlternativeName, GeneralNames::getInstance),
            Map.entry(Extension.certificatePolicies, CertificatePolicies::getInstance),
            Map.entry(Extension.policyMappings, PolicyMappings::getInstance),
            Map.entry(Extension.policyConstraints, PolicyConstraints::getInstance),
            Map.entry(Extension.inhibitAnyPolicy, ASN1Integer::getInstance),
            Map.entry(Extension.nameConstraints, NameConstraints::getInstance),
            Map.entry(Extension.cRLDistributionPoints, CRLDistPoint::getInstance),
            Map.entry(Extension.freshestCRL, CRLDistPoint::getInstance),
            Map.entry(Extension.authorityInfoAccess, AuthorityInformationAccess::getInstance),
            Map.entry(Extension.subjectInfoAccess, AuthorityInformationAccess::getInstance));

    private CertificateEncoding() {}

    /** What became of a reading. */
    public sealed interface Reading {
        /** The fields of a certificate that is encoded as it should be. */
        record Sound(Certificate certificate) implements Reading {}

        /** What is wrong with the encoding. */
        record Broken(Reason reason) implements Reading {}
    }

    public static Reading read(byte[] der) {
        try {
            ASN1Primitive read = ASN1Primitive.fromByteArray(der);
            if (!isDer(read, der)) {
                return broken("an encoding that is not DER");
            }
            Certificate certificate = Certificate.getInstance(read);
            Optional<String> wrong = wrongField(certificate);
            if (wrong.isEmpty()) {
                wrong = wrongExtension(certificate.getTBSCertificate().getExtensions());
            }
            return wrong.isPresent() ? broken(wrong.get()) : new Reading.Sound(certificate);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Bouncy Castle tells of what it cannot read by exceptions of many kinds.
            return broken("something else (" + message(e) + ")");
        }
    }

    private static Reading broken(String found) {
        return new Reading.Broken(Reason.of(
                ReasonCode.MALFORMED_CERTIFICATE,
                "expected a certificate in DER (X.690) as RFC 5280, 4.1, has it, found " + found
                        + "; ask its issuer for another"));
    }

    private static boolean isDer(ASN1Primitive read, byte[] encoded) throws IOException {
        return Arrays.equals(read.getEncoded(ASN1Encoding.DER), encoded);
    }

    private static Optional<String> wrongField(Certificate certificate) {
        TBSCertificate signed = certificate.getTBSCertificate();
        BigInteger serial = signed.getSerialNumber().getValue();
        if (serial.signum() < 0) {
            return Optional.of("a negative serial number");
        }
        int octets = serial.bitLength() / Byte.SIZE + 1;
        if (octets > MAX_SERIAL_OCTETS) {
            return Optional.of(
                    "a serial number of " + octets + " octets, where at most " + MAX_SERIAL_OCTETS + " are allowed");
        }
        if (signed.getExtensions() != null && signed.getVersionNumber() != 3) {
            return Optional.of("extensions in a certificate of version " + signed.getVersionNumber());
        }
        if (!signed.getSignature().equals(certificate.getSignatureAlgorithm())) {
            return Optional.of("two different signature algorithms, one of them unsigned");
        }
        AlgorithmIdentifier key = signed.getSubjectPublicKeyInfo().getAlgorithm();
        if (key.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                && !(key.getParameters() instanceof ASN1ObjectIdentifier)) {
            return Optional.of("an elliptic curve that is not named, which RFC 5480, 2.1.1, forbids");
        }
        return hasWrittenDefault(signed)
                ? Optional.of("a default value written out, which DER leaves out")
                : Optional.empty();
    }

    /** Version 1 and {@code critical FALSE} are defaults (X.690, 11.5). */
    private static boolean hasWrittenDefault(TBSCertificate signed) {
        ASN1Sequence fields = ASN1Sequence.getInstance(signed.toASN1Primitive());
        boolean isVersionWritten = fields.getObjectAt(0) instanceof ASN1TaggedObject;
        if (isVersionWritten && signed.getVersionNumber() == 1) {
            return true;
        }
        if (signed.getExtensions() == null) {
            return false;
        }
        ASN1TaggedObject last = (ASN1TaggedObject) fields.getObjectAt(fields.size() - 1);
        return !signed.getExtensions()
                .toASN1Primitive()
                .equals(last.getExplicitBaseObject().toASN1Primitive());
    }

    private static Optional<String> wrongExtension(Extensions extensions) throws IOException {
        if (extensions == null) {
            return Optional.empty();
        }
        for (ASN1ObjectIdentifier oid : extensions.getExtensionOIDs()) {
            Consumer<ASN1Primitive> reading = EXTENSIONS.get(oid);
            if (reading == null) {
                continue;
            }
            byte[] value = extensions.getExtension(oid).getExtnValue().getOctets();
            try {
                ASN1Primitive read = ASN1Primitive.fromByteArray(value);
                if (!isDer(read, value)) {
                    return Optional.of("the extension " + oid.getId() + " in an encoding that is not DER");
                }
                if (read instanceof ASN1Sequence sequence && sequence.size() == 0 && !mayBeEmpty(oid)) {
                    return Optional.of("the extension " + oid.getId() + " without content");
                }
                reading.accept(read);
                if (oid.equals(Extension.basicConstraints)
                        && read instanceof ASN1Sequence fields
                        && fields.size() > 0
                        && ASN1Boolean.FALSE.equals(fields.getObjectAt(0))) {
                    return Optional.of("basicConstraints with a default value written out, which DER leaves out");
                }
            } catch (IOException | RuntimeException e) {
                return Optional.of("an unreadable extension " + oid.getId() + " (" + message(e) + ")");
            }
        }
        return Optional.empty();
    }

    private static boolean mayBeEmpty(ASN1ObjectIdentifier oid) {
        return oid.equals(Extension.basicConstraints) || oid.equals(Extension.authorityKeyIdentifier);
    }

    private static String message(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
