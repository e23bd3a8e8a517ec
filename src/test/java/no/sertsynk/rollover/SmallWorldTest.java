package no.sertsynk.rollover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.ReasonCode;
import org.junit.jupiter.api.Test;

/** Every combination of what can be true of a few certificates of one purpose. */
class SmallWorldTest {
    /** What can be true of one certificate. */
    private record Fate(ReasonCode[] codes, Place place, Mention mention) {
        void tell(Scene scene, PartnerCertificate certificate) {
            switch (place) {
                case CURRENT -> scene.current(certificate, codes);
                case PARALLEL -> scene.parallel(certificate, codes);
                case ABSENT -> {}
            }
            switch (mention) {
                case NAMED -> scene.named(certificate, codes);
                case ANNOUNCED -> scene.announced(certificate, Scene.days(10), codes);
                case TAKEN_EFFECT -> scene.announced(certificate, Scene.days(-1), codes);
                case MISSING -> scene.missing.add(certificate.serial());
                case DROPPED -> scene.dropped(certificate, Scene.days(-3));
                case LONG_DROPPED -> scene.dropped(certificate, Scene.days(-40));
                case UNNAMED -> {}
            }
        }
    }

    private enum Place {
        CURRENT,
        PARALLEL,
        ABSENT
    }

    private enum Mention {
        NAMED,
        ANNOUNCED,
        UNNAMED,
        TAKEN_EFFECT,
        MISSING,
        DROPPED,
        LONG_DROPPED
    }

    private static final List<ReasonCode[]> FINDINGS = List.of(
            new ReasonCode[] {},
            new ReasonCode[] {ReasonCode.REVOKED},
            new ReasonCode[] {ReasonCode.REVOCATION_UNKNOWN},
            new ReasonCode[] {ReasonCode.NOT_YET_VALID},
            new ReasonCode[] {ReasonCode.UNTRUSTED});

    private static List<Fate> fates(List<ReasonCode[]> findings, List<Mention> mentions) {
        List<Fate> fates = new ArrayList<>();
        for (ReasonCode[] codes : findings) {
            for (Place place : Place.values()) {
                for (Mention mention : mentions) {
                    boolean exists = place != Place.ABSENT || mention.ordinal() <= Mention.TAKEN_EFFECT.ordinal();
                    if (exists && !(place == Place.ABSENT && mention == Mention.UNNAMED)) {
                        fates.add(new Fate(codes, place, mention));
                    }
                }
            }
        }
        return fates;
    }

    private static void require(Scene scene) {
        PartySituation situation = scene.situation();
        List<String> broken = Invariants.broken(situation);
        if (!broken.isEmpty()) {
            assertThat(broken).as(situation.toString()).isEmpty();
        }
    }

    @Test
    void threeCertificates_everyCombinationKeepsTheInvariants() {
        List<Fate> fates = fates(FINDINGS.subList(0, 4), List.of(Mention.NAMED, Mention.ANNOUNCED, Mention.UNNAMED));
        int count = 0;
        for (Fate first : fates) {
            for (Fate second : fates) {
                for (Fate third : fates) {
                    Scene scene = new Scene();
                    first.tell(scene, Scene.certificate(1));
                    second.tell(scene, Scene.certificate(2));
                    third.tell(scene, Scene.certificate(3));
                    require(scene);
                    count++;
                }
            }
        }

        assertThat(count).isEqualTo(32_768);
    }

    @Test
    void twoCertificates_everyCombinationWithTheRestOfTheWorldKeepsTheInvariants() {
        List<Fate> fates = fates(FINDINGS, List.of(Mention.values()));
        int count = 0;
        for (Fate first : fates) {
            for (Fate second : fates) {
                for (int own : new int[] {0, 1, 3}) {
                    for (Optional<ReasonCode> problem : problems()) {
                        for (int keep = 0; keep < 2; keep++) {
                            Scene scene = new Scene();
                            first.tell(scene, Scene.certificate(1));
                            second.tell(scene, Scene.certificate(2));
                            if (own != 0) {
                                scene.registersOwn(Scene.certificate(own));
                            }
                            problem.ifPresent(scene::problem);
                            if (keep == 1) {
                                scene.keepPrevious = Optional.of(Duration.ofDays(30));
                            }
                            require(scene);
                            count++;
                        }
                    }
                }
            }
        }

        assertThat(count).isEqualTo(86_700);
    }

    @Test
    void oldAndNewCertificate_everyCombinationAroundTheCutOverKeepsTheInvariants() {
        List<Fate> fates = fates(FINDINGS, List.of(Mention.values()));
        int count = 0;
        for (Fate first : fates) {
            for (Fate second : fates) {
                for (int daysLeft : new int[] {30, 10, 0}) {
                    for (Optional<ReasonCode> problem : problems()) {
                        for (int keep = 0; keep < 2; keep++) {
                            Scene scene = new Scene();
                            first.tell(scene, Scene.certificate(1));
                            second.tell(scene, Scene.certificate(2));
                            problem.ifPresent(scene::problem);
                            if (keep == 1) {
                                scene.keepPrevious = Optional.of(Duration.ofDays(30));
                            }
                            scene.cutOver = Optional.of(CutOver.of(
                                    "portal",
                                    Scene.days(daysLeft),
                                    Duration.ofDays(14),
                                    List.of(Scene.certificate(1)),
                                    List.of(),
                                    Optional.empty()));
                            require(scene);
                            count++;
                        }
                    }
                }
            }
        }

        assertThat(count).isEqualTo(86_700);
    }

    private static List<Optional<ReasonCode>> problems() {
        return List.of(Optional.empty(), Optional.of(ReasonCode.DIRECTORY_UNAVAILABLE));
    }
}
