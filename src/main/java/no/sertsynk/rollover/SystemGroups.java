package no.sertsynk.rollover;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Sha256;
import no.sertsynk.model.SubjectIdentity;
import no.sertsynk.model.Verdict;

/**
 * A string that names an organisation or a name may match certificates of several systems. They are told apart by
 * organisation number, CN and OU; only one system's certificates are the party's.
 */
final class SystemGroups {
    private final PartySituation situation;
    private final List<Offer> offers;

    private SystemGroups(PartySituation situation, List<Offer> offers) {
        this.situation = situation;
        this.offers = offers;
    }

    /**
     * What remains of the offers.
     *
     * @param offers those of one system
     * @param problem AMBIGUOUS if the system cannot be told; then none remain
     */
    record Choice(List<Offer> offers, Optional<Reason> problem) {
        Choice {
            offers = List.copyOf(offers);
        }
    }

    /** The choice among offers that are in force together. */
    static Choice choose(PartySituation situation, List<Offer> offers) {
        return new SystemGroups(situation, offers).choose();
    }

    private Choice choose() {
        Set<SubjectIdentity> accepted = accepted();
        if (accepted.size() <= 1) {
            return new Choice(offers, Optional.empty());
        }
        return ofRegister()
                .or(() -> ofInstalled(accepted, Installed::current))
                .or(() -> ofInstalled(accepted, installed -> true))
                .map(system -> new Choice(
                        offers.stream()
                                .filter(offer -> offer.exact() || system(offer).equals(system))
                                .toList(),
                        Optional.empty()))
                .orElseGet(() -> new Choice(List.of(), Optional.of(ambiguous(accepted))));
    }

    /** The systems that have something to install; in the order of their names, so that the message is always the same. */
    private Set<SubjectIdentity> accepted() {
        Map<String, SubjectIdentity> accepted = new TreeMap<>();
        for (Offer offer : offers) {
            if (!offer.exact()
                    && offer.assessment().verdict() == Verdict.ACCEPTED
                    && situation.organization().mayAccept(system(offer).organizationNumber())
                    && offer.assessment().purposes().stream().anyMatch(situation.purposes()::contains)) {
                accepted.put(system(offer).toString(), system(offer));
            }
        }
        return new LinkedHashSet<>(accepted.values());
    }

    /** The system of the register's own certificate, also if that one is not accepted. */
    private Optional<SubjectIdentity> ofRegister() {
        Set<Sha256> own = Set.copyOf(situation.own().values());
        return only(offers.stream()
                .filter(offer -> own.contains(offer.certificate().sha256()))
                .map(SystemGroups::system)
                .collect(Collectors.toSet()));
    }

    private Optional<SubjectIdentity> ofInstalled(Set<SubjectIdentity> accepted, Predicate<Installed> kind) {
        return only(situation.installed().stream()
                .filter(kind)
                .map(installed -> installed.assessment().subject())
                .filter(accepted::contains)
                .collect(Collectors.toSet()));
    }

    private static Optional<SubjectIdentity> only(Set<SubjectIdentity> systems) {
        return systems.size() == 1 ? systems.stream().findFirst() : Optional.empty();
    }

    private static SubjectIdentity system(Offer offer) {
        return offer.assessment().subject();
    }

    private static Reason ambiguous(Set<SubjectIdentity> systems) {
        String names = systems.stream().map(SystemGroups::name).collect(Collectors.joining("; "));
        return Reason.of(
                ReasonCode.AMBIGUOUS,
                "expected the certificates of one system, found those of " + systems.size() + ": " + names
                        + "; nothing is changed, ask the party to register a string with serial numbers");
    }

    private static String name(SubjectIdentity system) {
        List<String> more = new ArrayList<>(system.organizationalUnits());
        system.organizationNumber().ifPresent(number -> more.addFirst(number.digits()));
        return "'" + system.commonName() + "'" + (more.isEmpty() ? "" : " (" + String.join(", ", more) + ")");
    }
}
