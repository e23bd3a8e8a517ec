package no.sertsynk.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import no.sertsynk.keystore.KeystoreSpec;
import no.sertsynk.model.AliasTemplate;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.Purpose;
import no.sertsynk.rollover.CutOver;
import no.sertsynk.rollover.OrganizationMode;

/**
 * What every run of a configuration has in common.
 *
 * @param parties in the order of the configuration
 * @param keepPrevious how long a certificate that the register has dropped stays; empty: until it expires
 * @param maxChangePercent the limit of the max-change guard
 * @param services whose certificates change, in the order of the configuration
 */
public record SyncSettings(
        List<PartySetting> parties,
        List<KeystoreSetting> keystores,
        OrganizationMode organizationMode,
        Optional<Duration> keepPrevious,
        int maxChangePercent,
        List<ServiceSetting> services) {
    public SyncSettings {
        services = List.copyOf(services);
        parties = List.copyOf(parties);
        keystores = List.copyOf(keystores);
    }

    /**
     * A party to keep up to date.
     *
     * @param pin the only organisation number that its certificates may have, if the administrator says so
     */
    public record PartySetting(HerId herId, Optional<OrganizationNumber> pin) {}

    /**
     * A service whose certificates change.
     *
     * @param parties whose certificates it uses for messages; none if this host only connects to it
     * @param cutOver of those parties
     */
    public record ServiceSetting(
            String name,
            Set<HerId> parties,
            Optional<Instant> published,
            Optional<Instant> parallelFrom,
            Optional<Instant> oldOff,
            Optional<CutOver> cutOver) {
        public ServiceSetting {
            parties = Set.copyOf(parties);
        }
    }

    /** When the old certificates of the party are switched off, if any service tells. */
    public Optional<CutOver> cutOver(HerId herId) {
        return services.stream()
                .filter(service -> service.parties().contains(herId))
                .flatMap(service -> service.cutOver().stream())
                .findFirst();
    }

    /**
     * A keystore to keep up to date.
     *
     * @param parties whose certificates it holds; empty for all
     * @param aliases how its entries are named
     */
    public record KeystoreSetting(
            KeystoreSpec spec, Set<Purpose> purposes, Optional<Set<HerId>> parties, AliasTemplate aliases) {
        public KeystoreSetting {
            purposes = Set.copyOf(purposes);
        }

        boolean serves(HerId herId) {
            return parties.isEmpty() || parties.get().contains(herId);
        }
    }

    /** The purposes that any keystore wants of the party. */
    public Set<Purpose> purposes(HerId herId) {
        Set<Purpose> purposes = new TreeSet<>();
        for (KeystoreSetting keystore : keystores) {
            if (keystore.serves(herId)) {
                purposes.addAll(keystore.purposes());
            }
        }
        return purposes;
    }
}
