package no.sertsynk.sync;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.rollover.Action;
import no.sertsynk.rollover.Role;

/**
 * What a run decided about one certificate for one purpose of a party.
 *
 * @param assessment what validation found in this run
 * @param until when a parallel certificate will leave, or a next one enter; empty for the others
 * @param takesOver when an announcement that names it takes effect; empty if none is ahead
 */
public record CertificateReport(
        Purpose purpose,
        PartnerCertificate certificate,
        Assessment assessment,
        Role role,
        Action action,
        Optional<Instant> until,
        Optional<Instant> takesOver,
        List<Reason> reasons,
        List<Reason> warnings) {
    public CertificateReport {
        reasons = List.copyOf(reasons);
        warnings = List.copyOf(warnings);
    }
}
