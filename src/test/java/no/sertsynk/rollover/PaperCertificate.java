package no.sertsynk.rollover;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;

/**
 * A certificate without keys, for decisions alone: it has a name, a serial number and a validity, and its digest is the
 * same in every run.
 */
public final class PaperCertificate extends X509Certificate {
    private static final long serialVersionUID = 1L;
    private final String name;
    private final long serial;
    private final Instant notBefore;
    private final Instant notAfter;

    private PaperCertificate(String name, long serial, Instant notBefore, Instant notAfter) {
        this.name = name;
        this.serial = serial;
        this.notBefore = notBefore;
        this.notAfter = notAfter;
    }

    public static PartnerCertificate of(String name, long serial, Instant notBefore, Instant notAfter) {
        try {
            return PartnerCertificate.of(new PaperCertificate(name, serial, notBefore, notAfter));
        } catch (MalformedCertificateException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public byte[] getEncoded() {
        return (name + serial + notBefore + notAfter).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public BigInteger getSerialNumber() {
        return BigInteger.valueOf(serial);
    }

    @Override
    public Date getNotBefore() {
        return Date.from(notBefore);
    }

    @Override
    public Date getNotAfter() {
        return Date.from(notAfter);
    }

    @Override
    public X500Principal getSubjectX500Principal() {
        return new X500Principal("CN=" + name);
    }

    @Override
    public Principal getSubjectDN() {
        return getSubjectX500Principal();
    }

    @Override
    public Principal getIssuerDN() {
        return new X500Principal("CN=Paper");
    }

    @Override
    public String toString() {
        return name + " " + serial;
    }

    @Override
    public boolean hasUnsupportedCriticalExtension() {
        return false;
    }

    @Override
    public Set<String> getCriticalExtensionOIDs() {
        return Set.of();
    }

    @Override
    public Set<String> getNonCriticalExtensionOIDs() {
        return Set.of();
    }

    @Override
    public byte[] getExtensionValue(String oid) {
        return new byte[0];
    }

    @Override
    public int getVersion() {
        return 3;
    }

    @Override
    public int getBasicConstraints() {
        return -1;
    }

    @Override
    public boolean[] getIssuerUniqueID() {
        return new boolean[0];
    }

    @Override
    public boolean[] getSubjectUniqueID() {
        return new boolean[0];
    }

    @Override
    public boolean[] getKeyUsage() {
        return new boolean[0];
    }

    @Override
    public void checkValidity() {
        throw beyondDecisions();
    }

    @Override
    public void checkValidity(Date date) {
        throw beyondDecisions();
    }

    @Override
    public byte[] getTBSCertificate() {
        throw beyondDecisions();
    }

    @Override
    public byte[] getSignature() {
        throw beyondDecisions();
    }

    @Override
    public String getSigAlgName() {
        throw beyondDecisions();
    }

    @Override
    public String getSigAlgOID() {
        throw beyondDecisions();
    }

    @Override
    public byte[] getSigAlgParams() {
        throw beyondDecisions();
    }

    @Override
    public void verify(PublicKey key) {
        throw beyondDecisions();
    }

    @Override
    public void verify(PublicKey key, String provider) {
        throw beyondDecisions();
    }

    @Override
    public PublicKey getPublicKey() {
        throw beyondDecisions();
    }

    private static AssertionError beyondDecisions() {
        return new AssertionError("a decision asked a certificate for what validation alone may look at");
    }
}
