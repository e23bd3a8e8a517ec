package no.sertsynk.rollover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;

/**
 * What is to become of one certificate for one purpose.
 *
 * @param assessment with the organisation rule applied
 * @param until when a parallel one leaves or a next one enters
 * @param takesOver when it becomes a candidate to be current, since an announcement that names it takes effect
 */
public record CertificateDecision(
        Purpose purpose,
        PartnerCertificate certificate,
        Assessment assessment,
        Role role,
        Action action,
        Optional<Instant> until,
        Optional<Instant> takesOver,
        List<Reason> reasons) {
    public CertificateDecision {
        reasons = List.copyOf(reasons);
    }

    /** Whether the certificate is to lie in the keystores. */
    public boolean isInstalled() {
        return role == Role.CURRENT || role == Role.PARALLEL;
    }

    /** The same certificate with another fate, and further reasons for it. */
    CertificateDecision as(Role newRole, Action newAction, Reason... why) {
        List<Reason> all = new ArrayList<>(reasons);
        all.addAll(List.of(why));
        Optional<Instant> newUntil = newRole == role ? until : Optional.empty();
        return new CertificateDecision(purpose, certificate, assessment, newRole, newAction, newUntil, takesOver, all);
    }
}
