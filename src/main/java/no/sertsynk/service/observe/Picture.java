package no.sertsynk.service.observe;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.HerId;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.rollover.Role;
import no.sertsynk.service.observe.Observed.RevocationList;
import no.sertsynk.service.observe.Scope.Target;
import no.sertsynk.sync.FigureSource;
import no.sertsynk.sync.FigureSource.Judged;
import no.sertsynk.sync.Outcome;
import no.sertsynk.sync.StatusSource.HookRow;
import no.sertsynk.sync.StatusSource.KeystoreRow;
import no.sertsynk.sync.StatusSource.Row;

/**
 * What is so at a time, as series. Made anew each time from what the state tells and the configuration names, so that no
 * series outlives its party or keystore.
 */
final class Picture {
    private final Observed observed;
    private final Gauges gauges = new Gauges();

    private Picture(Observed observed) {
        this.observed = observed;
    }

    static PrometheusRegistry of(Observed observed) {
        Picture picture = new Picture(observed);
        picture.lists();
        observed.scope().oldOff().forEach((service, at) -> picture.gauges.set(Series.SERVICE_OLD_OFF, at, service));
        observed.source().ifPresentOrElse(picture::state, () -> picture.gauges.set(Series.SYNC_LAST_SUCCESS, 0));
        return picture.gauges.registry();
    }

    private void state(FigureSource source) {
        gauges.set(Series.SYNC_LAST_SUCCESS, source.lastSuccess().orElse(Instant.EPOCH));
        outcomes(source.outcomes());
        List<Row> rows = source.rows().stream()
                .filter(row -> observed.scope().parties().contains(row.herId()))
                .toList();
        certificates(rows, source.findings());
        targets(source, rows);
        hooks(source.hooks());
    }

    private void outcomes(Map<HerId, Outcome> outcomes) {
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        outcomes.forEach((herId, outcome) -> {
            if (observed.scope().parties().contains(herId)) {
                counts.merge(outcome, 1, Integer::sum);
            }
        });
        for (Outcome outcome : Outcome.values()) {
            gauges.set(Series.PARTIES, counts.getOrDefault(outcome, 0), outcome.id());
        }
    }

    /** What one line of a certificate's figures is about. */
    private record Place(HerId herId, Purpose purpose, String slot) {
        String[] labels(String... more) {
            String[] labels = new String[3 + more.length];
            labels[0] = herId.toString();
            labels[1] = purpose.id();
            labels[2] = slot;
            System.arraycopy(more, 0, labels, 3, more.length);
            return labels;
        }
    }

    private static final String NEXT = "next";
    private static final String PREVIOUS = "previous";

    private static String slot(Row row) {
        return switch (row.role()) {
            case CURRENT -> "current";
            case NEXT -> NEXT;
            // Installed ahead of the time at which it takes over.
            case PARALLEL -> row.takesOver().isPresent() ? NEXT : PREVIOUS;
            case NONE -> throw new IllegalStateException("what is not to be installed has no row: " + row);
        };
    }

    private void certificates(List<Row> rows, Map<Judged, Set<ReasonCode>> findings) {
        Map<Place, Row> shown = new HashMap<>();
        Map<Place, Instant> ends = new HashMap<>();
        for (Row row : rows) {
            Place place = new Place(row.herId(), row.purpose(), slot(row));
            gauges.info(
                    Series.CERTIFICATE_INFO,
                    place.labels(row.certificate().sha256().hex()));
            shown.merge(place, row, Picture::staysLonger);
            if (place.slot().equals(PREVIOUS)) {
                ends.merge(place, end(row), (one, other) -> one.isAfter(other) ? one : other);
            }
        }
        shown.forEach((place, row) -> {
            gauges.set(Series.CERTIFICATE_NOT_AFTER, row.certificate().notAfter(), place.labels());
            gauges.set(Series.CERTIFICATE_NOT_BEFORE, row.certificate().notBefore(), place.labels());
            if (!place.slot().equals(PREVIOUS)) {
                checks(place, findings.getOrDefault(judged(row), Set.of()));
            }
        });
        ends.forEach((place, end) -> gauges.set(
                Series.ROLLOVER_ENDS,
                end,
                place.herId().toString(),
                place.purpose().id()));
    }

    private static Judged judged(Row row) {
        return new Judged(row.herId(), row.purpose(), row.certificate().sha256());
    }

    private static Row staysLonger(Row one, Row other) {
        return end(one).isBefore(end(other)) ? other : one;
    }

    private static Instant end(Row row) {
        Instant notAfter = row.certificate().notAfter();
        boolean leavesEarlier = row.role() == Role.PARALLEL
                && row.until().filter(notAfter::isAfter).isPresent();
        return leavesEarlier ? row.until().get() : notAfter;
    }

    private void checks(Place place, Set<ReasonCode> found) {
        Set<Check> failed = EnumSet.noneOf(Check.class);
        found.forEach(code -> Check.of(code).ifPresent(failed::add));
        for (Check check : Check.values()) {
            gauges.set(Series.CERTIFICATE_VALID, !failed.contains(check), place.labels(check.id()));
        }
    }

    private void targets(FigureSource source, List<Row> rows) {
        Map<String, KeystoreRow> keystores = new HashMap<>();
        source.keystores().forEach(row -> keystores.put(row.name(), row));
        Map<String, Instant> changes = source.lastChanges();
        for (Target target : observed.scope().targets()) {
            String name = target.name();
            Optional<KeystoreRow> row = Optional.ofNullable(keystores.get(name));
            gauges.set(Series.TARGET_IN_SYNC, row.filter(Picture::isInSync).isPresent(), name);
            gauges.set(Series.TARGET_ENTRIES, row.map(KeystoreRow::entries).orElse(0), name);
            Optional.ofNullable(changes.get(name)).ifPresent(at -> gauges.set(Series.TARGET_LAST_CHANGE, at, name));
            gauges.set(
                    Series.ROLLOVER_ACTIVE,
                    rows.stream()
                            .anyMatch(other ->
                                    other.role() == Role.PARALLEL && target.serves(other.herId(), other.purpose())),
                    name);
        }
    }

    /** One whose hooks alone had a problem holds what it should. */
    private static boolean isInSync(KeystoreRow row) {
        boolean sound = row.problem()
                .filter(problem -> problem.code() != ReasonCode.HOOK_FAILED)
                .isEmpty();
        return sound && row.hold().isEmpty();
    }

    private void hooks(List<HookRow> pending) {
        for (Target target : observed.scope().targets()) {
            for (String hook : target.hooks()) {
                long waiting = pending.stream()
                        .filter(row -> row.keystore().equals(target.name())
                                && row.label().equals(hook))
                        .count();
                gauges.set(Series.HOOK_PENDING, waiting, target.name(), hook);
            }
        }
    }

    private void lists() {
        for (RevocationList list : observed.lists()) {
            boolean stale = list.nextUpdate().filter(observed.at()::isAfter).isPresent();
            gauges.set(Series.CRL_STALE, stale, list.issuer());
            gauges.set(Series.CRL_BYTES, list.bytes(), list.issuer());
            list.nextUpdate().ifPresent(at -> gauges.set(Series.CRL_NEXT_UPDATE, at, list.issuer()));
        }
    }
}
