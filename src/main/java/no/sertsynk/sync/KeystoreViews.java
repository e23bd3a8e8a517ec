package no.sertsynk.sync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import no.sertsynk.keystore.KeystoreContents;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.HerId;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Sha256;
import no.sertsynk.rollover.Guards.Pair;
import no.sertsynk.rollover.Holding;
import no.sertsynk.rollover.Installed;
import no.sertsynk.rollover.Role;
import no.sertsynk.sync.DesiredEntries.Content;
import no.sertsynk.sync.SyncSettings.KeystoreSetting;
import no.sertsynk.sync.SyncSettings.PartySetting;
import no.sertsynk.sync.SyncState.Entry;
import no.sertsynk.sync.SyncState.KeystoreMemory;
import no.sertsynk.sync.SyncState.Memory;
import no.sertsynk.sync.SyncState.Seal;

/**
 * The keystores as a run finds them. A file is read only where it may differ from what the state says of it; what an
 * earlier run has done and not told the state is told now. Safe for threads.
 */
final class KeystoreViews {
    private final Map<String, KeystoreView> views;
    private final Map<HerId, List<Place>> byParty = new HashMap<>();
    private final Map<Sha256, PartnerCertificate> met = new ConcurrentHashMap<>();
    private final SyncState state;

    private KeystoreViews(Map<String, KeystoreView> views, SyncState state) {
        this.views = views;
        this.state = state;
        views.values()
                .forEach(view -> view.owned()
                        .forEach(entry -> byParty.computeIfAbsent(entry.herId(), key -> new ArrayList<>())
                                .add(new Place(view, entry))));
    }

    static KeystoreViews look(
            SyncSettings settings, KeystoreAccess keystores, SyncState state, SyncRequest request, Memory memory) {
        Set<HerId> configured =
                settings.parties().stream().map(PartySetting::herId).collect(Collectors.toSet());
        Map<String, KeystoreView> views = new LinkedHashMap<>();
        for (KeystoreSetting setting : settings.keystores()) {
            Looking looking = new Looking(
                    setting,
                    new KeystoreOwnership(setting, configured, request.startedAt()),
                    keystores,
                    state,
                    request.dryRun());
            views.put(
                    setting.spec().name(),
                    looking.look(memory.keystore(setting.spec().name())));
        }
        return new KeystoreViews(views, state);
    }

    /** The look at one keystore. */
    private record Looking(
            KeystoreSetting setting,
            KeystoreOwnership ownership,
            KeystoreAccess keystores,
            SyncState state,
            boolean dryRun) {
        KeystoreView look(KeystoreMemory memory) {
            try {
                Optional<Seal> seal = seal();
                boolean isKnown = memory.claim().isEmpty()
                        && memory.seal().isPresent()
                        && memory.seal().equals(seal);
                return isKnown
                        ? new KeystoreView(
                                setting, memory, Optional.empty(), memory.entries(), seal, List.of(), List.of())
                        : read(memory, seal);
            } catch (KeystoreException e) {
                return new KeystoreView(
                        setting, memory, Optional.empty(), List.of(), Optional.empty(), List.of(e.reason()), List.of());
            }
        }

        private Optional<Seal> seal() throws KeystoreException {
            Optional<String> stamp = keystores.stamp(setting.spec());
            return stamp.isEmpty()
                    ? Optional.empty()
                    : state.fingerprint(
                                    setting.spec() + " " + setting.aliases(),
                                    setting.spec().password())
                            .map(settings -> new Seal(stamp.get(), settings));
        }

        private KeystoreView read(KeystoreMemory known, Optional<Seal> before) throws KeystoreException {
            KeystoreContents contents = keystores.read(setting.spec());
            Optional<Seal> after = seal();
            KeystoreMemory memory = reconciled(known, contents);
            List<Entry> owned = ownership.owned(contents, memory);
            List<String> notices = KeystoreOwnership.adopts(memory) && !owned.isEmpty()
                    ? List.of(owned.size() + " entries that are named as sertsynk names them count as its own now")
                    : List.of();
            return new KeystoreView(
                    setting,
                    memory,
                    Optional.of(contents),
                    owned,
                    after.filter(seal -> before.filter(seal::equals).isPresent()),
                    List.of(),
                    notices);
        }

        private KeystoreMemory reconciled(KeystoreMemory memory, KeystoreContents contents) {
            if (memory.claim().isEmpty()
                    || !KeystoreOwnership.holds(contents, memory.claim().get())) {
                return memory;
            }
            if (!dryRun) {
                state.settle(setting.spec().name());
            }
            return KeystoreOwnership.settled(memory, memory.claim().get());
        }
    }

    Collection<KeystoreView> all() {
        return views.values();
    }

    /** An entry of ours and the keystore that holds it. */
    private record Place(KeystoreView view, Entry entry) {}

    /** What is installed for a party: each certificate once for each purpose, judged anew; current if it is so somewhere. */
    List<Installed> installed(HerId herId, Function<PartnerCertificate, Assessment> assess) {
        Map<Content, Installed> installed = new LinkedHashMap<>();
        for (Place place : byParty.getOrDefault(herId, List.of())) {
            Entry entry = place.entry();
            certificate(place)
                    .ifPresent(certificate -> installed.merge(
                            Content.of(entry),
                            new Installed(
                                    certificate,
                                    assess.apply(certificate),
                                    entry.purpose(),
                                    entry.role() == Role.CURRENT),
                            (a, b) -> a.current() ? a : b));
        }
        return List.copyOf(installed.values());
    }

    /** Every entry of ours, for the guards. */
    List<Holding> holdings() {
        List<Holding> holdings = new ArrayList<>();
        byParty.forEach((herId, places) -> places.forEach(place -> certificate(place)
                .ifPresent(certificate -> holdings.add(new Holding(
                        new Pair(herId, place.entry().purpose()),
                        certificate,
                        place.entry().role() == Role.CURRENT)))));
        return holdings;
    }

    /** A certificate that the run has got elsewhere need not be got from the state. */
    void meet(PartnerCertificate certificate) {
        met.put(certificate.sha256(), certificate);
    }

    private Optional<PartnerCertificate> certificate(Place place) {
        Optional<KeystoreContents> contents = place.view().contents();
        if (contents.isPresent()) {
            return Optional.ofNullable(
                    contents.get().certificates().get(place.entry().alias()));
        }
        Sha256 sha256 = place.entry().sha256();
        PartnerCertificate known = met.get(sha256);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<PartnerCertificate> stored = state.certificate(sha256);
        stored.ifPresent(this::meet);
        return stored;
    }

    /** Reports that nothing was changed. */
    List<KeystoreReport> untouched() {
        List<KeystoreReport> reports = new ArrayList<>();
        views.values().forEach(view -> reports.add(view.untouched(view.problems())));
        return reports;
    }
}
