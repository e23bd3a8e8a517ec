package no.sertsynk.rollover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Sha256;
import no.sertsynk.model.SubjectIdentity;
import no.sertsynk.model.Verdict;
import no.sertsynk.sandbox.SandboxAuthority;
import no.sertsynk.sandbox.SandboxAuthority.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolloverTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final OrganizationNumber NUMBER = new OrganizationNumber("911111111");
    private static final SandboxAuthority AUTHORITY = SandboxAuthority.create("Test", NOW, Optional.empty());
    private static final List<PartnerCertificate> POOL = pool();

    private static List<PartnerCertificate> pool() {
        List<PartnerCertificate> pool = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            pool.add(AUTHORITY.issue(
                    Order.of("P", NUMBER, SandboxAuthority.ENCRYPTION_USAGE, NOW.minus(Duration.ofDays(100L - i)))));
        }
        return pool;
    }

    private static Assessment assessment(Verdict verdict, ReasonCode... codes) {
        List<Reason> reasons = new ArrayList<>();
        for (ReasonCode code : codes) {
            reasons.add(Reason.of(code, "because"));
        }
        return new Assessment(
                verdict,
                Set.of(Purpose.ENCRYPTION),
                new SubjectIdentity(Optional.of(NUMBER), "P", List.of()),
                reasons,
                List.of(),
                List.of());
    }

    private static Assessment of(int kind) {
        return switch (kind) {
            case 0, 1, 2 -> assessment(Verdict.ACCEPTED);
            case 3 -> assessment(Verdict.UNDETERMINED, ReasonCode.REVOCATION_UNKNOWN);
            case 4 -> assessment(Verdict.REJECTED, ReasonCode.REVOKED);
            default -> assessment(Verdict.REJECTED, ReasonCode.UNTRUSTED);
        };
    }

    private static PartySituation situation(
            List<Offer> offers, List<Installed> installed, Map<Purpose, Sha256> own, List<Reason> problems) {
        return new PartySituation(
                NOW,
                Set.of(Purpose.ENCRYPTION),
                problems,
                offers,
                installed,
                own,
                new OrganizationFacts(
                        OrganizationMode.REMEMBER,
                        Optional.empty(),
                        Optional.of(Set.of(NUMBER)),
                        Set.of(),
                        !installed.isEmpty()),
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty());
    }

    @Test
    void newerOffer_becomesCurrentAndTheOldOneRetires() {
        Assessment good = of(0);
        PartyDecision decision = Rollover.decide(situation(
                List.of(new Offer(POOL.get(1), good, true, Optional.empty())),
                List.of(new Installed(POOL.get(0), good, Purpose.ENCRYPTION, true)),
                Map.of(),
                List.of()));

        assertThat(decision.certificates())
                .extracting(CertificateDecision::certificate, CertificateDecision::role, CertificateDecision::action)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(POOL.get(1), Role.CURRENT, Action.ADD),
                        org.assertj.core.groups.Tuple.tuple(POOL.get(0), Role.PARALLEL, Action.RETIRE));
    }

    @Test
    void registersOwnOutsideTheOffers_keepsTheInstalledCurrent() {
        Assessment good = of(0);
        PartyDecision decision = Rollover.decide(situation(
                List.of(new Offer(POOL.get(1), good, true, Optional.empty())),
                List.of(new Installed(POOL.get(0), good, Purpose.ENCRYPTION, true)),
                Map.of(Purpose.ENCRYPTION, POOL.get(5).sha256()),
                List.of()));

        assertThat(decision.current(Purpose.ENCRYPTION).orElseThrow().certificate())
                .isEqualTo(POOL.get(0));
        assertThat(decision.warnings()).extracting(Reason::code).contains(ReasonCode.REGISTER_MISMATCH);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void randomHistories_keepTheInvariants(long seed) {
        Random random = new Random(seed);
        Map<PartnerCertificate, Boolean> installed = new HashMap<>();
        for (int step = 0; step < 400; step++) {
            Map<PartnerCertificate, Assessment> verdicts = new HashMap<>();
            POOL.forEach(certificate -> verdicts.put(certificate, of(random.nextInt(6))));
            List<Offer> offers = new ArrayList<>();
            for (PartnerCertificate certificate : POOL) {
                if (random.nextBoolean()) {
                    offers.add(new Offer(
                            certificate,
                            java.util.Objects.requireNonNull(verdicts.get(certificate)),
                            true,
                            Optional.empty()));
                }
            }
            List<Reason> problems =
                    random.nextInt(4) == 0 ? List.of(Reason.of(ReasonCode.DIRECTORY_UNAVAILABLE, "down")) : List.of();
            if (!problems.isEmpty()) {
                offers.clear();
            }
            List<Installed> present = present(installed, verdicts);

            PartyDecision decision = Rollover.decide(situation(offers, present, Map.of(), problems));
            Collections.shuffle(offers, random);
            Collections.shuffle(present, random);
            String context = "seed " + seed + " step " + step;
            assertThat(new HashSet<>(Rollover.decide(situation(offers, present, Map.of(), problems))
                            .certificates()))
                    .as(context)
                    .isEqualTo(new HashSet<>(decision.certificates()));

            Map<PartnerCertificate, Boolean> after = new HashMap<>();
            decision.certificates().stream()
                    .filter(CertificateDecision::isInstalled)
                    .forEach(entry -> after.put(entry.certificate(), entry.role() == Role.CURRENT));
            check(context, offers, installed, verdicts, after);
            assertThat(installedAfter(Rollover.decide(situation(offers, present(after, verdicts), Map.of(), problems))))
                    .as(context)
                    .isEqualTo(after);
            installed = after;
        }
    }

    private static List<Installed> present(
            Map<PartnerCertificate, Boolean> installed, Map<PartnerCertificate, Assessment> verdicts) {
        List<Installed> present = new ArrayList<>();
        installed.forEach((certificate, current) -> present.add(new Installed(
                certificate,
                java.util.Objects.requireNonNull(verdicts.get(certificate)),
                Purpose.ENCRYPTION,
                current)));
        return present;
    }

    private static Map<PartnerCertificate, Boolean> installedAfter(PartyDecision decision) {
        Map<PartnerCertificate, Boolean> after = new HashMap<>();
        decision.certificates().stream()
                .filter(CertificateDecision::isInstalled)
                .forEach(entry -> after.put(entry.certificate(), entry.role() == Role.CURRENT));
        return after;
    }

    private static void check(
            String context,
            List<Offer> offers,
            Map<PartnerCertificate, Boolean> before,
            Map<PartnerCertificate, Assessment> verdicts,
            Map<PartnerCertificate, Boolean> after) {
        assertThat(after.values().stream().filter(current -> current).count())
                .as(context)
                .isEqualTo(after.isEmpty() ? 0 : 1);
        for (Offer offer : offers) {
            if (offer.assessment().verdict() == Verdict.ACCEPTED) {
                assertThat(after).as(context + ": accepted and named").containsKey(offer.certificate());
            }
        }
        after.keySet()
                .forEach(certificate -> assertThat(java.util.Objects.requireNonNull(verdicts.get(certificate))
                                .verdict())
                        .as(context + ": nothing rejected is present")
                        .isNotEqualTo(Verdict.REJECTED));
        before.keySet().forEach(certificate -> {
            if (java.util.Objects.requireNonNull(verdicts.get(certificate)).verdict() == Verdict.UNDETERMINED) {
                assertThat(after)
                        .as(context + ": nothing goes on an undetermined verdict")
                        .containsKey(certificate);
            }
        });
    }
}
