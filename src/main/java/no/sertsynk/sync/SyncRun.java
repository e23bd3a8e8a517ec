package no.sertsynk.sync;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.model.Sha256;
import no.sertsynk.model.Verdict;
import no.sertsynk.register.Register.Changes;
import no.sertsynk.register.RegisterException;
import no.sertsynk.rollover.Action;
import no.sertsynk.rollover.CertificateDecision;
import no.sertsynk.rollover.Guards;
import no.sertsynk.rollover.Guards.Guard;
import no.sertsynk.rollover.Guards.Pair;
import no.sertsynk.rollover.Installed;
import no.sertsynk.rollover.Offer;
import no.sertsynk.rollover.OrganizationFacts;
import no.sertsynk.rollover.OrganizationMode;
import no.sertsynk.rollover.PartyDecision;
import no.sertsynk.rollover.PartySituation;
import no.sertsynk.rollover.Role;
import no.sertsynk.rollover.Rollover;
import no.sertsynk.rollover.Withholding;
import no.sertsynk.sync.SyncSettings.PartySetting;
import no.sertsynk.sync.SyncState.Memory;
import no.sertsynk.sync.SyncState.PartyMemory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    private final KeystoreViews keystores;
    private final Map<HerId, PartyFindings> findings = new ConcurrentHashMap<>();
    private final Map<HerId, PartyDecision> decisions = new ConcurrentHashMap<>();

    public SyncRun(SyncSettings settings, Stages stages, SyncState state, SyncListener listener, SyncRequest request) {
        this.settings = settings;
        this.stages = stages;
        this.state = state;
        this.listener = listener;
        this.request = request;
        this.memory = state.recall();
        this.keystores = KeystoreViews.look(settings, stages.keystores(), state, request, memory);
    }

    /** Runs, writes the keystores and records the run, unless it is a dry one. */
    public SyncReport run() {
        List<PartySetting> parties = settings.parties().stream()
                .filter(party -> request.touches(party.herId()))
                .toList();
        Optional<Changes> changes = changes(parties);
        Map<Sha256, PartnerCertificate> stored = changes.isPresent() ? state.answeredCertificates() : Map.of();
        Parallel.forEach(parties, party -> decide(party, changes, stored), listener);
        Withholding withholding = new Withholding(request.at(), keystores.holdings(), decisions, request::touches);
        Optional<Reason> stopped = clockGuard();
        if (stopped.isPresent()) {
            decisions.putAll(withholding.withoutChanges(stopped.get()));
            return report(parties, stopped, Map.of(), List.of());
        }
        stopped = registerDown(parties);
        if (stopped.isPresent()) {
            decisions.putAll(withholding.withoutChanges(stopped.get()));
            SyncReport report = report(parties, stopped, Map.of(), keystores.untouched());
            record(report);
            return report;
        }
        Optional<Reason> guard = removalGuard(withholding);
        guard.ifPresent(reason -> decisions.putAll(withholding.withoutRemovals(reason)));
        KeystoreUpdate update =
                new KeystoreUpdate(settings, stages.keystores(), state, request, decisions, guard.isPresent());
        List<KeystoreReport> reports = applied(update);
        Map<CertificateDecision, Action> actions = EffectiveActions.of(keystores.all(), decisions);
        SyncReport report = report(parties, guard, actions, reports);
        record(report);
        return report;
    }

    /** At once, since no keystore has to do with another; told in the order of the configuration. */
    private List<KeystoreReport> applied(KeystoreUpdate update) {
        Map<String, KeystoreReport> reports = new ConcurrentHashMap<>();
        Parallel.forEach(keystores.all(), view -> reports.put(view.name(), update.apply(view)), SyncListener.none());
        return keystores.all().stream()
                .flatMap(view -> Optional.ofNullable(reports.get(view.name())).stream())
                .toList();
    }

    /**
     * What the register says of changes. Asked before the look-ups: what changes between the two is then told as a change to
     * the next run. One party alone is as quickly looked up. What was found by other rules for directories counts as found
     * from another register: it is looked up again.
     */
    private Optional<Changes> changes(List<PartySetting> parties) {
        if (!request.isRoutine() || parties.size() < 2) {
            return Optional.empty();
        }
        Set<HerId> asked = new TreeSet<>();
        for (PartySetting party : parties) {
            asked.add(party.herId());
            remembered(party.herId())
                    .answer()
                    .flatMap(answer -> answer.stamp().parent())
                    .ifPresent(asked::add);
        }
        try {
            String rules = stages.directory().rules();
            return stages.register()
                    .changes(asked)
                    .map(told -> new Changes(told.source() + " " + rules, told.lastUpdated()));
        } catch (RegisterException e) {
            Log.CHANGES.debug("register_changes_not_told {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Made when it is needed: setting up a logger takes long. */
    private static final class Log {
        static final Logger CHANGES = LoggerFactory.getLogger(SyncRun.class);
    }

    private void decide(PartySetting party, Optional<Changes> changes, Map<Sha256, PartnerCertificate> stored) {
        PartyMemory remembered = remembered(party.herId());
        PartyFindings found = new PartyInquiry(stages, request.at(), remembered, changes, stored).inquire();
        findings.put(party.herId(), found);
        List<Offer> offers = offers(found, byHand(party.herId()));
        List<Installed> installed = installed(party.herId(), offers);
        decisions.put(
                party.herId(),
                Rollover.decide(new PartySituation(
                        request.at(),
                        settings.purposes(party.herId()),
                        found.problems(),
                        offers,
                        installed,
                        found.own(),
                        organization(party, found, remembered, installed),
                        found.missingSerials(),
                        found.emptyStrings(),
                        remembered.droppedAt(),
                        settings.keepPrevious(),
                        settings.cutOver(party.herId()))));
    }

    private PartyMemory remembered(HerId herId) {
        PartyMemory remembered = memory.parties().get(herId);
        return remembered == null ? PartyMemory.none(herId) : remembered;
    }

    /** What an administrator has handed over for the party, before and now. */
    private List<PartnerCertificate> byHand(HerId herId) {
        Set<PartnerCertificate> byHand = new LinkedHashSet<>(remembered(herId).byHand());
        if (request.only().contains(herId)) {
            byHand.addAll(request.handedOver());
        }
        return List.copyOf(byHand);
    }

    private List<Offer> offers(PartyFindings found, List<PartnerCertificate> byHand) {
        Map<Sha256, Offer> offers = new LinkedHashMap<>();
        found.offers().forEach(offer -> offers.put(offer.certificate().sha256(), offer));
        for (PartnerCertificate certificate : byHand) {
            offers.computeIfAbsent(
                    certificate.sha256(),
                    none -> new Offer(certificate, stages.validator().assess(certificate), true, Optional.empty()));
        }
        return List.copyOf(offers.values());
    }

    /** What the run has got already need be neither got nor judged once more. */
    private List<Installed> installed(HerId herId, List<Offer> offers) {
        Map<PartnerCertificate, Assessment> judged = new HashMap<>();
        for (Offer offer : offers) {
            judged.put(offer.certificate(), offer.assessment());
            keystores.meet(offer.certificate());
        }
        return keystores.installed(
                herId,
                certificate -> judged.computeIfAbsent(
                        certificate, other -> stages.validator().assess(other)));
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
        if (!request.handedOver().isEmpty()) {
            return Optional.empty();
        }
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

    /** For each party that has an entry, not by hand, and was answered: whether with any LDAP string or certificate. */
    private Map<HerId, Boolean> answered(Set<Pair> installed) {
        Map<HerId, Boolean> answered = new HashMap<>();
        for (Pair pair : installed) {
            PartyFindings found = findings.get(pair.herId());
            if (found != null
                    && found.registerAnswered()
                    && byHand(pair.herId()).isEmpty()) {
                answered.put(pair.herId(), found.namesCertificates());
            }
        }
        return answered;
    }

    private SyncReport report(
            List<PartySetting> parties,
            Optional<Reason> stopped,
            Map<CertificateDecision, Action> actions,
            List<KeystoreReport> reports) {
        Set<String> failed = reports.stream()
                .filter(KeystoreReport::isFailed)
                .map(KeystoreReport::name)
                .collect(Collectors.toSet());
        List<PartyReport> partyReports = new ArrayList<>();
        for (PartySetting party : parties) {
            HerId herId = party.herId();
            boolean local = settings.keystores().stream()
                    .anyMatch(keystore -> failed.contains(keystore.spec().name()) && keystore.serves(herId));
            partyReports.add(PartyOutcome.report(
                    herId, findings(herId), settings.purposes(herId), decision(herId), actions, local));
        }
        Instant finishedAt = stages.clock().instant();
        return new SyncReport(
                request.runId(),
                request.startedAt(),
                finishedAt,
                request.dryRun(),
                stopped,
                partyReports,
                reports.isEmpty() ? keystores.untouched() : reports);
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
                    decision.droppedAt(),
                    byHand(party),
                    answer(party, found, report.stopped().isPresent())));
        }
        state.record(report, remembered, request.only().isEmpty());
    }

    /** Only of a party that fared well, and with every certificate stored: who did not is looked up again. */
    private static Optional<KnownAnswer> answer(PartyReport party, PartyFindings found, boolean isStopped) {
        boolean faredWell = party.outcome() == Outcome.UNCHANGED || party.outcome() == Outcome.UPDATED;
        Set<Sha256> reported = party.certificates().stream()
                .map(certificate -> certificate.certificate().sha256())
                .collect(Collectors.toSet());
        return found.answer().filter(answer -> faredWell && !isStopped && reported.containsAll(answer.certificates()));
    }

    /** What was handed over and is or will be of use; a rejected certificate is not remembered, but one that was before. */
    private List<PartnerCertificate> byHand(PartyReport party) {
        Set<Sha256> usable = party.certificates().stream()
                .filter(certificate -> certificate.role() != Role.NONE)
                .map(certificate -> certificate.certificate().sha256())
                .collect(Collectors.toSet());
        List<PartnerCertificate> before = remembered(party.herId()).byHand();
        return byHand(party.herId()).stream()
                .filter(certificate -> certificate.notAfter().isAfter(request.startedAt()))
                .filter(certificate -> before.contains(certificate) || usable.contains(certificate.sha256()))
                .toList();
    }

    private static boolean hasInstalled(PartyDecision decision) {
        return decision.certificates().stream()
                .anyMatch(certificate ->
                        certificate.isInstalled() && certificate.assessment().verdict() == Verdict.ACCEPTED);
    }
}
