package no.sertsynk.rollover;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Sha256;

/** A party's situation, told step by step. Encryption is the purpose where none is said. */
final class Scene {
    static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    Instant at = NOW;
    Set<Purpose> purposes = Set.of(Purpose.ENCRYPTION);
    final List<Reason> problems = new ArrayList<>();
    final List<Offer> offers = new ArrayList<>();
    final List<Installed> installed = new ArrayList<>();
    final Map<Purpose, Sha256> own = new EnumMap<>(Purpose.class);
    final List<BigInteger> missing = new ArrayList<>();
    final List<String> empty = new ArrayList<>();
    final Map<Sha256, Instant> droppedAt = new HashMap<>();
    Optional<Duration> keepPrevious = Optional.empty();
    Optional<CutOver> cutOver = Optional.empty();
    OrganizationFacts organization = new OrganizationFacts(
            OrganizationMode.REMEMBER, Optional.empty(), Optional.of(Set.of(Verdicts.NUMBER)), Set.of(), false);

    private static final List<PartnerCertificate> CERTIFICATES =
            IntStream.range(0, 10).mapToObj(Scene::newCertificate).toList();

    /** The certificate of that number; the higher, the later it begins. */
    static PartnerCertificate certificate(int number) {
        return CERTIFICATES.get(number);
    }

    private static PartnerCertificate newCertificate(int number) {
        Instant begin = NOW.minus(Duration.ofDays(400)).plus(Duration.ofDays(number));
        return PaperCertificate.of("Part", number, begin, begin.plus(Duration.ofDays(1096)));
    }

    static Instant days(long days) {
        return NOW.plus(Duration.ofDays(days));
    }

    Scene named(PartnerCertificate certificate, ReasonCode... codes) {
        return offered(certificate, Verdicts.encryption(codes), true);
    }

    Scene matched(PartnerCertificate certificate, Assessment assessment) {
        return offered(certificate, assessment, false);
    }

    Scene offered(PartnerCertificate certificate, Assessment assessment, boolean exact) {
        offers.add(new Offer(certificate, assessment, exact, Optional.empty()));
        return this;
    }

    Scene announced(PartnerCertificate certificate, Instant from, ReasonCode... codes) {
        offers.add(new Offer(certificate, Verdicts.encryption(codes), true, Optional.of(from)));
        return this;
    }

    Scene current(PartnerCertificate certificate, ReasonCode... codes) {
        return installed(certificate, Verdicts.encryption(codes), Purpose.ENCRYPTION, true);
    }

    Scene parallel(PartnerCertificate certificate, ReasonCode... codes) {
        return installed(certificate, Verdicts.encryption(codes), Purpose.ENCRYPTION, false);
    }

    Scene installed(PartnerCertificate certificate, Assessment assessment, Purpose purpose, boolean isCurrent) {
        installed.add(new Installed(certificate, assessment, purpose, isCurrent));
        return this;
    }

    Scene registersOwn(PartnerCertificate certificate) {
        own.put(Purpose.ENCRYPTION, certificate.sha256());
        return this;
    }

    Scene problem(ReasonCode code) {
        problems.add(Reason.of(code, "because of " + code));
        return this;
    }

    Scene dropped(PartnerCertificate certificate, Instant since) {
        droppedAt.put(certificate.sha256(), since);
        return this;
    }

    Scene organization(OrganizationFacts facts) {
        organization = facts;
        return this;
    }

    PartySituation situation() {
        return new PartySituation(
                at,
                purposes,
                problems,
                offers,
                installed,
                own,
                organization,
                missing,
                empty,
                droppedAt,
                keepPrevious,
                cutOver);
    }

    PartyDecision decide() {
        return Rollover.decide(situation());
    }
}
