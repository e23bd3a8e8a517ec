package no.sertsynk.validation.path;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import no.sertsynk.validation.TrustStore;
import org.bouncycastle.asn1.x500.X500Name;

/** Authorities by their names, compared as the engine compares names. Not safe for threads: each search has its own. */
final class IssuerIndex {
    private final Map<X500Name, List<Candidate>> byName;
    private final Set<X509Certificate> known;

    private IssuerIndex(Map<X500Name, List<Candidate>> byName, Set<X509Certificate> known) {
        this.byName = byName;
        this.known = known;
    }

    /** Anchors before intermediates, each once. */
    static IssuerIndex of(TrustStore trust) {
        IssuerIndex index = new IssuerIndex(new HashMap<>(), new HashSet<>());
        trust.anchors().forEach(anchor -> index.add(anchor, true));
        trust.intermediates().forEach(index::add);
        return index;
    }

    /** One that can be added to without changing this one. */
    IssuerIndex copy() {
        Map<X500Name, List<Candidate>> names = new HashMap<>();
        byName.forEach((name, candidates) -> names.put(name, new ArrayList<>(candidates)));
        return new IssuerIndex(names, new HashSet<>(known));
    }

    void add(X509Certificate intermediate) {
        add(intermediate, false);
    }

    private void add(X509Certificate certificate, boolean isAnchor) {
        if (!known.add(certificate)) {
            return;
        }
        try {
            Candidate candidate = isAnchor ? Candidate.anchor(certificate) : Candidate.of(certificate);
            byName.computeIfAbsent(candidate.subject(), name -> new ArrayList<>())
                    .add(candidate);
        } catch (RuntimeException e) {
            // Bouncy Castle's way to say that a name cannot be read: nothing can be issued under it.
            return;
        }
    }

    List<Candidate> named(X500Name name) {
        return byName.getOrDefault(name, List.of());
    }
}
