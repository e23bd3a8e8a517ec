package no.sertsynk.service.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whom clients on this host trust as TLS servers: what Java trusts, and further authorities that were named. */
public final class ServerTrust {
    private final Set<TrustAnchor> anchors;

    private ServerTrust(Set<TrustAnchor> anchors) {
        this.anchors = Set.copyOf(anchors);
    }

    /** @param named trusted besides those of the platform, and servers' own certificates among them too */
    public static ServerTrust withPlatform(List<X509Certificate> named) throws GeneralSecurityException {
        Set<TrustAnchor> anchors = new HashSet<>();
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((@Nullable KeyStore) null);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager platform) {
                for (X509Certificate authority : platform.getAcceptedIssuers()) {
                    anchors.add(new TrustAnchor(authority, null));
                }
            }
        }
        named.forEach(authority -> anchors.add(new TrustAnchor(authority, null)));
        return new ServerTrust(anchors);
    }

    /** Why a client would not trust the chain at that time; empty if it would. */
    Optional<String> refusal(List<X509Certificate> chain, Instant at) {
        X509Certificate leaf = chain.getFirst();
        if (anchors.stream().anyMatch(anchor -> leaf.equals(anchor.getTrustedCert()))) {
            return Optional.empty();
        }
        if (anchors.isEmpty()) {
            return Optional.of("no authority is trusted here");
        }
        try {
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(leaf);
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
            parameters.setDate(Date.from(at));
            parameters.setRevocationEnabled(false);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            CertPathBuilder.getInstance("PKIX").build(parameters);
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            return Optional.of(
                    isSelfSigned(leaf)
                            ? "it is signed by itself and by no authority"
                            : "no path from it to an authority that Java or the configuration trusts: "
                                    + e.getMessage());
        }
    }

    private static boolean isSelfSigned(X509Certificate certificate) {
        return certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
    }
}
