package no.sertsynk.rollover;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import no.sertsynk.model.HerId;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.rollover.Guards.Pair;

/**
 * What the decisions of a whole run would take away, and the same decisions with that held back. Pure.
 *
 * <p>Whoever is touched by the run and has an entry that no decision names loses it: the party or the purpose was taken
 * out of the configuration.
 */
public final class Withholding {
    private final Instant at;
    private final List<Holding> holdings;
    private final Map<Pair, Set<PartnerCertificate>> currentBefore = new HashMap<>();
    private final Map<HerId, PartyDecision> decisions;
    private final Predicate<HerId> touched;

    /**
     * @param at the time of the decisions
     * @param holdings every entry of ours in every keystore
     * @param touched whether the run may change what a party has
     */
    public Withholding(
            Instant at, Collection<Holding> holdings, Map<HerId, PartyDecision> decisions, Predicate<HerId> touched) {
        this.at = at;
        this.holdings = List.copyOf(holdings);
        this.decisions = Map.copyOf(decisions);
        this.touched = touched;
        this.holdings.stream()
                .filter(Holding::current)
                .forEach(holding -> currentBefore
                        .computeIfAbsent(holding.pair(), key -> new HashSet<>())
                        .add(holding.certificate()));
    }

    /** The pairs of party and purpose that have an entry. */
    public Set<Pair> installed() {
        Set<Pair> installed = new HashSet<>();
        holdings.forEach(holding -> installed.add(holding.pair()));
        return installed;
    }

    /** The pairs that have an entry which has not expired, and would have none after the run. */
    public Set<Pair> losing() {
        Set<Pair> losing = new HashSet<>();
        for (Holding holding : holdings) {
            HerId herId = holding.pair().herId();
            if (touched.test(herId) && !hasExpired(holding.certificate().notAfter()) && !remains(holding.pair())) {
                losing.add(holding.pair());
            }
        }
        return losing;
    }

    private boolean remains(Pair pair) {
        PartyDecision decision = decisions.get(pair.herId());
        return decision != null
                && decision.certificates().stream()
                        .anyMatch(certificate -> certificate.purpose() == pair.purpose() && certificate.isInstalled());
    }

    /** The decisions with every removal but those by expiry turned into an entry that stays beside what is current. */
    public Map<HerId, PartyDecision> withoutRemovals(Reason why) {
        return mapped((pair, certificate) -> {
            if (!isWithheld(certificate)) {
                return certificate;
            }
            boolean current = heir(pair).filter(certificate::equals).isPresent();
            return certificate.as(current ? Role.CURRENT : Role.PARALLEL, Action.KEEP, why);
        });
    }

    /** The decisions with every change turned into none. */
    public Map<HerId, PartyDecision> withoutChanges(Reason why) {
        return mapped((pair, certificate) -> switch (certificate.action()) {
            case ADD -> certificate.as(Role.NONE, Action.WAIT, why);
            case PROMOTE, RETIRE, REMOVE -> certificate.as(roleBefore(pair, certificate), Action.KEEP, why);
            case KEEP -> certificate.as(roleBefore(pair, certificate), Action.KEEP);
            case WAIT, REJECT -> certificate;
        });
    }

    private Map<HerId, PartyDecision> mapped(BiFunction<Pair, CertificateDecision, CertificateDecision> change) {
        Map<HerId, PartyDecision> mapped = new HashMap<>();
        decisions.forEach((herId, decision) -> mapped.put(
                herId,
                decision.with(decision.certificates().stream()
                        .map(certificate -> change.apply(new Pair(herId, certificate.purpose()), certificate))
                        .toList())));
        return mapped;
    }

    private boolean isWithheld(CertificateDecision certificate) {
        return certificate.action() == Action.REMOVE
                && !hasExpired(certificate.certificate().notAfter());
    }

    /** By its own date: an authority that expires takes away as much at once as one that is distrusted. */
    private boolean hasExpired(Instant notAfter) {
        return notAfter.isBefore(at);
    }

    /** Which withheld removal leaves the current one, if nothing else is current: what was, else the preferred one. */
    private Optional<CertificateDecision> heir(Pair pair) {
        PartyDecision decision = decisions.get(pair.herId());
        if (decision == null || decision.current(pair.purpose()).isPresent()) {
            return Optional.empty();
        }
        return decision.certificates().stream()
                .filter(certificate -> certificate.purpose() == pair.purpose() && isWithheld(certificate))
                .min(Comparator.<CertificateDecision, Role>comparing(certificate -> roleBefore(pair, certificate))
                        .thenComparing(CertificateDecision::certificate, Preference.ORDER));
    }

    private Role roleBefore(Pair pair, CertificateDecision certificate) {
        boolean current = currentBefore.getOrDefault(pair, Set.of()).contains(certificate.certificate());
        return current ? Role.CURRENT : Role.PARALLEL;
    }
}
