package no.sertsynk.rollover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Sha256;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories of one party: time passes, certificates are named, announced, dropped, revoked, put on hold and taken
 * off it, distrusted and in doubt, directories fail; every decision is carried out and keeps the invariants.
 */
class RolloverHistoryTest {
    private static final int STEPS = 40;
    private static final List<Set<Purpose>> USAGES = List.of(
            Set.of(Purpose.ENCRYPTION),
            Set.of(Purpose.SIGNATURE),
            Set.of(Purpose.ENCRYPTION, Purpose.AUTHENTICATION),
            Set.of());

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void randomHistory_keepsTheInvariants(long seed) {
        History history = new History(new Random(seed));
        for (int step = 0; step < STEPS; step++) {
            PartySituation situation = history.next();
            List<String> broken = Invariants.broken(situation);
            assertThat(broken).as("seed %d step %d: %s", seed, step, situation).isEmpty();
            history.carryOut(situation);
        }
    }

    private enum Condition {
        GOOD,
        REVOKED,
        ON_HOLD,
        DISTRUSTED,
        IN_DOUBT
    }

    private static final class History {
        private final Random random;
        private final List<PartnerCertificate> certificates;
        private final Map<PartnerCertificate, Set<Purpose>> usages = new HashMap<>();
        private final Map<PartnerCertificate, Condition> conditions = new HashMap<>();
        private final Map<PartnerCertificate, Optional<Instant>> strings = new HashMap<>();
        private List<Installed> installed = List.of();
        private Map<Sha256, Instant> droppedAt = Map.of();
        private Instant at = Scene.NOW;
        private final Optional<CutOver> cutOver;

        History(Random random) {
            this.random = random;
            Instant off = Scene.days(random.nextInt(0, 200));
            this.cutOver = random.nextInt(3) == 0
                    ? Optional.empty()
                    : Optional.of(CutOver.of(
                            "portal",
                            off,
                            Duration.ofDays(random.nextInt(30)),
                            List.of(),
                            List.of(),
                            Optional.of(Scene.days(random.nextInt(-200, 200)))));
            this.certificates = IntStream.range(0, 6)
                    .mapToObj(serial -> {
                        Instant begin = Scene.days(random.nextInt(-200, 200));
                        return PaperCertificate.of(
                                "Part", serial, begin, begin.plus(Duration.ofDays(random.nextInt(10, 400))));
                    })
                    .toList();
            certificates.forEach(certificate -> {
                usages.put(certificate, USAGES.get(random.nextInt(USAGES.size())));
                conditions.put(certificate, Condition.GOOD);
            });
        }

        PartySituation next() {
            at = at.plus(Duration.ofHours(random.nextInt(1, 24 * 15)));
            PartnerCertificate one = certificates.get(random.nextInt(certificates.size()));
            switch (random.nextInt(6)) {
                case 0, 1 -> strings.put(one, Optional.empty());
                case 2 -> strings.put(one, Optional.of(at.plus(Duration.ofDays(random.nextInt(30)))));
                case 3 -> strings.remove(one);
                default -> conditions.put(one, Condition.values()[random.nextInt(Condition.values().length)]);
            }
            return situation();
        }

        private PartySituation situation() {
            boolean down = random.nextInt(5) == 0;
            List<Offer> offers = new ArrayList<>();
            List<java.math.BigInteger> missing = new ArrayList<>();
            strings.forEach((certificate, from) -> {
                if (down && random.nextBoolean()) {
                    return;
                }
                if (from.isEmpty() && random.nextInt(8) == 0) {
                    missing.add(certificate.serial());
                } else {
                    offers.add(new Offer(certificate, assess(certificate), true, from));
                }
            });
            List<Installed> present = installed.stream()
                    .map(entry -> new Installed(
                            entry.certificate(), assess(entry.certificate()), entry.purpose(), entry.current()))
                    .toList();
            return new PartySituation(
                    at,
                    Set.of(Purpose.ENCRYPTION, Purpose.SIGNATURE, Purpose.AUTHENTICATION),
                    down ? List.of(Reason.of(ReasonCode.DIRECTORY_UNAVAILABLE, "down")) : List.of(),
                    offers,
                    present,
                    own(),
                    new OrganizationFacts(
                            OrganizationMode.REMEMBER,
                            Optional.empty(),
                            Optional.of(Set.of(Verdicts.NUMBER)),
                            Set.of(),
                            !installed.isEmpty()),
                    missing,
                    List.of(),
                    droppedAt,
                    random.nextBoolean() ? Optional.of(Duration.ofDays(random.nextInt(40))) : Optional.empty(),
                    cutOver);
        }

        private Map<Purpose, Sha256> own() {
            return random.nextInt(3) == 0
                    ? Map.of(
                            Purpose.ENCRYPTION,
                            certificates
                                    .get(random.nextInt(certificates.size()))
                                    .sha256())
                    : Map.of();
        }

        private Assessment assess(PartnerCertificate certificate) {
            ReasonCode[] codes = switch (Objects.requireNonNull(conditions.get(certificate))) {
                case GOOD -> time(certificate);
                case REVOKED, ON_HOLD -> new ReasonCode[] {ReasonCode.REVOKED};
                case DISTRUSTED -> new ReasonCode[] {ReasonCode.UNTRUSTED};
                case IN_DOUBT -> new ReasonCode[] {ReasonCode.REVOCATION_UNKNOWN};
            };
            return Verdicts.of(Verdicts.PARTY, Objects.requireNonNull(usages.get(certificate)), codes);
        }

        private ReasonCode[] time(PartnerCertificate certificate) {
            if (at.isBefore(certificate.notBefore())) {
                return new ReasonCode[] {ReasonCode.NOT_YET_VALID};
            }
            return at.isAfter(certificate.notAfter()) ? new ReasonCode[] {ReasonCode.EXPIRED} : new ReasonCode[] {};
        }

        void carryOut(PartySituation situation) {
            PartyDecision decision = Rollover.decide(situation);
            installed = Invariants.after(situation, decision).installed();
            droppedAt = decision.droppedAt();
        }
    }
}
