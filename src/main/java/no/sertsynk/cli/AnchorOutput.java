package no.sertsynk.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import no.sertsynk.model.Escape;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Sha256;
import no.sertsynk.sync.StatusSource.Row;
import no.sertsynk.validation.trust.ExpiringAuthority;

/**
 * The trust anchors and the authorities that end soon, as parts of the status.
 *
 * @param mistakes what keeps every run from starting
 */
record AnchorOutput(
        List<PartnerCertificate> anchors, List<ExpiringAuthority> expiring, List<String> mistakes, Instant now) {

    /** An alert of the status. */
    record Alert(String about, ReasonCode code, boolean isError, String message, Instant since) {}

    List<Alert> alerts(List<Row> rows) {
        List<Alert> alerts = new ArrayList<>();
        for (ExpiringAuthority ending : expiring) {
            boolean ended = now.isAfter(ending.authority().notAfter());
            List<Row> hanging = hanging(ending, rows);
            Set<String> parties = hanging.stream()
                    .map(row -> row.herId().toString())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            alerts.add(new Alert(
                    "anchor",
                    ReasonCode.EXPIRED,
                    ended,
                    (ending.isAnchor() ? "trust anchor " : "intermediate authority ")
                            + ending.authority().subject() + (ended ? " ended " : " ends ")
                            + ending.authority().notAfter() + "; "
                            + (hanging.isEmpty()
                                    ? "no installed certificate hangs on it"
                                    : ending.dependents().size() + " installed certificates hang on it (HER-id "
                                            + String.join(", ", parties)
                                            + "); get its successor by sertsynk trust fetch or trust add"),
                    ending.since()));
        }
        mistakes.forEach(mistake -> alerts.add(new Alert("trust", ReasonCode.UNTRUSTED, true, mistake, now)));
        return alerts;
    }

    private static List<Row> hanging(ExpiringAuthority ending, List<Row> rows) {
        Set<Sha256> dependents = Set.copyOf(ending.dependents());
        return rows.stream()
                .filter(row -> dependents.contains(row.certificate().sha256()))
                .toList();
    }

    void json(Json json, List<Row> rows) {
        Map<Sha256, ExpiringAuthority> ending = expiring.stream()
                .filter(ExpiringAuthority::isAnchor)
                .collect(Collectors.toMap(item -> item.authority().sha256(), item -> item));
        json.putObjects("anchors", anchors, (inner, anchor) -> {
            Optional<ExpiringAuthority> item = Optional.ofNullable(ending.get(anchor.sha256()));
            inner.put("subject", anchor.subject())
                    .put("sha256", anchor.sha256().hex())
                    .put("notBefore", anchor.notBefore())
                    .put("notAfter", anchor.notAfter())
                    .put("daysLeft", daysLeft(anchor))
                    .put("expiring", item.isPresent())
                    .putObjects(
                            "certificates",
                            item.map(found -> hanging(found, rows)).orElse(List.of()),
                            AnchorOutput::certificate);
        });
    }

    private static void certificate(Json json, Row row) {
        json.put("herId", row.herId().value())
                .put("purpose", row.purpose().id())
                .put("serial", row.certificate().serial().toString())
                .put("sha256", row.certificate().sha256().hex())
                .put("notAfter", row.certificate().notAfter());
    }

    void text(Console console, List<Row> rows) {
        for (ExpiringAuthority ending : expiring) {
            long days = daysLeft(ending.authority());
            String subject = Escape.text(ending.authority().subject());
            console.out()
                    .println(console.bad(
                            ending.isAnchor()
                                    ? console.say("trust anchor ends in {0} days: {1}", days, subject)
                                    : console.say("intermediate authority ends in {0} days: {1}", days, subject)));
            for (Row row : hanging(ending, rows)) {
                console.out()
                        .println("  "
                                + console.say(
                                        "carries {0} {1}, {2}, {3}",
                                        row.herId(),
                                        console.words(row.purpose().id()),
                                        Escape.text(row.certificate().subject()),
                                        SyncOutput.day(row.certificate().notAfter())));
            }
        }
        mistakes.forEach(mistake -> console.out().println(console.bad(console.words(mistake))));
    }

    private long daysLeft(PartnerCertificate authority) {
        return Duration.between(now, authority.notAfter()).toDays();
    }
}
