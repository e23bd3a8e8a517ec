package no.sertsynk.rollover;

import java.util.Comparator;
import no.sertsynk.model.PartnerCertificate;

/** Which of several accepted certificates clients should use: latest start, then latest end, then smallest digest. */
public final class Preference {
    /** The preferred one is the smallest. */
    public static final Comparator<PartnerCertificate> ORDER = Comparator.comparing(PartnerCertificate::notBefore)
            .thenComparing(PartnerCertificate::notAfter)
            .reversed()
            .thenComparing(PartnerCertificate::sha256);

    private Preference() {}
}
