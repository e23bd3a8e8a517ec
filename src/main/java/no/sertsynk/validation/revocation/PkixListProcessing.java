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
import java.util.Optional;
import java.util.Set;
import no.sertsynk.validation.BouncyCastle;
import no.sertsynk.validation.TrustStore;
import org.bouncycastle.jcajce.PKIXExtendedParameters;

/**
 * Bouncy Castle's PKIX: the only one at hand that gives every list of PKITS the meaning that its authors intended. It is
 * given the path from the certificate to the anchor, since the signers of unusual lists hang on it too; where that fails
 * because of a certificate above, which somebody else may have answered for, the one certificate below its issuer.
 */
final class PkixListProcessing implements ListProcessing {
    private static final String REVOKED = "Certificate revocation after";
    private static final String ON_HOLD = "certificateHold";

    private final TrustStore trust;
    private final Provider provider = BouncyCastle.provider();

    PkixListProcessing(TrustStore trust) {
        this.trust = trust;
    }

    @Override
    public Outcome judge(
            X509Certificate certificate, List<X509Certificate> authorities, List<X509CRL> lists, Instant at) {
        List<X509Certificate> path = new ArrayList<>();
        path.add(certificate);
        path.addAll(authorities.subList(0, authorities.size() - 1));
        Optional<Outcome> whole = judge(path, authorities, lists, at);
        return whole.or(() -> judge(List.of(certificate), authorities, lists, at))
                .orElse(new Outcome.Unknown("no list that tells"));
    }

    /** What comes out for the first certificate of the path; empty if another spoils it. */
    private Optional<Outcome> judge(
            List<X509Certificate> path, List<X509Certificate> authorities, List<X509CRL> lists, Instant at) {
        try {
            CertPathValidator.getInstance("PKIX", provider)
                    .validate(
                            CertificateFactory.getInstance("X.509").generateCertPath(path),
                            parameters(path, authorities, lists, at));
            return Optional.of(new Outcome.Good());
        } catch (CertPathValidatorException e) {
            return e.getIndex() > 0 ? Optional.empty() : Optional.of(outcome(e));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Bouncy Castle has PKIX", e);
        } catch (RuntimeException e) {
            // Hostile lists make the library fail in ways of its own; whatever it is, they tell nothing.
            return Optional.of(new Outcome.Unknown("the lists could not be read: " + e));
        }
    }

    private PKIXExtendedParameters parameters(
            List<X509Certificate> path, List<X509Certificate> authorities, List<X509CRL> lists, Instant at)
            throws GeneralSecurityException {
        Set<TrustAnchor> anchors = new HashSet<>();
        anchors.add(new TrustAnchor(authorities.getLast(), null));
        // What the path hangs on, if it was cut short.
        anchors.add(new TrustAnchor(authorities.get(path.size() - 1), null));
        PKIXParameters parameters = new PKIXParameters(anchors);
        parameters.setRevocationEnabled(true);
        parameters.setDate(Date.from(at));
        List<Object> store = new ArrayList<>(trust.intermediates());
        store.addAll(authorities);
        store.addAll(lists);
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(store)));
        return new PKIXExtendedParameters.Builder(parameters)
                .setUseDeltasEnabled(true)
                .build();
    }

    private static Outcome outcome(CertPathValidatorException failure) {
        Throwable at = failure;
        while (at.getCause() != null && at.getCause() != at) {
            at = at.getCause();
        }
        String message = String.valueOf(at.getMessage() == null ? at : at.getMessage());
        // Bouncy Castle has no type for it; tests hold it to this wording.
        return message.contains(REVOKED)
                ? new Outcome.Revoked(message, message.contains(ON_HOLD))
                : new Outcome.Unknown(message);
    }
}
