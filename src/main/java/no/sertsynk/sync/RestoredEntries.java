package no.sertsynk.sync;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import no.sertsynk.keystore.KeystoreContents;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Verdict;
import no.sertsynk.rollover.Preference;
import no.sertsynk.rollover.Role;
import no.sertsynk.sync.DesiredEntries.Content;
import no.sertsynk.sync.DesiredEntries.Placed;
import no.sertsynk.sync.RollbackReport.LeftOut;
import no.sertsynk.sync.SyncState.Entry;

/**
 * What of an earlier generation may be put back: what is accepted today, and what lies there anyway while nobody can tell.
 * A party and purpose of which nothing may be put back keeps what it has now. Pure.
 */
final class RestoredEntries {
    private final Function<PartnerCertificate, Assessment> assess;
    private final Map<HerId, OrganizationNumber> pins;
    private final Map<Content, Placed> present = new LinkedHashMap<>();

    /**
     * For a keystore as it is.
     *
     * @param pins the only organisation number of a party that fits, where the administrator has said so
     * @param owned what is ours in it now
     */
    RestoredEntries(
            Function<PartnerCertificate, Assessment> assess,
            Map<HerId, OrganizationNumber> pins,
            KeystoreContents contents,
            List<Entry> owned) {
        this.assess = assess;
        this.pins = Map.copyOf(pins);
        owned.forEach(entry -> place(entry, contents).ifPresent(placed -> present.put(placed.content(), placed)));
    }

    /** What is to lie in the keystore, and what is left out. */
    record Restored(List<Placed> placed, List<LeftOut> leftOut) {}

    /**
     * Chooses.
     *
     * @param then entries of ours in that generation
     * @param kept what its file holds
     */
    Restored of(List<Entry> then, KeystoreContents kept) {
        List<Placed> placed = new ArrayList<>();
        Map<Entry, List<Reason>> refused = new LinkedHashMap<>();
        for (Entry entry : then) {
            place(entry, kept).ifPresent(old -> {
                List<Reason> reasons = reasons(old);
                if (reasons.isEmpty()) {
                    placed.add(old);
                } else {
                    refused.put(entry, reasons);
                }
            });
        }
        List<Placed> complete = withCurrent(placed, refused);
        Set<Slot> served = new HashSet<>();
        complete.forEach(each -> served.add(new Slot(each.herId(), each.purpose())));
        List<LeftOut> leftOut = new ArrayList<>();
        refused.forEach((entry, reasons) ->
                leftOut.add(new LeftOut(entry, reasons, served.contains(new Slot(entry.herId(), entry.purpose())))));
        return new Restored(complete, leftOut);
    }

    private record Slot(HerId herId, Purpose purpose) {}

    private static Optional<Placed> place(Entry entry, KeystoreContents contents) {
        return Optional.ofNullable(contents.certificates().get(entry.alias()))
                .filter(certificate -> certificate.sha256().equals(entry.sha256()))
                .map(certificate -> new Placed(entry.herId(), entry.purpose(), certificate, entry.role()));
    }

    private List<Reason> reasons(Placed placed) {
        Assessment assessment = assess.apply(placed.certificate());
        boolean isThere = present.containsKey(placed.content());
        if (assessment.verdict() == Verdict.REJECTED || (assessment.verdict() == Verdict.UNDETERMINED && !isThere)) {
            return assessment.reasons();
        }
        OrganizationNumber pin = pins.get(placed.herId());
        Optional<OrganizationNumber> found = assessment.subject().organizationNumber();
        if (pin == null || found.filter(pin::equals).isPresent()) {
            return List.of();
        }
        return List.of(Reason.of(
                ReasonCode.WRONG_ORGANIZATION,
                "expected organisation number " + pin + ", which is pinned for the party, found "
                        + found.map(OrganizationNumber::digits).orElse("none") + " in the certificate"));
    }

    /** Each party and purpose has a current one, if it has any. */
    private List<Placed> withCurrent(List<Placed> placed, Map<Entry, List<Reason>> refused) {
        Map<Slot, List<Placed>> slots = new LinkedHashMap<>(
                placed.stream().collect(groupingBy(each -> new Slot(each.herId(), each.purpose()))));
        refused.keySet().stream()
                .map(entry -> new Slot(entry.herId(), entry.purpose()))
                .forEach(slot -> slots.computeIfAbsent(slot, this::asNow));
        List<Placed> complete = new ArrayList<>();
        slots.values().forEach(slot -> complete.addAll(promoted(slot)));
        return complete;
    }

    private List<Placed> asNow(Slot slot) {
        return present.values().stream()
                .filter(each -> slot.equals(new Slot(each.herId(), each.purpose())))
                .toList();
    }

    private static List<Placed> promoted(List<Placed> slot) {
        if (slot.isEmpty() || slot.stream().anyMatch(each -> each.role() == Role.CURRENT)) {
            return slot;
        }
        Comparator<Placed> preference = Comparator.comparing(Placed::certificate, Preference.ORDER);
        Map<Content, Placed> promoted = new HashMap<>();
        slot.forEach(each -> promoted.put(each.content(), each));
        Placed best = slot.stream().min(preference).orElseThrow();
        promoted.put(best.content(), new Placed(best.herId(), best.purpose(), best.certificate(), Role.CURRENT));
        return List.copyOf(promoted.values());
    }
}
