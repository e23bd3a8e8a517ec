package no.sertsynk.rollover;

import no.sertsynk.model.Assessment;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;

/** A certificate that lies in at least one keystore for a party and purpose, assessed in this run. */
public record Installed(PartnerCertificate certificate, Assessment assessment, Purpose purpose, boolean current) {}
