package no.sertsynk.validation.cases;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import no.sertsynk.validation.cases.Forge.Node;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes one revocation list of a case. */
final class ListForge {
    private final X509v2CRLBuilder builder;
    private KeyPair signer;

    private ListForge(X509v2CRLBuilder builder, KeyPair signer) {
        this.builder = builder;
        this.signer = signer;
    }

    /** A list that is in force. */
    static ListForge by(Node authority) {
        return by(authority, Forge.NOW.minus(Duration.ofHours(2)), Forge.NOW.plus(Duration.ofHours(22)));
    }

    static ListForge by(Node authority, Instant from, Instant until) {
        X509v2CRLBuilder builder = new X509v2CRLBuilder(new X500Name(authority.name()), Date.from(from));
        builder.setNextUpdate(Date.from(until));
        ListForge made = new ListForge(builder, authority.keys());
        try {
            return made.add(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils()
                            .createAuthorityKeyIdentifier(authority.keys().getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    ListForge number(long number) {
        return add(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number)));
    }

    ListForge add(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
        try {
            builder.addExtension(oid, critical, value);
            return this;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    ListForge signedWith(KeyPair other) {
        signer = other;
        return this;
    }

    ListForge entry(Node revoked, int reason) {
        builder.addCRLEntry(revoked.serial(), Date.from(Forge.NOW.minus(Duration.ofHours(3))), reason);
        return this;
    }

    ListForge entryWithoutReason(BigInteger serial) {
        builder.addCRLEntry(serial, Date.from(Forge.NOW.minus(Duration.ofHours(3))), 0);
        return this;
    }

    /** An entry of an indirect list. */
    ListForge entryOf(Node revoked, Node issuer, int reason) {
        ExtensionsGenerator made = new ExtensionsGenerator();
        try {
            made.addExtension(Extension.reasonCode, false, CRLReason.lookup(reason));
            made.addExtension(
                    Extension.certificateIssuer, true, new GeneralNames(new GeneralName(new X500Name(issuer.name()))));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return entry(revoked, made.generate());
    }

    ListForge entry(Node revoked, Extensions extensions) {
        builder.addCRLEntry(revoked.serial(), Date.from(Forge.NOW.minus(Duration.ofHours(3))), extensions);
        return this;
    }

    byte[] make() {
        try {
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate()))
                    .getEncoded();
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }
}
