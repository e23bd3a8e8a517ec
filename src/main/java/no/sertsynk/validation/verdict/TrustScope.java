package no.sertsynk.validation.verdict;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Sha256;
import no.sertsynk.validation.TrustStore;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * Which trusted certificates have a say in a path: those that can be reached from it by the names of issuers, as the
 * search for paths goes. Whatever is added or taken away elsewhere changes nothing for it.
 */
final class TrustScope {
    private final Map<X500Name, List<Authority>> byName = new HashMap<>();
    private final Set<X509Certificate> anchors;

    /** @param mark of its digest and of whether it is an anchor */
    private record Authority(String mark, X500Name issuer) {}

    TrustScope(TrustStore trust) {
        this.anchors = new HashSet<>(trust.anchors());
        trust.anchors().forEach(anchor -> add(anchor, "anchor "));
        trust.intermediates().forEach(intermediate -> add(intermediate, "intermediate "));
    }

    private void add(X509Certificate certificate, String kind) {
        try {
            byName.computeIfAbsent(subject(certificate), name -> new ArrayList<>())
                    .add(new Authority(kind + Sha256.of(certificate.getEncoded()), issuer(certificate)));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was parsed has an encoding", e);
        }
    }

    private static X500Name subject(X509Certificate certificate) {
        return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    }

    private static X500Name issuer(X509Certificate certificate) {
        return X500Name.getInstance(certificate.getIssuerX500Principal().getEncoded());
    }

    boolean isAnchor(X509Certificate certificate) {
        return anchors.contains(certificate);
    }

    /** A digest of those that can be reached from a path, given by the authorities above its certificate. */
    Sha256 digest(List<PartnerCertificate> issuers) {
        Deque<X500Name> open = new ArrayDeque<>();
        for (PartnerCertificate issuer : issuers) {
            open.add(subject(issuer.x509()));
            open.add(issuer(issuer.x509()));
        }
        Set<X500Name> seen = new HashSet<>();
        Set<String> reached = new TreeSet<>();
        while (!open.isEmpty()) {
            X500Name name = open.remove();
            if (seen.add(name)) {
                for (Authority authority : byName.getOrDefault(name, List.of())) {
                    reached.add(authority.mark());
                    open.add(authority.issuer());
                }
            }
        }
        return Sha256.of(String.join("\n", reached).getBytes(StandardCharsets.US_ASCII));
    }
}
