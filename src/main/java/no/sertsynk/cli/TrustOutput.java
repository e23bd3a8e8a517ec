package no.sertsynk.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.sertsynk.app.Authorities;
import no.sertsynk.model.Escape;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Sha256;
import no.sertsynk.validation.trust.PinnedAuthorities;
import no.sertsynk.validation.trust.PinnedAuthority;
import no.sertsynk.validation.trust.TrustReading;
import no.sertsynk.validation.trust.TrustReading.Found;

/**
 * The known certificate authorities and what lies in the trust folders, as JSON and as text.
 *
 * @param environment empty without a configuration: then both are shown, and nothing is looked for
 * @param missing folders and files of the configuration where nothing is yet
 * @param mistakes what keeps every run from starting
 */
record TrustOutput(
        Optional<String> environment, List<Found> found, List<Path> missing, List<String> mistakes, Instant now) {

    static TrustOutput of(Optional<Authorities> authorities, Instant now) {
        List<Found> found = new ArrayList<>();
        List<Path> missing = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        authorities.ifPresent(settings -> {
            for (TrustReading reading : List.of(settings.anchors(), settings.intermediates())) {
                found.addAll(reading.found());
                missing.addAll(reading.missing());
                mistakes.addAll(reading.mistakes());
            }
        });
        return new TrustOutput(authorities.map(Authorities::environment), found, missing, mistakes, now);
    }

    private List<PinnedAuthority> pinned() {
        return PinnedAuthorities.of(environment);
    }

    private Map<Sha256, Path> files() {
        Map<Sha256, Path> files = new HashMap<>();
        found.forEach(item -> files.put(item.certificate().sha256(), item.file()));
        return files;
    }

    private List<Found> others() {
        List<Sha256> known = pinned().stream().map(PinnedAuthority::sha256).toList();
        return found.stream()
                .filter(item -> !known.contains(item.certificate().sha256()))
                .toList();
    }

    String json() {
        Map<Sha256, Path> files = files();
        return Json.object(json -> json.putOptional("environment", environment)
                .putObjects("pinned", pinned(), (inner, pinned) -> {
                    inner.put("environment", pinned.environment())
                            .put("role", pinned.role().id())
                            .put("subject", pinned.name())
                            .put("sha256", pinned.sha256().hex())
                            .put("notBefore", pinned.notBefore())
                            .put("notAfter", pinned.notAfter())
                            .put("needed", pinned.isNeeded(now))
                            .putTexts("addresses", pinned.addresses())
                            .put("present", files.containsKey(pinned.sha256()))
                            .putOptional("file", Optional.ofNullable(files.get(pinned.sha256())));
                })
                .putObjects("other", others(), (inner, item) -> {
                    PartnerCertificate certificate = item.certificate();
                    inner.put("subject", certificate.subject())
                            .put("sha256", certificate.sha256().hex())
                            .put("notBefore", certificate.notBefore())
                            .put("notAfter", certificate.notAfter())
                            .put("file", item.file().toString());
                })
                .putTexts("missing", missing)
                .putTexts("mistakes", mistakes));
    }

    void text(Console console) {
        Map<Sha256, Path> files = files();
        Table table = new Table();
        table.add(
                console.say("authority"),
                console.say("role"),
                console.say("environment"),
                console.say("from"),
                console.say("until"),
                console.say("there"),
                "SHA-256");
        for (PinnedAuthority pinned : pinned()) {
            table.add(
                    pinned.name(),
                    console.words(pinned.role().id()),
                    pinned.environment(),
                    SyncOutput.day(pinned.notBefore()),
                    day(pinned.notAfter(), console),
                    presence(pinned, files, console),
                    pinned.sha256().hex());
        }
        for (Found item : others()) {
            PartnerCertificate certificate = item.certificate();
            table.add(
                    Escape.text(certificate.subject()),
                    console.bad(console.say("not pinned")),
                    PinnedAuthorities.find(certificate.sha256())
                            .map(pinned -> console.bad(pinned.environment()))
                            .orElse("-"),
                    SyncOutput.day(certificate.notBefore()),
                    day(certificate.notAfter(), console),
                    Escape.text(item.file().getFileName().toString()),
                    certificate.sha256().hex());
        }
        table.lines().forEach(console.out()::println);
        missing.forEach(
                path -> console.out().println(console.say("nothing there yet: {0}; run sertsynk trust fetch", path)));
    }

    private String day(Instant notAfter, Console console) {
        String day = SyncOutput.day(notAfter);
        return now.isAfter(notAfter) ? console.bad(day) : day;
    }

    private String presence(PinnedAuthority pinned, Map<Sha256, Path> files, Console console) {
        Path file = files.get(pinned.sha256());
        if (file != null) {
            return console.good(Escape.text(file.getFileName().toString()));
        }
        if (!pinned.isNeeded(now)) {
            return console.faint(pinned.issuesToPersons() ? console.say("no (persons)") : console.say("no (ended)"));
        }
        if (environment.isEmpty()) {
            return pinned.addresses().isEmpty() ? console.say("no known address") : "-";
        }
        return console.bad(
                pinned.addresses().isEmpty()
                        ? console.say("no: no known address, use trust add")
                        : console.say("no: trust fetch"));
    }
}
