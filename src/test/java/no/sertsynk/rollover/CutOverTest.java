package no.sertsynk.rollover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.ReasonCode;
import org.junit.jupiter.api.Test;

/** What becomes of the old certificate before and after a service switches it off. */
class CutOverTest {
    private static final PartnerCertificate OLD = Scene.certificate(1);
    private static final PartnerCertificate NEW = Scene.certificate(2);

    private static Optional<CutOver> in(int days) {
        return Optional.of(
                CutOver.of("portal", Scene.days(days), Duration.ofDays(14), List.of(OLD), List.of(), Optional.empty()));
    }

    private static CertificateDecision fate(PartyDecision decision, PartnerCertificate certificate) {
        return decision.certificates().stream()
                .filter(fate -> fate.certificate().equals(certificate))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void droppedOldCertificate_staysUntilTheCutOverThoughKeepPreviousHasPassed() {
        Scene scene = new Scene().named(NEW).current(NEW).parallel(OLD).dropped(OLD, Scene.days(-90));
        scene.keepPrevious = Optional.of(Duration.ofDays(30));
        assertThat(fate(scene.decide(), OLD).action()).isEqualTo(Action.REMOVE);

        scene.cutOver = in(1);

        CertificateDecision old = fate(scene.decide(), OLD);
        assertThat(old.action()).isEqualTo(Action.KEEP);
        assertThat(old.role()).isEqualTo(Role.PARALLEL);
        assertThat(old.until()).contains(Scene.days(1));
        assertThat(scene.decide().reasons()).isEmpty();
    }

    @Test
    void revokedOrExpiredOldCertificate_goesBeforeTheCutOverToo() {
        for (ReasonCode code : List.of(ReasonCode.REVOKED, ReasonCode.EXPIRED)) {
            Scene scene = new Scene().named(NEW).current(NEW).parallel(OLD, code);
            scene.cutOver = in(1);

            assertThat(fate(scene.decide(), OLD).action()).isEqualTo(Action.REMOVE);
        }
    }

    @Test
    void atTheCutOver_theOldOneGoesThoughTheRegisterStillPrefersIt() {
        Scene scene =
                new Scene().named(OLD).named(NEW).current(OLD).parallel(NEW).registersOwn(OLD);
        scene.cutOver = in(0);

        PartyDecision decision = scene.decide();

        assertThat(fate(decision, OLD).action()).isEqualTo(Action.REMOVE);
        assertThat(fate(decision, OLD).reasons())
                .singleElement()
                .asString()
                .contains("REGISTER_MISMATCH", "the service portal has switched it off at " + Scene.NOW);
        assertThat(fate(decision, NEW).action()).isEqualTo(Action.PROMOTE);
        assertThat(decision.reasons()).isEmpty();
    }

    @Test
    void afterTheCutOver_theOldOneDoesNotComeBack() {
        Scene scene = new Scene().named(OLD).named(NEW).current(NEW);
        scene.cutOver = in(-1);

        assertThat(fate(scene.decide(), OLD).action()).isEqualTo(Action.REJECT);
        assertThat(fate(scene.decide(), NEW).action()).isEqualTo(Action.KEEP);
    }

    @Test
    void atTheCutOver_whoseSuccessorComesInTheSameRun_theOldOneGoes() {
        Scene scene = new Scene().named(NEW).current(OLD);
        scene.cutOver = in(0);

        assertThat(fate(scene.decide(), NEW).action()).isEqualTo(Action.ADD);
        assertThat(fate(scene.decide(), NEW).role()).isEqualTo(Role.CURRENT);
        assertThat(fate(scene.decide(), OLD).action()).isEqualTo(Action.REMOVE);
    }

    @Test
    void withoutAcceptedSuccessor_theOldOneStaysAndThatIsAnError() {
        Scene scene = new Scene().named(NEW, ReasonCode.UNTRUSTED).current(OLD).dropped(OLD, Scene.days(-90));
        scene.keepPrevious = Optional.of(Duration.ZERO);
        scene.cutOver = in(0);

        PartyDecision decision = scene.decide();

        assertThat(fate(decision, OLD).action()).isEqualTo(Action.KEEP);
        assertThat(decision.reasons()).singleElement().satisfies(reason -> {
            assertThat(reason.code()).isEqualTo(ReasonCode.ENTRY_NOT_FOUND);
            assertThat(reason.message())
                    .contains("expected a new encryption certificate, since the service portal has switched")
                    .contains("sertsynk import");
        });
    }

    @Test
    void successorInDoubt_keepsBothWithoutTheError() {
        Scene scene = new Scene()
                .named(NEW, ReasonCode.REVOCATION_UNKNOWN)
                .current(NEW, ReasonCode.REVOCATION_UNKNOWN)
                .parallel(OLD);
        scene.cutOver = in(0);

        assertThat(scene.decide().certificates()).allMatch(CertificateDecision::isInstalled);
        assertThat(scene.decide().reasons()).isEmpty();
    }

    @Test
    void lackingCertificate_isAnErrorFromTheWarningOn() {
        Scene scene = new Scene().named(OLD).current(OLD);
        scene.cutOver = in(15);
        assertThat(scene.decide().reasons()).isEmpty();

        scene.cutOver = in(14);

        assertThat(scene.decide().reasons())
                .singleElement()
                .asString()
                .contains("ENTRY_NOT_FOUND", "before the service portal switches the old one off", "Adresseregisteret");
        assertThat(fate(scene.decide(), OLD).action()).isEqualTo(Action.KEEP);
    }

    @Test
    void whatIsOld_isToldByFilesElseByThePublishing() {
        Instant at = Scene.days(5);
        Duration warning = Duration.ofDays(14);
        PartnerCertificate newer = Scene.certificate(3);

        CutOver byOld = CutOver.of("a", at, warning, List.of(OLD), List.of(), Optional.of(Instant.MAX));
        CutOver byNew = CutOver.of("a", at, warning, List.of(), List.of(NEW), Optional.of(Instant.MAX));
        CutOver byTime = CutOver.of("a", at, warning, List.of(), List.of(), Optional.of(NEW.notBefore()));
        for (CutOver each : List.of(byOld, byNew, byTime)) {
            assertThat(each.isOld(Scene.certificate(0))).isTrue();
            assertThat(each.isOld(OLD)).isTrue();
            assertThat(each.isOld(NEW)).isFalse();
            assertThat(each.isOld(newer)).isFalse();
        }
    }

    @Test
    void unreadableFile_letsNothingGoAndIsToldInTime() {
        Scene scene = new Scene().named(NEW).current(NEW).parallel(OLD);
        scene.cutOver = Optional.of(CutOver.unclear("portal", Scene.NOW, Duration.ofDays(14), "no such file"));

        assertThat(scene.decide().certificates()).allMatch(CertificateDecision::isInstalled);
        assertThat(scene.decide().reasons()).singleElement().asString().contains("no such file");
    }
}
