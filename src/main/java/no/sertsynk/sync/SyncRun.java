package no.sertsynk.sync;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import no.sertsynk.keystore.KeystoreContents;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.model.Verdict;
import no.sertsynk.rollover.Action;
import no.sertsynk.rollover.CertificateDecision;
import no.sertsynk.rollover.Guards;
import no.sertsynk.rollover.Guards.Guard;
import no.sertsynk.rollover.Guards.Pair;
import no.sertsynk.rollover.Holding;
import no.sertsynk.rollover.Installed;
import no.sertsynk.rollover.OrganizationFacts;
import no.sertsynk.rollover.OrganizationMode;
import no.sertsynk.rollover.PartyDecision;
import no.sertsynk.rollover.PartySituation;
import no.sertsynk.rollover.Role;
import no.sertsynk.rollover.Rollover;
import no.sertsynk.rollover.Withholding;
import no.sertsynk.sync.SyncSettings.KeystoreSetting;
import no.sertsynk.sync.SyncSettings.PartySetting;
import no.sertsynk.sync.SyncState.Entry;
import no.sertsynk.sync.SyncState.KeystoreMemory;
import no.sertsynk.sync.SyncState.Memory;
import no.sertsynk.sync.SyncState.PartyMemory;

/**
 * One run of the flow: register → directory → validation → rollover → keystore. A party's stages overlap with those of
 * others; the keystores are written once, when all parties are decided. For one use.
 */
public final class SyncRun {
    private final SyncSettings settings;
    private final Stages stages;
    private final SyncState state;
    private final SyncListener listener;
    private final SyncRequest request;
    private final Memory memory;
    private final Set<HerId> configured;

    private final Map<String, KeystoreContents> contents = new HashMap<>();
    private final Map<String, List<Entry>> owned = new HashMap<>();
    private final Map<String, List<Reason>> keystoreProblems = new HashMap<>();
    private final Map<HerId, PartyFindings> findings = new ConcurrentHashMap<>();
    private final Map<HerId, PartyDecision> decisions = new ConcurrentHashMap<>();

    public SyncRun(SyncSettings settings, Stages stages, SyncState state, SyncListener listener, SyncRequest request) {
        this.settings = settings;
        this.stages = stages;
        this.state = state;
        this.listener = listener;
        this.request = request;
        this.memory = state.recall();
        this.configured = settings.parties().stream().map(PartySetting::herId).collect(Collectors.toSet());
    }

    /** Runs, writes the keystores and records the run, unless it is a dry one. */
    public SyncReport run() {
        readKeystores();
        List<PartySetting> parties = settings.parties().stream()
                .filter(party -> request.touches(party.herId()))
                .toList();
        ParallelParties.forEach(parties, this::decide, listener);
        Withholding withholding = withholding();
        Optional<Reason> stopped = clockGuard();
        if (stopped.isPresent()) {
            decisions.putAll(withholding.withoutChanges(stopped.get()));
            return report(parties, stopped, Map.of(), List.of());
        }
        stopped = registerDown(parties);
        if (stopped.isPresent()) {
            decisions.putAll(withholding.withoutChanges(stopped.get()));
            SyncReport report = report(parties, stopped, Map.of(), untouchedKeystores());
            record(report);
            return report;
        }
        Optional<Reason> guard = removalGuard(withholding);
        guard.ifPresent(reason -> decisions.putAll(withholding.withoutRemovals(reason)));
        KeystoreUpdate update = new KeystoreUpdate(settings, stages.keystores(), state, request, memory, decisions);
        List<KeystoreReport> keystores = new ArrayList<>();
        for (KeystoreSetting keystore : settings.keystores()) {
            String name = keystore.spec().name();
            List<Reason> problems = keystoreProblems.getOrDefault(name, List.of());
            keystores.add(
                    problems.isEmpty()
                            ? update.apply(
                                    keystore, contentsOf(name), owned.getOrDefault(name, List.of()), guard.isPresent())
                            : update.failed(keystore, problems));
        }
        Map<CertificateDecision, Action> actions = lackingSomewhere();
        SyncReport report = report(parties, guard, actions, keystores);
        record(report);
        return report;
    }

    private KeystoreContents contentsOf(String keystore) {
        KeystoreContents found = contents.get(keystore);
        return found == null ? new KeystoreContents(false, Map.of(), Set.of()) : found;
    }

    private void readKeystores() {
        for (KeystoreSetting keystore : settings.keystores()) {
            String name = keystore.spec().name();
            try {
                KeystoreContents read = stages.keystores().read(keystore.spec());
                contents.put(name, read);
                Optional<KeystoreMemory> remembered =
                        Optional.ofNullable(memory.keystores().get(name));
                owned.put(name, KeystorePlan.owned(keystore, read, remembered, configured, request.startedAt()));
            } catch (KeystoreException e) {
                keystoreProblems.put(name, List.of(e.reason()));
            }
        }
    }

    private void decide(PartySetting party) {
        PartyMemory remembered = remembered(party.herId());
        PartyFindings found = new PartyInquiry(stages, request.at(), party.herId(), remembered).inquire();
        findings.put(party.herId(), found);
        List<Installed> installed = installed(party.herId());
        decisions.put(
                party.herId(),
                Rollover.decide(new PartySituation(
                        request.at(),
                        settings.purposes(party.herId()),
                        found.problems(),
                        found.offers(),
                        installed,
                        found.own(),
                        organization(party, found, remembered, installed),
                        found.missingSerials(),
                        found.emptyStrings(),
                        remembered.droppedAt(),
                        settings.keepPrevious())));
    }

    private PartyMemory remembered(HerId herId) {
        PartyMemory remembered = memory.parties().get(herId);
        return remembered == null
                ? new PartyMemory(herId, "", Set.of(), List.of(), Optional.empty(), Map.of(), Map.of())
                : remembered;
    }

    private List<Installed> installed(HerId herId) {
        Map<String, Installed> installed = new LinkedHashMap<>();
        owned.forEach((name, entries) -> {
            for (Entry entry : entries) {
                PartnerCertificate certificate = contentsOf(name).certificates().get(entry.alias());
                if (entry.herId().equals(herId) && certificate != null) {
                    boolean current = entry.role() == Role.CURRENT;
                    installed.merge(
                            entry.purpose() + " " + certificate.sha256(),
                            new Installed(
                                    certificate, stages.validator().assess(certificate), entry.purpose(), current),
                            (a, b) -> a.current() ? a : b);
                }
            }
        });
        return List.copyOf(installed.values());
    }

    private OrganizationFacts organization(
            PartySetting party, PartyFindings found, PartyMemory remembered, List<Installed> installed) {
        Set<OrganizationNumber> numbers = new TreeSet<>(remembered.organizations());
        boolean decided = !numbers.isEmpty() || !installed.isEmpty();
        if (numbers.isEmpty()) {
            // The state was lost: what lies in the keystore is what was once accepted.
            installed.forEach(
                    entry -> entry.assessment().subject().organizationNumber().ifPresent(numbers::add));
        }
        request.acceptOrganization()
                .filter(number -> found.offers().stream()
                        .anyMatch(offer -> offer.assessment()
                                .subject()
                                .organizationNumber()
                                .filter(number::equals)
                                .isPresent()))
                .ifPresent(numbers::add);
        OrganizationMode mode = settings.organizationMode();
        return new OrganizationFacts(mode, party.pin(), found.fitting(), numbers, decided);
    }

    private Optional<Reason> clockGuard() {
        if (request.force().contains(Guard.CLOCK)) {
            return Optional.empty();
        }
        return Guards.clock(request.startedAt(), stages.register().clockOffset(), memory.lastRunAt());
    }

    private Optional<Reason> registerDown(List<PartySetting> parties) {
        Reason last = null;
        for (PartySetting party : parties) {
            PartyFindings found = findings(party.herId());
            if (found.registerAnswered()) {
                return Optional.empty();
            }
            last = found.problems().getFirst();
        }
        return Optional.ofNullable(last);
    }

    private PartyFindings findings(HerId herId) {
        PartyFindings found = findings.get(herId);
        if (found == null) {
            throw new IllegalStateException("party " + herId + " was not inquired");
        }
        return found;
    }

    private PartyDecision decision(HerId herId) {
        PartyDecision decision = decisions.get(herId);
        if (decision == null) {
            throw new IllegalStateException("party " + herId + " was not decided");
        }
        return decision;
    }

    private Withholding withholding() {
        List<Holding> holdings = new ArrayList<>();
        owned.forEach((name, entries) -> entries.forEach(entry -> {
            PartnerCertificate certificate = contentsOf(name).certificates().get(entry.alias());
            if (certificate != null) {
                Pair pair = new Pair(entry.herId(), entry.purpose());
                holdings.add(new Holding(pair, certificate, entry.role() == Role.CURRENT));
            }
        }));
        return new Withholding(request.at(), holdings, decisions, request::touches);
    }

    private Optional<Reason> removalGuard(Withholding withholding) {
        Set<Pair> installed = withholding.installed();
        Optional<Reason> guard = Optional.empty();
        if (!request.force().contains(Guard.MAX_CHANGE)) {
            guard = Guards.maxChange(installed, withholding.losing(), settings.maxChangePercent());
        }
        if (guard.isEmpty() && request.only().isEmpty() && !request.force().contains(Guard.EMPTY_REGISTER)) {
            guard = Guards.emptyRegister(answered(installed));
        }
        return guard;
    }

    /** For each party that has an entry and was answered: whether with any LDAP string. */
    private Map<HerId, Boolean> answered(Set<Pair> installed) {
        Map<HerId, Boolean> answered = new HashMap<>();
        for (Pair pair : installed) {
            PartyFindings found = findings.get(pair.herId());
            if (found != null && found.registerAnswered()) {
                answered.put(pair.herId(), !found.ldapStrings().isEmpty());
            }
        }
        return answered;
    }

    /** What lies in one keystore and is missing from another that wants it is added there. */
    private Map<CertificateDecision, Action> lackingSomewhere() {
        Map<CertificateDecision, Action> actions = new HashMap<>();
        decisions.forEach((herId, decision) -> {
            for (CertificateDecision certificate : decision.certificates()) {
                if (certificate.action() == Action.KEEP && certificate.isInstalled() && lacks(herId, certificate)) {
                    actions.put(certificate, Action.ADD);
                }
            }
        });
        return actions;
    }

    private boolean lacks(HerId herId, CertificateDecision certificate) {
        for (KeystoreSetting keystore : settings.keystores()) {
            String name = keystore.spec().name();
            if (!keystore.serves(herId)
                    || !keystore.purposes().contains(certificate.purpose())
                    || !keystoreProblems.getOrDefault(name, List.of()).isEmpty()) {
                continue;
            }
            boolean present = owned.getOrDefault(name, List.of()).stream()
                    .anyMatch(entry -> entry.herId().equals(herId)
                            && entry.purpose() == certificate.purpose()
                            && entry.sha256().equals(certificate.certificate().sha256()));
            if (!present) {
                return true;
            }
        }
        return false;
    }

    private List<KeystoreReport> untouchedKeystores() {
        List<KeystoreReport> reports = new ArrayList<>();
        for (KeystoreSetting keystore : settings.keystores()) {
            String name = keystore.spec().name();
            KeystoreMemory remembered = memory.keystores().get(name);
            reports.add(new KeystoreReport(
                    name,
                    keystore.spec().path(),
                    false,
                    remembered == null ? 0 : remembered.generation(),
                    owned.getOrDefault(name, List.of()).size(),
                    keystoreProblems.getOrDefault(name, List.of())));
        }
        return reports;
    }

    private SyncReport report(
            List<PartySetting> parties,
            Optional<Reason> stopped,
            Map<CertificateDecision, Action> actions,
            List<KeystoreReport> keystores) {
        Set<String> failed = keystores.stream()
                .filter(keystore -> !keystore.reasons().isEmpty())
                .map(KeystoreReport::name)
                .collect(Collectors.toSet());
        List<PartyReport> reports = new ArrayList<>();
        for (PartySetting party : parties) {
            HerId herId = party.herId();
            boolean local = settings.keystores().stream()
                    .anyMatch(keystore -> failed.contains(keystore.spec().name()) && keystore.serves(herId));
            reports.add(PartyOutcome.report(
                    herId, findings(herId), settings.purposes(herId), decision(herId), actions, local));
        }
        Instant finishedAt = stages.clock().instant();
        return new SyncReport(
                request.runId(),
                request.startedAt(),
                finishedAt,
                request.dryRun(),
                stopped,
                reports,
                keystores.isEmpty() ? untouchedKeystores() : keystores);
    }

    private void record(SyncReport report) {
        if (request.dryRun()) {
            return;
        }
        List<PartyMemory> remembered = new ArrayList<>();
        for (PartyReport party : report.parties()) {
            PartyFindings found = findings(party.herId());
            PartyDecision decision = decision(party.herId());
            Set<OrganizationNumber> numbers = hasInstalled(decision)
                    ? decision.organizations()
                    : remembered(party.herId()).organizations();
            remembered.add(new PartyMemory(
                    party.herId(),
                    found.name(),
                    numbers,
                    found.ldapStrings(),
                    found.ownCheckedAt(),
                    found.own(),
                    decision.droppedAt()));
        }
        state.record(report, remembered);
    }

    private static boolean hasInstalled(PartyDecision decision) {
        return decision.certificates().stream()
                .anyMatch(certificate ->
                        certificate.isInstalled() && certificate.assessment().verdict() == Verdict.ACCEPTED);
    }
}
