package no.sertsynk.validation.profile;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.SubjectIdentity;

/** Reads out of one certificate whom it names and what it may be used for, and holds it to a set of rules. Pure. */
@FunctionalInterface
public interface CertificateProfile {
    /** Never throws for anything a certificate can hold. */
    Findings inspect(X509Certificate certificate);

    /**
     * What one certificate says.
     *
     * @param purposes what its key usage allows, also if it is refused
     * @param reasons what the profile has against it
     */
    record Findings(Set<Purpose> purposes, SubjectIdentity subject, List<Reason> reasons, List<Reason> warnings) {
        public Findings {
            purposes = Set.copyOf(purposes);
            reasons = List.copyOf(reasons);
            warnings = List.copyOf(warnings);
        }
    }

    /** No rules of its own: purposes come from key usage alone, and a certificate without key usage has all three. */
    static CertificateProfile plain() {
        return certificate ->
                new Findings(KeyUsages.purposes(certificate), Subjects.identity(certificate), List.of(), List.of());
    }

    /** The rules for Norwegian organisation certificates, SEID version 1 and 2. */
    static CertificateProfile virksomhet() {
        return new VirksomhetProfile(PersonPolicies.load());
    }
}
