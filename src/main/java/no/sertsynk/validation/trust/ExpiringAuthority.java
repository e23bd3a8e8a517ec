package no.sertsynk.validation.trust;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.security.auth.x500.X500Principal;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Sha256;

/**
 * An authority that ends soon or has ended, and what falls with it.
 *
 * @param isAnchor whether it is trusted as it is; an intermediate otherwise
 * @param dependents the installed certificates whose path goes by it
 */
public record ExpiringAuthority(PartnerCertificate authority, boolean isAnchor, List<Sha256> dependents) {
    /** How long before its end an authority is spoken of. */
    public static final Duration NOTICE = Duration.ofDays(90);

    private static final int MAX_STEPS = 10;

    public ExpiringAuthority {
        dependents = List.copyOf(dependents);
    }

    /** Since when it is spoken of. */
    public Instant since() {
        return authority.notAfter().minus(NOTICE);
    }

    /**
     * Those that end within the notice, anchors first.
     *
     * @param installed asked for only if there is any
     */
    public static List<ExpiringAuthority> among(
            List<PartnerCertificate> anchors,
            List<PartnerCertificate> intermediates,
            Supplier<List<PartnerCertificate>> installed,
            Instant now) {
        List<PartnerCertificate> endingAnchors = ending(anchors, now);
        List<PartnerCertificate> endingIntermediates = ending(intermediates, now);
        if (endingAnchors.isEmpty() && endingIntermediates.isEmpty()) {
            return List.of();
        }
        Map<Sha256, Set<Sha256>> dependents = dependents(anchors, intermediates, installed.get());
        List<ExpiringAuthority> found = new ArrayList<>();
        endingAnchors.forEach(authority -> found.add(of(authority, true, dependents)));
        endingIntermediates.forEach(authority -> found.add(of(authority, false, dependents)));
        return found;
    }

    private static ExpiringAuthority of(
            PartnerCertificate authority, boolean isAnchor, Map<Sha256, Set<Sha256>> dependents) {
        return new ExpiringAuthority(
                authority, isAnchor, List.copyOf(dependents.getOrDefault(authority.sha256(), Set.of())));
    }

    private static List<PartnerCertificate> ending(List<PartnerCertificate> authorities, Instant now) {
        return authorities.stream()
                .distinct()
                .filter(authority -> !now.isBefore(authority.notAfter().minus(NOTICE)))
                .toList();
    }

    /**
     * By authority. Signatures tell the way up, since two authorities may share a name; of two certificates of one
     * authority the longer one carries what it issued.
     */
    private static Map<Sha256, Set<Sha256>> dependents(
            List<PartnerCertificate> anchors,
            List<PartnerCertificate> intermediates,
            List<PartnerCertificate> installed) {
        Map<X500Principal, List<PartnerCertificate>> byName = new HashMap<>();
        List<PartnerCertificate> authorities = new ArrayList<>(anchors);
        authorities.addAll(intermediates);
        authorities.stream()
                .sorted(Comparator.comparing(PartnerCertificate::notAfter).reversed())
                .forEach(authority -> byName.computeIfAbsent(
                                authority.x509().getSubjectX500Principal(), name -> new ArrayList<>())
                        .add(authority));
        Map<Sha256, Set<Sha256>> dependents = new HashMap<>();
        Map<Sha256, Optional<PartnerCertificate>> above = new HashMap<>();
        for (PartnerCertificate certificate : installed) {
            Optional<PartnerCertificate> issuer = issuer(certificate, byName);
            for (int step = 0; step < MAX_STEPS && issuer.isPresent(); step++) {
                PartnerCertificate authority = issuer.get();
                dependents
                        .computeIfAbsent(authority.sha256(), key -> new LinkedHashSet<>())
                        .add(certificate.sha256());
                issuer = anchors.contains(authority)
                        ? Optional.empty()
                        : above.computeIfAbsent(authority.sha256(), key -> issuer(authority, byName));
            }
        }
        return dependents;
    }

    private static Optional<PartnerCertificate> issuer(
            PartnerCertificate certificate, Map<X500Principal, List<PartnerCertificate>> byName) {
        return byName.getOrDefault(certificate.x509().getIssuerX500Principal(), List.of()).stream()
                .filter(candidate -> isSignedBy(certificate.x509(), candidate.x509()))
                .findFirst();
    }

    private static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
