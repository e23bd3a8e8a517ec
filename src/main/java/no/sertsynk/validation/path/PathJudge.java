package no.sertsynk.validation.path;

import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.validation.BouncyCastle;
import no.sertsynk.validation.ValidationSettings;

/**
 * Bouncy Castle's PKIX, which decides about paths. It was chosen because it gives every case of PKITS the verdict of its
 * authors, those with policy settings included, where the JDK's wrongly accepts one and fails another.
 */
final class PathJudge {
    /** The wordings of the library's own limits, for which it has no type. */
    private static final String POLICY_LIMIT = "policy tree exceeds";

    private final ValidationSettings settings;

    PathJudge(ValidationSettings settings) {
        this.settings = settings;
    }

    /** Why the path is not valid, but for revocation; empty if it is. */
    Optional<Refusal> refusal(CertificationPath path) {
        try {
            Optional<String> tooMuch = PathCost.excess(path);
            if (tooMuch.isPresent()) {
                return Optional.of(new Refusal(0, ReasonCode.LIMIT_EXCEEDED, tooMuch.get()));
            }
            CertPathValidator.getInstance("PKIX", BouncyCastle.provider())
                    .validate(
                            CertificateFactory.getInstance("X.509", BouncyCastle.provider())
                                    .generateCertPath(path.certificates()),
                            parameters(path));
            return Optional.empty();
        } catch (CertPathValidatorException e) {
            return Optional.of(refusal(e, path.certificates().size()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Bouncy Castle has PKIX", e);
        } catch (RuntimeException | StackOverflowError e) {
            // Hostile encodings make the library fail in ways of its own; whatever it is, the path is refused.
            return Optional.of(new Refusal(0, ReasonCode.PATH_CONSTRAINT, "the engine could not read it: " + e));
        }
    }

    private PKIXParameters parameters(CertificationPath path) throws GeneralSecurityException {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(path.anchor(), null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(settings.at()));
        parameters.setInitialPolicies(settings.initialPolicies());
        parameters.setExplicitPolicyRequired(settings.explicitPolicy());
        parameters.setPolicyMappingInhibited(settings.inhibitMapping());
        parameters.setAnyPolicyInhibited(settings.inhibitAny());
        return parameters;
    }

    private static Refusal refusal(CertPathValidatorException failure, int length) {
        int index = failure.getIndex() >= 0 && failure.getIndex() < length ? failure.getIndex() : 0;
        Throwable deepest = failure;
        ReasonCode code = ReasonCode.PATH_CONSTRAINT;
        for (Throwable at = failure; at != null && code == ReasonCode.PATH_CONSTRAINT; at = at.getCause()) {
            deepest = at;
            code = code(at);
        }
        return new Refusal(index, code, String.valueOf(deepest.getMessage() == null ? deepest : deepest.getMessage()));
    }

    private static ReasonCode code(Throwable failure) {
        return switch (failure) {
            case CertificateExpiredException expired -> ReasonCode.EXPIRED;
            case CertificateNotYetValidException early -> ReasonCode.NOT_YET_VALID;
            case SignatureException signature -> ReasonCode.BAD_SIGNATURE;
            default ->
                String.valueOf(failure.getMessage()).contains(POLICY_LIMIT)
                        ? ReasonCode.LIMIT_EXCEEDED
                        : ReasonCode.PATH_CONSTRAINT;
        };
    }
}
