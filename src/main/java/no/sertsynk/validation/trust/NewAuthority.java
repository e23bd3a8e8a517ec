package no.sertsynk.validation.trust;

import java.time.Instant;
import java.util.Optional;
import no.sertsynk.model.PartnerCertificate;

/** Whether a certificate can be that of an authority to trust. */
public final class NewAuthority {
    private static final int KEY_CERT_SIGN = 5;

    private NewAuthority() {}

    /** Why not; empty if it can. */
    public static Optional<String> refusal(PartnerCertificate certificate, String environment, Instant now) {
        boolean[] usage = certificate.x509().getKeyUsage();
        if (certificate.x509().getBasicConstraints() < 0) {
            return Optional.of("expected the certificate of an authority (basicConstraints cA), found " + certificate
                    + ", which is none");
        }
        if (usage != null && !usage[KEY_CERT_SIGN]) {
            return Optional.of("expected the certificate of an authority (keyUsage keyCertSign), found " + certificate
                    + ", which may not sign certificates");
        }
        if (now.isAfter(certificate.notAfter())) {
            return Optional.of(
                    "expected an authority in force, found " + certificate + ", which ended " + certificate.notAfter());
        }
        return PinnedAuthorities.find(certificate.sha256())
                .filter(pinned -> !pinned.environment().equals(environment))
                .map(pinned -> "expected an authority of environment " + environment + ", found " + pinned.name()
                        + " of environment " + pinned.environment());
    }
}
