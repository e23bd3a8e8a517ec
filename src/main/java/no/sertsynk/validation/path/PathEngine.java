package no.sertsynk.validation.path;

import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import no.sertsynk.validation.TrustStore;
import no.sertsynk.validation.ValidationSettings;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;

/**
 * Certification paths: found by {@link PathSearch}, decided by {@link PathJudge}, and for further certificates of one
 * authority cut short where that is proven to be the same ({@link ProvenIssuer}). Revocation is not looked at. Safe for
 * threads.
 */
public final class PathEngine {
    private final IssuerSource further;
    private final ValidationSettings settings;
    private final SearchLimits limits;
    private final PathJudge judge;
    private final IssuerIndex index;
    private final boolean hasAnchors;
    private final Map<IssuerKey, ProvenIssuer> proven = new ConcurrentHashMap<>();

    public PathEngine(TrustStore trust, ValidationSettings settings, IssuerSource further) {
        this(trust, settings, further, SearchLimits.USUAL);
    }

    PathEngine(TrustStore trust, ValidationSettings settings, IssuerSource further, SearchLimits limits) {
        this.further = further;
        this.settings = settings;
        this.limits = limits;
        this.judge = new PathJudge(settings);
        this.index = IssuerIndex.of(trust);
        this.hasAnchors = !trust.anchors().isEmpty();
    }

    /** By what certificates name their issuer; two authorities of one name are told apart by their key. */
    private record IssuerKey(ByteBuffer name, ByteBuffer authorityKey) {
        static IssuerKey of(X509Certificate certificate, Extensions extensions) {
            Extension key = extensions.getExtension(Extension.authorityKeyIdentifier);
            return new IssuerKey(
                    ByteBuffer.wrap(certificate.getIssuerX500Principal().getEncoded()),
                    ByteBuffer.wrap(
                            key == null ? new byte[0] : key.getExtnValue().getOctets()));
        }
    }

    /**
     * The valid path, or why there is none.
     *
     * @param read the fields of the same certificate
     */
    public PathResult validate(X509Certificate certificate, Certificate read) {
        Extensions extensions = read.getExtensions();
        if (extensions == null) {
            return search(certificate);
        }
        IssuerKey issuer = IssuerKey.of(certificate, extensions);
        ProvenIssuer known = proven.get(issuer);
        if (known != null) {
            Optional<CertificationPath> path = known.extendTo(certificate, extensions);
            if (path.isPresent()) {
                return new PathResult.Valid(path.get());
            }
        }
        PathResult result = search(certificate);
        if (result instanceof PathResult.Valid(CertificationPath path)) {
            ProvenIssuer.of(path, settings).ifPresent(found -> proven.putIfAbsent(issuer, found));
        }
        return result;
    }

    /** The whole way, by the engine alone; what {@link #validate} must never differ from. */
    PathResult search(X509Certificate certificate) {
        PathResult result = search(certificate, IssuerSource.none());
        boolean isWayMissing =
                result instanceof PathResult.Invalid(var reasons, var nearest) && nearest.isEmpty() && hasAnchors;
        return isWayMissing ? search(certificate, further) : result;
    }

    private PathResult search(X509Certificate certificate, IssuerSource source) {
        return new PathSearch(index.copy(), source, judge, settings.at(), limits).find(certificate);
    }
}
