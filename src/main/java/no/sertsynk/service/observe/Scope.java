package no.sertsynk.service.observe;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.HerId;
import no.sertsynk.model.Purpose;

/**
 * What the configuration names: nothing else is shown, whatever the state remembers.
 *
 * @param oldOff when each service switches its old certificates off
 */
public record Scope(Set<HerId> parties, List<Target> targets, Map<String, Instant> oldOff) {
    public Scope {
        parties = Set.copyOf(parties);
        targets = List.copyOf(targets);
        oldOff = Map.copyOf(oldOff);
    }

    /**
     * A keystore.
     *
     * @param parties whose certificates it holds; empty for all
     * @param hooks the labels of those who are told of its changes
     */
    public record Target(String name, Set<Purpose> purposes, Optional<Set<HerId>> parties, List<String> hooks) {
        public Target {
            purposes = Set.copyOf(purposes);
            hooks = List.copyOf(hooks);
        }

        boolean serves(HerId herId, Purpose purpose) {
            return purposes.contains(purpose)
                    && (parties.isEmpty() || parties.get().contains(herId));
        }
    }
}
