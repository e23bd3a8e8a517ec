package no.sertsynk.validation.path;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPath;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import no.sertsynk.validation.TrustStore;
import no.sertsynk.validation.ValidationSettings;
import org.bouncycastle.jcajce.PKIXExtendedBuilderParameters;
import org.bouncycastle.jcajce.PKIXExtendedParameters;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Certification path building and validation by Bouncy Castle's PKIX, which decides alone. It was chosen because it gives
 * every case of PKITS the verdict of its authors, delta lists included, which the JDK's does not.
 *
 * <p>The way from an issuer to its anchor is built once and kept; each further certificate of that issuer is validated on
 * the same way, whole, and only if that fails is another way searched for.
 */
public final class PathEngine {
    private static final int MAX_PATH_LENGTH = 10;

    private final TrustStore trust;
    private final ValidationSettings settings;
    private final BouncyCastleProvider provider = new BouncyCastleProvider();
    private final Set<TrustAnchor> anchors;
    private final CertificateFactory factory;
    private final Map<String, Path> known = new ConcurrentHashMap<>();

    public PathEngine(TrustStore trust, ValidationSettings settings) {
        this.trust = trust;
        this.settings = settings;
        this.anchors = trust.anchors().stream()
                .map(anchor -> new TrustAnchor(anchor, null))
                .collect(Collectors.toUnmodifiableSet());
        try {
            this.factory = CertificateFactory.getInstance("X.509");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform must read X.509 certificates", e);
        }
    }

    /**
     * A valid path.
     *
     * @param certificates from the certificate to the one below the anchor
     */
    public record Path(List<X509Certificate> certificates, X509Certificate anchor) {
        public Path {
            certificates = List.copyOf(certificates);
        }

        /** The issuer of the certificate at that place. */
        public X509Certificate issuerOf(int index) {
            return index + 1 < certificates.size() ? certificates.get(index + 1) : anchor;
        }
    }

    /** The path, or what the engine found wrong. */
    public sealed interface Result {
        record Valid(Path path) implements Result {}

        record Invalid(String message) implements Result {}
    }

    /** Validates without regard to revocation. */
    public Result validate(X509Certificate certificate) {
        if (anchors.isEmpty()) {
            return new Result.Invalid("no trust anchor");
        }
        String key = certificate.getIssuerX500Principal().toString() + authorityKey(certificate);
        Path path = known.get(key);
        if (path != null) {
            Optional<Path> valid = alongside(certificate, path);
            if (valid.isPresent()) {
                return new Result.Valid(valid.get());
            }
        }
        Result built = build(certificate, List.of(), false);
        if (built instanceof Result.Valid(Path found)) {
            known.putIfAbsent(key, found);
        }
        return built;
    }

    /** Builds and validates with all rules of revocation (RFC 5280, 6.3) by the given lists. */
    public Result validateWithRevocation(X509Certificate certificate, List<X509CRL> lists) {
        return build(certificate, lists, true);
    }

    private static String authorityKey(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue("2.5.29.35");
        return extension == null ? "" : " " + java.util.HexFormat.of().formatHex(extension);
    }

    private Optional<Path> alongside(X509Certificate certificate, Path path) {
        List<X509Certificate> certificates = new ArrayList<>(path.certificates());
        certificates.set(0, certificate);
        try {
            CertPath candidate = factory.generateCertPath(certificates);
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(path.anchor(), null)));
            configure(parameters, false);
            CertPathValidator.getInstance("PKIX", provider).validate(candidate, parameters);
            return Optional.of(new Path(certificates, path.anchor()));
        } catch (CertPathValidatorException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Bouncy Castle has PKIX", e);
        }
    }

    private Result build(X509Certificate certificate, List<X509CRL> lists, boolean revocation) {
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(certificate);
        try {
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
            configure(parameters, revocation);
            List<Object> store = new ArrayList<>(trust.intermediates());
            store.add(certificate);
            store.addAll(lists);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(store)));
            PKIXExtendedParameters extended = new PKIXExtendedParameters.Builder(parameters)
                    .setUseDeltasEnabled(true)
                    .build();
            PKIXCertPathBuilderResult result = (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX", provider)
                    .build(new PKIXExtendedBuilderParameters.Builder(extended)
                            .setMaxPathLength(MAX_PATH_LENGTH)
                            .build());
            List<X509Certificate> path = result.getCertPath().getCertificates().stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            return new Result.Valid(new Path(path, result.getTrustAnchor().getTrustedCert()));
        } catch (CertPathBuilderException e) {
            return new Result.Invalid(deepest(e));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Bouncy Castle has PKIX", e);
        } catch (RuntimeException e) {
            // Hostile encodings make the library fail in ways of its own; whatever it is, the certificate is refused.
            return new Result.Invalid("the engine could not read it: " + e);
        }
    }

    private void configure(PKIXParameters parameters, boolean revocation) throws InvalidAlgorithmParameterException {
        parameters.setRevocationEnabled(revocation);
        parameters.setDate(Date.from(settings.at()));
        parameters.setInitialPolicies(settings.initialPolicies());
        parameters.setExplicitPolicyRequired(settings.explicitPolicy());
        parameters.setPolicyMappingInhibited(settings.inhibitMapping());
        parameters.setAnyPolicyInhibited(settings.inhibitAny());
    }

    private static String deepest(Throwable failure) {
        Throwable at = failure;
        while (at.getCause() != null && at.getCause() != at) {
            at = at.getCause();
        }
        return String.valueOf(at.getMessage() == null ? at : at.getMessage());
    }
}
