package no.sertsynk.app.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import no.sertsynk.app.doctor.Rights.Wish;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.validation.trust.TrustReading;

/** Whether there are certificate authorities to trust, and nobody else decides which. */
public final class TrustCheck implements Check {
    private final Supplier<TrustReading> anchors;
    private final Supplier<TrustReading> intermediates;
    private final Clock clock;
    private final Account service;

    /** @param service the user that the service runs as */
    public TrustCheck(
            Supplier<TrustReading> anchors, Supplier<TrustReading> intermediates, Clock clock, Account service) {
        this.anchors = anchors;
        this.intermediates = intermediates;
        this.clock = clock;
        this.service = service;
    }

    @Override
    public String topic() {
        return "trust";
    }

    @Override
    public List<Finding> look() throws IOException {
        List<Finding> findings = new ArrayList<>();
        TrustReading found = anchors.get();
        readings("trust.anchors", found, findings);
        readings("trust.intermediates", intermediates.get(), findings);
        Instant now = clock.instant();
        long inForce = found.certificates().stream()
                .filter(certificate -> isInForce(certificate, now))
                .count();
        if (found.certificates().isEmpty()) {
            findings.add(new Finding.Error("no certificate authority is trusted yet", "run sertsynk trust fetch"));
        } else if (inForce == 0) {
            findings.add(new Finding.Error(
                    Sentence.of(
                            "none of the {0} trusted certificate authorities is in force",
                            found.certificates().size()),
                    "look at this host's clock; if it is right, run sertsynk trust fetch"));
        } else if (findings.isEmpty()) {
            findings.add(new Finding.Ok(Sentence.of("{0} certificate authorities are trusted and in force", inForce)));
        }
        return findings;
    }

    private static boolean isInForce(PartnerCertificate certificate, Instant now) {
        return !now.isBefore(certificate.notBefore()) && !now.isAfter(certificate.notAfter());
    }

    private void readings(String setting, TrustReading reading, List<Finding> findings) throws IOException {
        reading.mistakes()
                .forEach(mistake -> findings.add(new Finding.Error(
                        setting + ": " + mistake, "do what is said there; every run is refused until then")));
        reading.missing()
                .forEach(path -> findings.add(new Finding.Error(
                        Sentence.of("{0}: expected the file or folder {1}, found nothing there", setting, path),
                        "run sertsynk trust fetch, or correct the setting")));
        for (Path file : reading.found().stream()
                .map(TrustReading.Found::file)
                .distinct()
                .toList()) {
            Way.obstacle(service, file, Wish.READ)
                    .ifPresent(obstacle -> findings.add(new Finding.Error(
                            Sentence.of(
                                    "{0}: {1} cannot be read by {2} ({3})",
                                    setting, file, service.name(), obstacle.access()),
                            Sentence.of("chmod a+rX {0}", obstacle.place()))));
        }
    }
}
