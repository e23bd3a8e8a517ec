package no.sertsynk.validation.verdict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.sandbox.SandboxAuthority;
import no.sertsynk.sandbox.SandboxAuthority.Order;
import no.sertsynk.validation.TrustStore;
import no.sertsynk.validation.ValidationSettings;
import no.sertsynk.validation.ValidationSettings.Policy;
import no.sertsynk.validation.ValidationSettings.RevocationMode;
import no.sertsynk.validation.Validators;
import no.sertsynk.validation.revocation.FileCrls;
import no.sertsynk.validation.revocation.RevocationCheck;

/** Two authorities with their certificates and lists, and everything that a verdict depends on, to be changed at will. */
final class VerdictWorld {
    static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
    private static final OrganizationNumber NUMBER = new OrganizationNumber("911111111");

    /** Made once, since keys take long; each world begins with nothing revoked. */
    static final SandboxAuthority FIRST = SandboxAuthority.create("Første", BEGIN, Optional.empty());

    static final SandboxAuthority SECOND = SandboxAuthority.create("Andre", BEGIN, Optional.empty());
    /** Of the name of the first, with other keys. */
    static final SandboxAuthority NAMESAKE = SandboxAuthority.create("Første", BEGIN, Optional.empty());

    static final PartnerCertificate LONG1 = issue(FIRST, Duration.ofDays(-10), Duration.ofDays(700));
    static final PartnerCertificate SHORT1 = issue(FIRST, Duration.ofDays(-10), Duration.ofHours(30));
    static final PartnerCertificate COMING1 = issue(FIRST, Duration.ofHours(20), Duration.ofDays(700));
    static final PartnerCertificate LONG2 = issue(SECOND, Duration.ofDays(-10), Duration.ofDays(700));
    /** Outlives its issuer; not among {@link #certificates}. */
    static final PartnerCertificate LATE1 = issue(FIRST, Duration.ofDays(-10), Duration.ofDays(4000));

    static final PartnerCertificate STRANGER = issue(NAMESAKE, Duration.ofDays(-10), Duration.ofDays(700));

    final Set<X509Certificate> anchors = new LinkedHashSet<>(List.of(FIRST.root(), SECOND.root()));
    final Set<X509Certificate> intermediates = new LinkedHashSet<>(List.of(FIRST.issuer(), SECOND.issuer()));
    Instant at = BEGIN;
    Policy policy = Policy.VIRKSOMHET;
    int minimumRsaBits = 2048;
    RevocationMode mode = RevocationMode.REQUIRE;
    Duration maxStale = Duration.ofHours(24);

    private final Path lists;
    private final AtomicInteger validations = new AtomicInteger();
    VerdictStore store;

    VerdictWorld(Path folder, VerdictStore store) throws Exception {
        this.lists = Files.createDirectories(folder.resolve("lists"));
        this.store = store;
        for (SandboxAuthority authority : List.of(FIRST, SECOND)) {
            certificates().forEach(authority::release);
        }
        publish(FIRST);
        publish(SECOND);
    }

    private static PartnerCertificate issue(SandboxAuthority authority, Duration from, Duration to) {
        return authority.issue(Order.of("Part", NUMBER, SandboxAuthority.ENCRYPTION_USAGE, BEGIN.plus(from))
                .until(BEGIN.plus(to)));
    }

    List<PartnerCertificate> certificates() {
        return List.of(LONG1, SHORT1, COMING1, LONG2, STRANGER);
    }

    /** New lists of the authority as of now. */
    void publish(SandboxAuthority authority) throws IOException, CRLException {
        Files.write(
                lists.resolve(name(authority) + "-root.crl"),
                authority.rootCrl(at).getEncoded());
        Files.write(
                lists.resolve(name(authority) + "-issuer.crl"),
                authority.issuerCrl(at).getEncoded());
    }

    /** The authority's lists are not to be had. */
    void withdraw(SandboxAuthority authority) throws IOException {
        Files.deleteIfExists(lists.resolve(name(authority) + "-issuer.crl"));
    }

    private String name(SandboxAuthority authority) {
        return authority == FIRST ? "first" : "second";
    }

    private ValidationSettings settings() {
        return new ValidationSettings(at, policy, minimumRsaBits, mode, maxStale, Set.of(), false, false, false);
    }

    private TrustStore trust() {
        return new TrustStore(List.copyOf(anchors), List.copyOf(intermediates));
    }

    private RevocationCheck revocation() throws IOException {
        return RevocationCheck.create(trust(), settings(), FileCrls.read(List.of(lists)));
    }

    /** What a validator without memory says. */
    List<Assessment> plain() throws IOException {
        var validator = Validators.create(trust(), settings(), revocation());
        return certificates().stream().map(validator::assess).toList();
    }

    /** A run with memory; {@link #validations} then tells how many certificates it really validated. */
    List<Assessment> run() throws IOException {
        RememberingValidator validator = validator();
        List<Assessment> assessments = new ArrayList<>();
        for (PartnerCertificate certificate : certificates()) {
            assessments.add(validator.assess(certificate));
            validator.assess(certificate);
        }
        validator.keep();
        return assessments;
    }

    RememberingValidator validator() throws IOException {
        validations.set(0);
        return RememberingValidator.create(
                new RememberingValidator.Setting(trust(), settings(), Rules.digest(settings(), List.of("1")), store),
                revocation(),
                revocation -> {
                    var inner = Validators.create(trust(), settings(), revocation);
                    return certificate -> {
                        validations.incrementAndGet();
                        return inner.assess(certificate);
                    };
                });
    }

    /** How many certificates the last run validated. */
    int validations() {
        return validations.get();
    }
}
