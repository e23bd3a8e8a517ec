package no.sertsynk.rollover;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Sha256;

/**
 * Which certificate clients should use for one purpose of a party, and REGISTER_MISMATCH if the register uses one that
 * the directory does not have.
 */
record CurrentChoice(Optional<Standing> chosen, Optional<Reason> warning) {

    /**
     * The choice.
     *
     * @param standings the preferred one first
     * @param candidates all that the party has now, for whatever purpose
     */
    static CurrentChoice of(
            PartySituation situation, Purpose purpose, List<Standing> standings, Set<Sha256> candidates) {
        List<Standing> eligible = eligible(standings);
        Optional<Sha256> own = Optional.ofNullable(situation.own().get(purpose));
        Optional<Standing> ofRegister = own.flatMap(sha256 ->
                first(eligible, standing -> standing.certificate().sha256().equals(sha256)));
        if (ofRegister.isPresent()) {
            return new CurrentChoice(ofRegister, Optional.empty());
        }
        boolean answered = situation.problems().isEmpty() && !candidates.isEmpty();
        Optional<Sha256> missed = own.filter(sha256 -> answered && !candidates.contains(sha256));
        Optional<Standing> installed = first(standings, standing -> standing.wasCurrent() && standing.mayStay());
        boolean stays = missed.isPresent() || isUnsure(situation) || eligible.isEmpty();
        Optional<Standing> chosen = installed.filter(standing -> stays).or(() -> preferred(standings, eligible));
        return new CurrentChoice(chosen, missed.map(sha256 -> mismatch(purpose, sha256, installed.isPresent())));
    }

    /** Among whom current is chosen; an announcement that has taken effect goes before what it replaces. */
    private static List<Standing> eligible(List<Standing> standings) {
        List<Standing> effective = standings.stream()
                .filter(standing -> standing.naming() == Naming.TAKEN_EFFECT && standing.isAccepted())
                .toList();
        return effective.isEmpty()
                ? standings.stream().filter(Standing::isEligible).toList()
                : effective;
    }

    /** Whether somebody did not answer who might have named the installed one: then it is not displaced. */
    private static boolean isUnsure(PartySituation situation) {
        return situation.problems().stream()
                .anyMatch(problem -> problem.code().isUndetermined() || problem.code() == ReasonCode.LIMIT_EXCEEDED);
    }

    /** Without a candidate, what is installed serves, then what is announced, then what is in doubt. */
    private static Optional<Standing> preferred(List<Standing> standings, List<Standing> eligible) {
        return first(eligible, standing -> true)
                .or(() -> first(standings, standing -> standing.installed() && standing.isAccepted()))
                .or(() -> first(standings, Standing::isAccepted))
                .or(() -> first(standings, Standing::mayStay));
    }

    private static Optional<Standing> first(List<Standing> standings, Predicate<Standing> kind) {
        return standings.stream().filter(kind).findFirst();
    }

    private static Reason mismatch(Purpose purpose, Sha256 own, boolean hasInstalled) {
        return Reason.of(
                ReasonCode.REGISTER_MISMATCH,
                "expected the register's own " + purpose + " certificate (SHA-256 " + own
                        + ") among the directory's, found others; "
                        + (hasInstalled ? "the installed one stays current" : "the preferred one becomes current")
                        + ", ask the party to correct its string in Adresseregisteret");
    }
}
