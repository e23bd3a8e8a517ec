package no.sertsynk.app;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import no.sertsynk.config.Configuration;
import no.sertsynk.model.DistinguishedNames;
import no.sertsynk.model.HerId;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.service.hook.Announcer.Hooked;
import no.sertsynk.service.hook.Hook;
import no.sertsynk.service.observe.Observed;
import no.sertsynk.service.observe.Observed.RevocationList;
import no.sertsynk.service.observe.Scope;
import no.sertsynk.service.observe.SyncMetrics;
import no.sertsynk.state.SqliteStatus;
import no.sertsynk.state.StateException;
import no.sertsynk.sync.SyncSettings;
import no.sertsynk.sync.SyncSettings.PartySetting;
import no.sertsynk.validation.revocation.RevocationFolder;
import no.sertsynk.validation.revocation.RevocationFolder.Kept;

/** Gathers what figures for monitoring show of a configuration and its state. */
final class Figures {
    private static final String OTHER = "other";

    private final Configuration configuration;
    private final StageSettings settings;

    Figures(Configuration configuration, StageSettings settings) {
        this.configuration = configuration;
        this.settings = settings;
    }

    void show(SyncMetrics metrics, Instant at) throws UsageException {
        try {
            Optional<SqliteStatus> opened = SqliteStatus.open(configuration.state());
            if (opened.isEmpty()) {
                metrics.show(new Observed(at, scope(), opened, lists()));
                return;
            }
            try (SqliteStatus status = opened.get()) {
                metrics.show(new Observed(at, scope(), Optional.of(status), lists()));
            }
        } catch (StateException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private Scope scope() {
        SyncSettings sync = settings.sync();
        Set<HerId> parties = new HashSet<>();
        sync.parties().stream().map(PartySetting::herId).forEach(parties::add);
        Map<String, List<String>> hooks = new HashMap<>();
        for (Hooked hooked : settings.hooks()) {
            hooks.put(
                    hooked.name(),
                    hooked.hooks().stream().map(Hook::label).distinct().toList());
        }
        Map<String, Instant> oldOff = new HashMap<>();
        sync.services().forEach(service -> service.oldOff().ifPresent(at -> oldOff.put(service.name(), at)));
        return new Scope(
                parties,
                sync.keystores().stream()
                        .map(keystore -> new Scope.Target(
                                keystore.spec().name(),
                                keystore.purposes(),
                                keystore.parties(),
                                hooks.getOrDefault(keystore.spec().name(), List.of())))
                        .toList(),
                oldOff);
    }

    /** The newest list of each configured authority; those of all others together, since names in lists are anybody's. */
    private List<RevocationList> lists() {
        Path folder = configuration.state().resolve("revocation");
        Map<X500Principal, String> names = new HashMap<>();
        Authorities authorities = Authorities.of(configuration);
        for (PartnerCertificate certificate : authorities.anchors().certificates()) {
            name(names, certificate);
        }
        for (PartnerCertificate certificate : authorities.intermediates().certificates()) {
            name(names, certificate);
        }
        Map<String, RevocationList> newest = new HashMap<>();
        for (Kept kept : RevocationFolder.readOnly(folder).kept()) {
            String issuer = names.getOrDefault(kept.issuer(), OTHER);
            newest.merge(
                    issuer,
                    new RevocationList(issuer, kept.nextUpdate(), kept.bytes()),
                    (one, other) -> isNewer(one, other) ? one : other);
        }
        return new ArrayList<>(newest.values());
    }

    private static void name(Map<X500Principal, String> names, PartnerCertificate certificate) {
        X500Principal subject = certificate.x509().getSubjectX500Principal();
        names.put(subject, DistinguishedNames.text(subject));
    }

    private static boolean isNewer(RevocationList one, RevocationList other) {
        return one.nextUpdate().orElse(Instant.EPOCH).isAfter(other.nextUpdate().orElse(Instant.EPOCH));
    }
}
