package no.sertsynk.rollover;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Sha256;
import no.sertsynk.model.Verdict;

/** Brings together what is offered and what is installed. */
final class Standings {
    private Standings() {}

    /** All certificates that bear on the purpose, the preferred one first. */
    static List<Standing> of(PartySituation situation, Purpose purpose, List<Offer> offers, OrganizationRule rule) {
        Map<Sha256, Standing> standings = new LinkedHashMap<>();
        for (Offer offer : ofPurpose(purpose, offers)) {
            standings.put(
                    offer.certificate().sha256(),
                    new Standing(
                            offer.certificate(),
                            forPurpose(purpose, offer.assessment()),
                            offer.naming(situation.at()),
                            false,
                            false,
                            offer.takesOver(situation.at())));
        }
        for (Installed installed : situation.installed()) {
            if (installed.purpose() == purpose) {
                Assessment assessment = forPurpose(purpose, rule.apply(installed.assessment()));
                standings.merge(
                        installed.certificate().sha256(),
                        new Standing(
                                installed.certificate(),
                                assessment,
                                unoffered(situation, installed.certificate()),
                                true,
                                installed.current(),
                                Optional.empty()),
                        Standings::merge);
            }
        }
        return standings.values().stream().sorted(Standing.ORDER).toList();
    }

    /** One certificate, offered or seen in one keystore, and seen in another. */
    private static Standing merge(Standing known, Standing installed) {
        return new Standing(
                known.certificate(),
                known.assessment(),
                known.naming(),
                true,
                known.wasCurrent() || installed.wasCurrent(),
                known.takesOver());
    }

    private static Naming unoffered(PartySituation situation, PartnerCertificate certificate) {
        return situation.missingSerials().contains(certificate.serial()) ? Naming.MISSING : Naming.NOT;
    }

    /** If there are none, those that serve no purpose at all: they explain why. */
    private static List<Offer> ofPurpose(Purpose purpose, List<Offer> offers) {
        List<Offer> serving = offers.stream()
                .filter(offer -> offer.assessment().purposes().contains(purpose))
                .toList();
        return !serving.isEmpty()
                ? serving
                : offers.stream()
                        .filter(offer -> offer.assessment().purposes().isEmpty())
                        .toList();
    }

    private static Assessment forPurpose(Purpose purpose, Assessment assessment) {
        if (assessment.purposes().contains(purpose) || assessment.verdict() == Verdict.REJECTED) {
            return assessment;
        }
        return assessment.rejected(Reason.of(
                ReasonCode.WRONG_KEY_USAGE,
                "expected a key usage that allows " + purpose + ", found one for " + assessment.purposes()));
    }
}
