package no.sertsynk.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import no.sertsynk.model.HerId;
import no.sertsynk.model.Purpose;
import no.sertsynk.rollover.Role;
import no.sertsynk.sync.StatusSource;
import no.sertsynk.sync.StatusSource.PartyRow;
import no.sertsynk.sync.StatusSource.Problem;
import no.sertsynk.sync.StatusSource.Row;
import no.sertsynk.sync.SyncSettings;
import no.sertsynk.sync.SyncSettings.PartySetting;

/** A party and purpose with what is installed for it and what comes next. */
record StatusSlot(HerId herId, PartyRow party, Purpose purpose, List<Row> rows, List<Problem> problems) {

    /** Something that will happen by itself. */
    record Event(String what, Row row, Instant at) {}

    /** Each configured party and purpose, and each that something is installed for. */
    static List<StatusSlot> of(StatusSource source, SyncSettings settings) {
        Map<HerId, Map<Purpose, List<Row>>> slots = new TreeMap<>();
        for (PartySetting party : settings.parties()) {
            for (Purpose purpose : settings.purposes(party.herId())) {
                slots.computeIfAbsent(party.herId(), key -> new TreeMap<>()).put(purpose, new ArrayList<>());
            }
        }
        for (Row row : source.rows()) {
            slots.computeIfAbsent(row.herId(), key -> new TreeMap<>())
                    .computeIfAbsent(row.purpose(), key -> new ArrayList<>())
                    .add(row);
        }
        Map<HerId, PartyRow> parties = source.parties();
        Map<HerId, List<Problem>> problems = new TreeMap<>();
        source.problems()
                .forEach(problem -> problems.computeIfAbsent(problem.herId(), key -> new ArrayList<>())
                        .add(problem));
        List<StatusSlot> all = new ArrayList<>();
        slots.forEach((herId, purposes) -> purposes.forEach((purpose, rows) -> all.add(new StatusSlot(
                herId,
                parties.getOrDefault(herId, PartyRow.UNKNOWN),
                purpose,
                List.copyOf(rows),
                problems.getOrDefault(herId, List.of()).stream()
                        .filter(problem ->
                                problem.purpose().isEmpty() || problem.purpose().get() == purpose)
                        .toList()))));
        return all;
    }

    String name() {
        return party.name();
    }

    List<Row> of(Role role) {
        return rows.stream().filter(row -> row.role() == role).toList();
    }

    Optional<Row> current() {
        return of(Role.CURRENT).stream().findFirst();
    }

    /** Whether a certificate is known that can take the place of the current one. */
    boolean hasSuccessor() {
        Instant end = current().map(row -> row.certificate().notAfter()).orElse(Instant.MIN);
        return rows.stream()
                .anyMatch(row -> row.role() != Role.CURRENT
                        && row.certificate().notAfter().isAfter(end));
    }

    /** What comes next, the earliest first. */
    List<Event> events() {
        List<Event> events = new ArrayList<>();
        for (Row row : rows) {
            row.takesOver().ifPresent(at -> events.add(new Event("becomes current", row, at)));
            events.add(
                    switch (row.role()) {
                        case NEXT ->
                            new Event("becomes valid", row, row.certificate().notBefore());
                        case PARALLEL ->
                            new Event(
                                    "leaves",
                                    row,
                                    row.until().orElse(row.certificate().notAfter()));
                        case CURRENT, NONE ->
                            new Event("ends", row, row.certificate().notAfter());
                    });
        }
        events.sort(Comparator.comparing(Event::at));
        return events;
    }

    static long days(Instant now, Instant end) {
        return Duration.between(now, end).toDays();
    }
}
