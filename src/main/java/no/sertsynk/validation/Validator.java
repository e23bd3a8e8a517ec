package no.sertsynk.validation;

import no.sertsynk.model.Assessment;
import no.sertsynk.model.PartnerCertificate;

/**
 * Tells whether certificates may be trusted, all as of one time and by one set of rules. Safe for threads. Never throws
 * for anything that a certificate or a server can do: that is a reason in the assessment.
 */
public interface Validator {
    Assessment assess(PartnerCertificate certificate);
}
