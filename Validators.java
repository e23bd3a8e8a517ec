package no.sertsynk.validation;

import no.sertsynk.validation.path.PathChecker;
import no.sertsynk.validation.profile.CertificateProfile;
import no.sertsynk.validation.profile.PathAlgorithms;
import no.sertsynk.validation.revocation.CrlSource;
import no.sertsynk.validation.trust.TrustStore;

/** Where validators come from. */
public final class Validators {
    private Validators() {}

    /**
     * A validator for one run. What it learns of an issuer, its own path and its revocation lists, it asks once and keeps
     * as long as it lives, so a later run needs a new one. Making the first one in a process costs about a tenth of a
     * second, which may be spent on another thread.
     *
     * @param crls not asked at all if revocation is off; closed by its owner
     */
    public static Validator create(TrustStore trust, ValidationSettings settings, CrlSource crls) {
        PathChecker paths = new PathChecker(trust, settings, crls);
        return switch (settings.policy()) {
            case RFC5280 -> new CertificateValidator(paths, CertificateProfile.plain(), PathAlgorithms.any());
            case VIRKSOMHET ->
                new CertificateValidator(
                        paths,
                        CertificateProfile.virksomhet(settings.minimumRsaBits()),
                        PathAlgorithms.strong(settings.minimumRsaBits()));
        };
    }
}
