package no.sertsynk.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import no.sertsynk.model.Escape;
import no.sertsynk.model.HerId;
import no.sertsynk.rollover.CutOver;
import no.sertsynk.rollover.Role;
import no.sertsynk.sync.StatusSource.Row;
import no.sertsynk.sync.SyncSettings;
import no.sertsynk.sync.SyncSettings.ServiceSetting;

/** How far the change of certificates of each service has come. */
final class StatusServices {
    private final List<ServiceSetting> services;
    private final List<StatusSlot> slots;
    private final Instant now;

    StatusServices(SyncSettings settings, List<StatusSlot> slots, Instant now) {
        this.services = settings.services();
        this.slots = slots;
        this.now = now;
    }

    /** A day that somebody has announced. */
    private record Milestone(ServiceSetting service, String what, Instant at) {}

    private List<Milestone> milestones() {
        List<Milestone> milestones = new ArrayList<>();
        for (ServiceSetting service : services) {
            service.published().ifPresent(at -> milestones.add(new Milestone(service, "published", at)));
            service.parallelFrom().ifPresent(at -> milestones.add(new Milestone(service, "parallelFrom", at)));
            service.oldOff().ifPresent(at -> milestones.add(new Milestone(service, "oldOff", at)));
        }
        milestones.sort(Comparator.comparing(Milestone::at));
        return milestones;
    }

    private OptionalLong daysLeft(ServiceSetting service) {
        return service.oldOff().isPresent()
                ? OptionalLong.of(StatusSlot.days(now, service.oldOff().get()))
                : OptionalLong.empty();
    }

    /** Whether every party has a new certificate for each of its purposes; empty if this host has none to install. */
    private Optional<Boolean> isReady(ServiceSetting service) {
        return service.cutOver().map(end -> service.parties().stream().allMatch(herId -> isReady(herId, end)));
    }

    private boolean isReady(HerId herId, CutOver end) {
        List<StatusSlot> its =
                slots.stream().filter(slot -> slot.herId().equals(herId)).toList();
        return !its.isEmpty()
                && its.stream()
                        .allMatch(slot -> slot.rows().stream().anyMatch(row -> isInstalled(row) && isNew(row, end)));
    }

    private static boolean isInstalled(Row row) {
        return row.role() == Role.CURRENT || row.role() == Role.PARALLEL;
    }

    private static boolean isNew(Row row, CutOver end) {
        return !end.isOld(row.certificate().sha256(), row.certificate().notBefore());
    }

    void json(Json json) {
        json.putObjects("services", services, (inner, service) -> {
            inner.put("name", service.name())
                    .putNumbers(
                            "parties",
                            service.parties().stream()
                                    .map(herId -> (long) herId.value())
                                    .sorted()
                                    .toList())
                    .putOptional("published", service.published())
                    .putOptional("parallelFrom", service.parallelFrom())
                    .putOptional("oldOff", service.oldOff());
            daysLeft(service)
                    .ifPresentOrElse(
                            days -> inner.put("daysLeft", days), () -> inner.putOptional("daysLeft", Optional.empty()));
            isReady(service)
                    .ifPresentOrElse(
                            ready -> inner.put("ready", ready), () -> inner.putOptional("ready", Optional.empty()));
        });
        json.putObjects(
                "milestones",
                milestones(),
                (inner, milestone) -> inner.put("name", milestone.service().name() + " " + milestone.what())
                        .put("at", milestone.at())
                        .put("service", milestone.service().name())
                        .put("what", milestone.what()));
    }

    void text(Console console) {
        for (ServiceSetting service : services) {
            if (service.oldOff().isPresent()) {
                Instant at = service.oldOff().get();
                String name = Escape.text(service.name());
                String line = at.isAfter(now)
                        ? console.say(
                                "service {0}: the old certificates are switched off {1}, days left: {2}",
                                name, SyncOutput.day(at), StatusSlot.days(now, at))
                        : console.say(
                                "service {0}: the old certificates were switched off {1}", name, SyncOutput.day(at));
                console.out()
                        .println(line
                                + isReady(service)
                                        .map(ready -> readiness(ready, console))
                                        .orElse(""));
            }
        }
    }

    private static String readiness(boolean ready, Console console) {
        return ", "
                + (ready
                        ? console.say("new ones are installed")
                        : console.bad(console.say("new ones are not installed everywhere")));
    }
}
