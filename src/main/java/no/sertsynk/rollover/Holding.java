package no.sertsynk.rollover;

import no.sertsynk.model.PartnerCertificate;

/** An entry of ours in one keystore before the run, whether or not the run looks at its party. */
public record Holding(Guards.Pair pair, PartnerCertificate certificate, boolean current) {}
