package no.sertsynk.validation.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Sha256;
import no.sertsynk.model.Verdict;
import no.sertsynk.sandbox.SandboxAuthority;
import no.sertsynk.state.SqliteVerdicts;
import no.sertsynk.validation.TrustStore;
import no.sertsynk.validation.ValidationSettings;
import no.sertsynk.validation.Validators;
import no.sertsynk.validation.revocation.Evidence;
import no.sertsynk.validation.revocation.PathRevocation;
import no.sertsynk.validation.revocation.RevocationCheck;
import no.sertsynk.validation.revocation.RevocationStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verdicts that rest on a responder's answer: served while that very answer is there and counts, and to its own alone. */
class AnswerBasisTest {
    private static final SandboxAuthority AUTHORITY = VerdictWorld.FIRST;
    private static final PartnerCertificate ONE = issue("One");
    private static final PartnerCertificate TWO = issue("Two");

    /** What is told today of each; what is missing is unknown. */
    private final Map<X509Certificate, RevocationStatus> told = new HashMap<>();

    private final AtomicInteger validations = new AtomicInteger();
    private Instant at = VerdictWorld.BEGIN;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static PartnerCertificate issue(String name) {
        return AUTHORITY.issue(SandboxAuthority.Order.of(
                name,
                new OrganizationNumber("911111111"),
                SandboxAuthority.ENCRYPTION_USAGE,
                VerdictWorld.BEGIN.minus(Duration.ofDays(10))));
    }

    @BeforeEach
    void answers() {
        told.put(AUTHORITY.issuer(), good(Evidence.Kind.CRL, "list", Duration.ofDays(2)));
        told.put(ONE.x509(), good(Evidence.Kind.OCSP, "answer 1", Duration.ofHours(8)));
        told.put(TWO.x509(), good(Evidence.Kind.OCSP, "answer 2", Duration.ofHours(8)));
        run(ONE);
        run(TWO);
        assertThat(validations).hasValue(2);
        validations.set(0);
    }

    private RevocationStatus good(Evidence.Kind kind, String content, Duration life) {
        return new RevocationStatus.Good(List.of(new Evidence(
                kind,
                "http://ocsp.example/",
                VerdictWorld.BEGIN,
                Optional.of(VerdictWorld.BEGIN.plus(life)),
                Optional.of(VerdictWorld.BEGIN),
                true,
                VerdictWorld.BEGIN.plus(life),
                Sha256.of(content.getBytes(StandardCharsets.UTF_8)))));
    }

    /** As a check over the network: what has ended tells nothing. */
    private PathRevocation check(List<X509Certificate> path, X509Certificate anchor) {
        return new PathRevocation(
                path.stream()
                        .map(certificate -> {
                            RevocationStatus status = told.get(certificate);
                            boolean counts = status instanceof RevocationStatus.Good(List<Evidence> evidence)
                                    && evidence.stream().noneMatch(one -> at.isAfter(one.holdsUntil()));
                            return status != null && (counts || status instanceof RevocationStatus.Revoked)
                                    ? status
                                    : new RevocationStatus.Unknown(List.of("no answer"));
                        })
                        .toList(),
                List.of());
    }

    private Assessment run(PartnerCertificate certificate) {
        TrustStore trust = new TrustStore(List.of(AUTHORITY.root()), List.of(AUTHORITY.issuer()));
        ValidationSettings settings = ValidationSettings.of(
                at, ValidationSettings.Policy.VIRKSOMHET, ValidationSettings.RevocationMode.REQUIRE);
        RevocationCheck revocation = this::check;
        RememberingValidator validator = RememberingValidator.create(
                new RememberingValidator.Setting(
                        trust, settings, Rules.digest(settings, List.of()), SqliteVerdicts.of(folder)),
                revocation,
                recorded -> {
                    var inner = Validators.create(trust, settings, recorded);
                    return asked -> {
                        validations.incrementAndGet();
                        return inner.assess(asked);
                    };
                });
        Assessment assessment = validator.assess(certificate);
        validator.keep();
        return assessment;
    }

    @Test
    void sameAnswer_servesTheVerdictAndIsTold() {
        Assessment served = run(ONE);

        assertThat(served.verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(validations).hasValue(0);
        assertThat(served.evidence()).anySatisfy(line -> assertThat(line).contains("OCSP http://ocsp.example/"));
    }

    @Test
    void otherAnswer_isLookedAtAnew() {
        told.put(ONE.x509(), good(Evidence.Kind.OCSP, "answer 3", Duration.ofHours(8)));

        assertThat(run(ONE).verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(validations).hasValue(1);
        assertThat(run(TWO).verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(validations).as("the other rests on its own answer").hasValue(1);
    }

    @Test
    void answerThatHasEnded_servesNothing() {
        at = at.plus(Duration.ofHours(8)).plusSeconds(1);

        assertThat(run(ONE).has(ReasonCode.REVOCATION_UNKNOWN)).isTrue();
        assertThat(validations).hasValue(1);
    }

    @Test
    void answerThatRevokes_servesNothing() {
        told.put(
                ONE.x509(),
                new RevocationStatus.Revoked(
                        "revoked",
                        false,
                        ((RevocationStatus.Good) good(Evidence.Kind.OCSP, "answer 4", Duration.ofHours(8)))
                                .evidence()
                                .getFirst()));

        assertThat(run(ONE).has(ReasonCode.REVOKED)).isTrue();
        assertThat(run(TWO).verdict()).isEqualTo(Verdict.ACCEPTED);
    }

    /** One answer may speak of several certificates, of each until another time. */
    @Test
    void answerAboutTwo_isTheBasisOfEachByItself() {
        told.put(ONE.x509(), good(Evidence.Kind.OCSP, "both", Duration.ofHours(8)));
        told.put(TWO.x509(), good(Evidence.Kind.OCSP, "both", Duration.ofHours(1)));
        run(ONE);
        run(TWO);
        validations.set(0);
        at = at.plus(Duration.ofHours(2));

        assertThat(run(ONE).verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(validations).hasValue(0);
        assertThat(run(TWO).has(ReasonCode.REVOCATION_UNKNOWN)).isTrue();
    }
}
