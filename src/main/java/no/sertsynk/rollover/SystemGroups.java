package no.sertsynk.rollover;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Sha256;
import no.sertsynk.model.SubjectIdentity;
import no.sertsynk.model.Verdict;

/**
 * A string that names an organisation or a name may match certificates of several systems. They are told apart by
 * organisation number, CN and OU; only one system's certificates are the party's.
 *
 * @param offers those that remain candidates
 * @param problem AMBIGUOUS if the system cannot be told
 */
record SystemGroups(List<Offer> offers, Optional<Reason> problem) {
    SystemGroups {
        offers = List.copyOf(offers);
    }

    static SystemGroups choose(PartySituation situation, List<Offer> offers) {
        Map<SubjectIdentity, List<Offer>> accepted = new LinkedHashMap<>();
        for (Offer offer : offers) {
            if (!offer.exact() && offer.assessment().verdict() == Verdict.ACCEPTED && serves(offer, situation)) {
                accepted.computeIfAbsent(offer.assessment().subject(), key -> new ArrayList<>())
                        .add(offer);
            }
        }
        if (accepted.size() <= 1) {
            return new SystemGroups(offers, Optional.empty());
        }
        Set<Sha256> own = Set.copyOf(situation.own().values());
        Optional<SubjectIdentity> chosen =
                only(accepted, offer -> own.contains(offer.certificate().sha256()));
        if (chosen.isEmpty()) {
            Set<SubjectIdentity> installed = installedIdentities(situation);
            chosen = only(
                    accepted, offer -> installed.contains(offer.assessment().subject()));
        }
        if (chosen.isEmpty()) {
            return new SystemGroups(List.of(), Optional.of(ambiguous(accepted.keySet())));
        }
        SubjectIdentity system = chosen.get();
        return new SystemGroups(
                offers.stream()
                        .filter(offer ->
                                offer.exact() || offer.assessment().subject().equals(system))
                        .toList(),
                Optional.empty());
    }

    private static boolean serves(Offer offer, PartySituation situation) {
        return offer.assessment().purposes().stream().anyMatch(situation.purposes()::contains);
    }

    private static Set<SubjectIdentity> installedIdentities(PartySituation situation) {
        Set<SubjectIdentity> identities = new java.util.HashSet<>();
        for (Installed installed : situation.installed()) {
            identities.add(installed.assessment().subject());
        }
        return identities;
    }

    /** The one group that has a member of that kind; empty if none or several have. */
    private static Optional<SubjectIdentity> only(
            Map<SubjectIdentity, List<Offer>> groups, java.util.function.Predicate<Offer> kind) {
        List<SubjectIdentity> found = groups.entrySet().stream()
                .filter(group -> group.getValue().stream().anyMatch(kind))
                .map(Map.Entry::getKey)
                .toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private static Reason ambiguous(Set<SubjectIdentity> systems) {
        StringBuilder names = new StringBuilder();
        for (SubjectIdentity system : systems) {
            names.append(names.isEmpty() ? "" : "; ")
                    .append('\'')
                    .append(system.commonName())
                    .append('\'');
            if (!system.organizationalUnits().isEmpty()) {
                names.append(" (")
                        .append(String.join(", ", system.organizationalUnits()))
                        .append(')');
            }
        }
        return Reason.of(
                ReasonCode.AMBIGUOUS,
                "expected the certificates of one system, found those of " + systems.size() + ": " + names
                        + "; nothing is changed, ask the party to register a string with serial numbers");
    }
}
