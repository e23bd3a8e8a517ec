package no.sertsynk.validation.revocation;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import no.sertsynk.validation.BouncyCastle;
import no.sertsynk.validation.TrustStore;
import org.bouncycastle.jcajce.PKIXExtendedParameters;

/** Bouncy Castle's PKIX: the only one at hand that gives every list of PKITS the meaning that its authors intended. */
final class PkixListProcessing implements ListProcessing {
    private static final String REVOKED = "Certificate revocation after";
    private static final String ON_HOLD = "certificateHold";

    private final TrustStore trust;
    private final Instant at;
    private final Provider provider = BouncyCastle.provider();

    PkixListProcessing(TrustStore trust, Instant at) {
        this.trust = trust;
        this.at = at;
    }

    @Override
    public Outcome judge(List<X509Certificate> path, X509Certificate anchor, List<X509CRL> lists) {
        try {
            CertPathValidator.getInstance("PKIX", provider)
                    .validate(
                            CertificateFactory.getInstance("X.509").generateCertPath(path),
                            parameters(path, anchor, lists));
            return new Outcome.AllGood();
        } catch (CertPathValidatorException e) {
            return outcome(e, path.size());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Bouncy Castle has PKIX", e);
        } catch (RuntimeException e) {
            // Hostile lists make the library fail in ways of its own; whatever it is, they tell nothing.
            return new Outcome.Unknown(path.size() - 1, "the lists could not be read: " + e);
        }
    }

    private PKIXExtendedParameters parameters(List<X509Certificate> path, X509Certificate anchor, List<X509CRL> lists)
            throws GeneralSecurityException {
        Set<TrustAnchor> anchors = new HashSet<>();
        anchors.add(new TrustAnchor(anchor, null));
        PKIXParameters parameters = new PKIXParameters(anchors);
        parameters.setRevocationEnabled(true);
        parameters.setDate(Date.from(at));
        // Signers of indirect lists are found among these.
        List<Object> store = new ArrayList<>(trust.intermediates());
        store.addAll(path);
        store.addAll(lists);
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(store)));
        return new PKIXExtendedParameters.Builder(parameters)
                .setUseDeltasEnabled(true)
                .build();
    }

    private static Outcome outcome(CertPathValidatorException failure, int length) {
        int index = failure.getIndex() >= 0 ? failure.getIndex() : length - 1;
        Throwable at = failure;
        while (at.getCause() != null && at.getCause() != at) {
            at = at.getCause();
        }
        String message = String.valueOf(at.getMessage() == null ? at : at.getMessage());
        // Bouncy Castle has no type for it; a test holds it to this wording.
        return message.contains(REVOKED)
                ? new Outcome.Revoked(index, message, message.contains(ON_HOLD))
                : new Outcome.Unknown(index, message);
    }
}
