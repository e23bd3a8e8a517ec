package no.sertsynk.rollover;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Verdict;

/**
 * What a service's cut-over means for one purpose of a party: until then the old certificate stays, whether or not the
 * register names it; then it goes, whether or not the register names it, but never without an accepted successor.
 */
final class OldEnd {
    private final Optional<CutOver> cutOver;
    private final Instant now;
    private final Purpose purpose;
    private final List<Standing> standings;
    private final boolean hasCome;

    OldEnd(PartySituation situation, Purpose purpose, List<Standing> standings) {
        this.cutOver = situation.cutOver();
        this.now = situation.at();
        this.purpose = purpose;
        this.standings = standings;
        // An accepted one is installed, or will be by the same decision.
        this.hasCome = cutOver.filter(end -> end.isPast(now)).isPresent()
                && standings.stream().anyMatch(standing -> standing.isAccepted() && !governs(standing));
    }

    /** Whether the certificate is an old one, whose end the cut-over decides. */
    boolean governs(Standing standing) {
        return cutOver.filter(end -> end.isOld(standing.certificate())).isPresent();
    }

    /** Whether the certificate has to go. What is in doubt waits until the doubt is gone. */
    boolean reaches(Standing standing) {
        return hasCome && standing.isAccepted() && governs(standing);
    }

    /** When the cut-over is, if that is ahead. */
    Optional<Instant> ahead() {
        return cutOver.filter(end -> !end.isPast(now)).map(CutOver::at);
    }

    /** Those among whom the current one is chosen. */
    List<Standing> staying() {
        return standings.stream().filter(standing -> !reaches(standing)).toList();
    }

    /** Why a certificate goes. */
    Reason reason() {
        CutOver end = cutOver.orElseThrow();
        return Reason.of(
                ReasonCode.REGISTER_MISMATCH,
                "the service " + end.service() + " has switched it off at " + end.at()
                        + ", and an accepted successor is there");
    }

    /** That nothing new is there or may yet turn out to be good, though the old one ends soon or has ended. */
    Optional<Reason> lacking() {
        boolean hasOld = standings.stream()
                .anyMatch(standing -> governs(standing) && (standing.mayStay() || standing.isAccepted()));
        boolean hasNew = standings.stream()
                .anyMatch(standing -> !governs(standing)
                        && (standing.isAccepted()
                                || (standing.installed()
                                        && standing.assessment().verdict() == Verdict.UNDETERMINED)));
        return cutOver.filter(end -> hasOld && !hasNew && !now.isBefore(end.warnFrom()))
                .map(this::lacking);
    }

    private Reason lacking(CutOver end) {
        if (end.trouble().isPresent()) {
            return Reason.of(
                    ReasonCode.ENTRY_NOT_FOUND,
                    "expected a new " + purpose + " certificate by " + end.at() + ", when the service " + end.service()
                            + " switches the old one off, found no way to tell which are new: "
                            + end.trouble().get());
        }
        return Reason.of(
                ReasonCode.ENTRY_NOT_FOUND,
                end.isPast(now)
                        ? "expected a new " + purpose + " certificate, since the service " + end.service()
                                + " has switched the old one off at " + end.at()
                                + ", found none that is accepted; the old one stays until there is one: get it from"
                                + " the service and install it with sertsynk import"
                        : "expected a new " + purpose + " certificate before the service " + end.service()
                                + " switches the old one off at " + end.at()
                                + ", found none that is accepted; ask the service to register it in"
                                + " Adresseregisteret, or get it and install it with sertsynk import");
    }
}
