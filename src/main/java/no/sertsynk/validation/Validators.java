package no.sertsynk.validation;

import no.sertsynk.validation.path.IssuerSource;
import no.sertsynk.validation.revocation.CrlSource;
import no.sertsynk.validation.revocation.RevocationCheck;

/** Validators by trust, rules and revocation lists. */
public final class Validators {
    private Validators() {}

    /** Judges revocation by those lists. */
    public static Validator create(TrustStore trust, ValidationSettings settings, CrlSource lists) {
        return create(trust, settings, RevocationCheck.create(trust, settings, lists));
    }

    /** Knows no authorities but those of the trust store. */
    public static Validator create(TrustStore trust, ValidationSettings settings, RevocationCheck revocation) {
        return create(trust, settings, revocation, IssuerSource.none());
    }

    /**
     * A validator for one run: what it learns of an issuer it keeps as long as it lives, so a later run needs a new one.
     *
     * @param issuers asked for authorities that the trust store lacks
     */
    public static Validator create(
            TrustStore trust, ValidationSettings settings, RevocationCheck revocation, IssuerSource issuers) {
        return new CertificateValidator(trust, settings, revocation, issuers);
    }
}
