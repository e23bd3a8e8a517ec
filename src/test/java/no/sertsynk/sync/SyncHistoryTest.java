package no.sertsynk.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import no.sertsynk.model.AliasTemplate.Owner;
import no.sertsynk.model.HerId;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.SubjectIdentity;
import no.sertsynk.model.Verdict;
import no.sertsynk.register.CommunicationParty.AnnouncedString;
import no.sertsynk.register.OwnCertificates;
import no.sertsynk.rollover.Action;
import no.sertsynk.rollover.Guards.Guard;
import no.sertsynk.rollover.Verdicts;
import no.sertsynk.sync.SyncSettings.KeystoreSetting;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories of a small world run through the real flow: certificates come, are announced, revoked, put on hold and
 * doubted; register, directory, keystores and clock fail; parties, purposes and keystores enter and leave the
 * configuration; other programs write; the state is lost. After every run the keystores are as the rules have them.
 */
class SyncHistoryTest {
    private static final int STEPS = 30;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void randomHistory_keepsTheKeystoresRight(long seed) {
        History history = new History(new Random(seed));
        for (int step = 0; step < STEPS; step++) {
            history.context = "seed " + seed + " step " + step;
            history.change();
            history.runAndCheck();
        }
    }

    private static final class History {
        private static final int PARTIES = 5;
        private static final List<ReasonCode> FINDINGS =
                List.of(ReasonCode.REVOKED, ReasonCode.UNTRUSTED, ReasonCode.REVOCATION_UNKNOWN);

        private static final List<KeystoreSetting> EVERYTHING = List.of(
                World.keystore("dit", Set.of(Purpose.ENCRYPTION, Purpose.SIGNATURE)),
                World.keystore("epj", Set.of(Purpose.SIGNATURE), new HerId(1), new HerId(2)));

        private final Random random;
        private final World world = new World();
        private final List<PartnerCertificate> issued = new ArrayList<>();
        private final Map<String, PartnerCertificate> foreign = new HashMap<>();
        private String context = "";

        History(Random random) {
            this.random = random;
            for (int i = 1; i <= PARTIES; i++) {
                world.party(i);
                publish(i);
            }
        }

        private <T> T any(List<T> from) {
            return from.get(random.nextInt(from.size()));
        }

        private World.Party party(int herId) {
            return Objects.requireNonNull(world.register.get(new HerId(herId)));
        }

        private Purpose[] purposes() {
            return switch (random.nextInt(3)) {
                case 0 -> new Purpose[] {Purpose.ENCRYPTION};
                case 1 -> new Purpose[] {Purpose.SIGNATURE};
                default -> new Purpose[] {Purpose.ENCRYPTION, Purpose.SIGNATURE};
            };
        }

        private PartnerCertificate issue(String name) {
            long today = Duration.between(World.START, world.now).toDays();
            long from = today + random.nextInt(-60, 20);
            SubjectIdentity system = new SubjectIdentity(
                    Optional.of(Verdicts.NUMBER), name, random.nextInt(4) == 0 ? List.of("Lab") : List.of());
            PartnerCertificate certificate =
                    world.issue(system, 1 + issued.size(), from, from + random.nextInt(1, 120), purposes());
            issued.add(certificate);
            return certificate;
        }

        private void publish(int herId) {
            World.Party party = party(herId);
            PartnerCertificate renewed = issue("Part-" + herId);
            party.own = new OwnCertificates(Optional.empty(), Optional.empty(), List.of());
            switch (random.nextInt(6)) {
                case 0 -> {
                    List<String> both = new ArrayList<>(party.strings);
                    both.add(World.string(renewed));
                    party.strings = List.copyOf(both.subList(Math.max(0, both.size() - 3), both.size()));
                }
                case 1 -> {
                    party.strings = List.of(World.open("Part-" + herId));
                    party.own = new OwnCertificates(Optional.of(renewed), Optional.empty(), List.of());
                }
                case 2 ->
                    party.announced = List.of(new AnnouncedString(
                            World.string(renewed), false, world.now.plus(Duration.ofDays(random.nextInt(20)))));
                case 3 -> party.named(renewed, any(issued));
                default -> party.named(renewed);
            }
        }

        void change() {
            world.now = world.now.plus(Duration.ofHours(random.nextInt(24 * 12)));
            world.clockOffset = random.nextInt(15) == 0 ? Optional.of(Duration.ofHours(1)) : Optional.empty();
            world.directoryDown = random.nextInt(8) == 0;
            world.keystores.failing.clear();
            if (random.nextInt(10) == 0) {
                world.keystores.failing.add(any(world.settings).spec().name());
            }
            world.unanswered.clear();
            for (int i = random.nextInt(4); i > 0; i--) {
                event();
            }
            if (random.nextInt(40) == 0) {
                loseState();
            }
        }

        private void event() {
            int herId = 1 + random.nextInt(PARTIES);
            HerId id = new HerId(herId);
            PartnerCertificate certificate = any(issued);
            switch (random.nextInt(14)) {
                case 0, 1, 2 -> publish(herId);
                case 3, 4 -> world.findings.put(certificate, any(FINDINGS));
                case 5 -> world.findings.remove(certificate);
                case 6 -> world.directory.remove(certificate);
                case 7 ->
                    world.unanswered.put(
                            id,
                            any(List.of(
                                    ReasonCode.REGISTER_UNAVAILABLE,
                                    ReasonCode.PARTY_UNKNOWN,
                                    ReasonCode.LIMIT_EXCEEDED)));
                case 8 -> party(herId).strings = any(List.of(List.of(), List.of("ldap://CN=foo")));
                case 9 -> party(herId).active = !party(herId).active;
                case 10 -> {
                    if (!world.configured.remove(id)) {
                        world.configured.add(id);
                    }
                }
                case 11 ->
                    world.settings = any(List.of(
                            List.of(World.keystore("dit", Set.of(Purpose.ENCRYPTION, Purpose.SIGNATURE))),
                            List.of(World.keystore("dit", Set.of(Purpose.ENCRYPTION))),
                            EVERYTHING));
                case 12 ->
                    world.keepPrevious = any(
                            List.of(Optional.empty(), Optional.of(Duration.ZERO), Optional.of(Duration.ofDays(15))));
                default -> otherProgram();
            }
        }

        private void otherProgram() {
            String alias = "foreign-" + foreign.size();
            PartnerCertificate certificate = any(issued);
            foreign.put(alias, certificate);
            world.keystores.put("dit", alias, certificate);
        }

        /**
         * While all is configured and nothing stops the run: what is not seen then would count as another program's from
         * then on.
         */
        private void loseState() {
            world.state = new MemoryState();
            world.keystores.failing.clear();
            world.clockOffset = Optional.empty();
            world.unanswered.clear();
            world.configured.addAll(world.register.keySet());
            world.settings = EVERYTHING;
        }

        void runAndCheck() {
            Guard[] force = random.nextInt(4) == 0 ? Guard.values() : new Guard[0];
            Map<String, Map<String, PartnerCertificate>> before = new HashMap<>();
            world.settings.forEach(setting -> before.put(
                    setting.spec().name(), world.entries(setting.spec().name())));
            Map<String, Object> untouched = world.changeable();
            SyncReport plan = world.run(Set.of(), true, Optional.empty(), force);
            assertThat(world.changeable())
                    .as(context + ": a plan changes nothing")
                    .isEqualTo(untouched);

            SyncReport report = world.sync(force);
            assertThat(World.fates(report))
                    .as(context + ": plan and sync agree")
                    .isEqualTo(World.fates(plan));
            for (KeystoreSetting setting : world.settings) {
                new Check(setting, report, before.getOrDefault(setting.spec().name(), Map.of())).check();
            }
            if (report.stopped().isPresent()) {
                return;
            }
            SyncReport again = world.sync(force);
            assertThat(again.keystores())
                    .as(context + ": applying twice changes nothing")
                    .noneMatch(KeystoreReport::changed);
            assertThat(again.parties())
                    .as(context)
                    .allSatisfy(party -> assertThat(party.certificates())
                            .noneMatch(certificate ->
                                    PartyOutcome.isChange(certificate.action()) && world.keystores.failing.isEmpty()));
        }

        private record Slot(HerId herId, Purpose purpose) {}

        /** What must be true of one keystore after a run. */
        private final class Check {
            private final KeystoreSetting setting;
            private final SyncReport report;
            private final Map<String, PartnerCertificate> before;
            private final Map<String, PartnerCertificate> after;
            private final boolean withheld;

            Check(KeystoreSetting setting, SyncReport report, Map<String, PartnerCertificate> before) {
                this.setting = setting;
                this.report = report;
                this.before = before;
                this.after = world.entries(setting.spec().name());
                this.withheld = report.stopped().isPresent();
            }

            void check() {
                foreign.keySet().stream()
                        .filter(before::containsKey)
                        .forEach(alias -> assertThat(after)
                                .as(context + ": other programs' entries stay")
                                .containsEntry(alias, before.get(alias)));
                if (isStopped()) {
                    assertThat(after)
                            .as(context + ": a run that is stopped changes nothing")
                            .isEqualTo(before);
                    return;
                }
                Map<Slot, Set<PartnerCertificate>> was = slots(before);
                Map<Slot, Set<PartnerCertificate>> is = slots(after);
                was.forEach(
                        (slot, certificates) -> certificates.forEach(certificate -> checkKept(slot, certificate, is)));
                is.forEach(this::checkSlot);
                world.configured.forEach(this::checkNamed);
            }

            private boolean isStopped() {
                boolean clock = report.stopped()
                        .filter(reason -> reason.message().contains("guard clock"))
                        .isPresent();
                boolean register = report.stopped()
                        .filter(reason -> reason.code() != ReasonCode.GUARD)
                        .isPresent();
                return clock
                        || register
                        || world.keystores.failing.contains(setting.spec().name());
            }

            private Map<Slot, Set<PartnerCertificate>> slots(Map<String, PartnerCertificate> entries) {
                Map<Slot, Set<PartnerCertificate>> slots = new HashMap<>();
                entries.forEach((alias, certificate) -> setting.aliases()
                        .owner(alias)
                        .ifPresent(owner -> slots.computeIfAbsent(slot(owner), key -> new HashSet<>())
                                .add(certificate)));
                return slots;
            }

            private static Slot slot(Owner owner) {
                return new Slot(owner.herId().orElseThrow(), owner.purpose().orElseThrow());
            }

            private boolean isWanted(Slot slot) {
                return world.configured.contains(slot.herId())
                        && setting.serves(slot.herId())
                        && setting.purposes().contains(slot.purpose());
            }

            private void checkKept(Slot slot, PartnerCertificate certificate, Map<Slot, Set<PartnerCertificate>> is) {
                boolean stays = is.getOrDefault(slot, Set.of()).contains(certificate);
                if (withheld) {
                    assertThat(stays || world.now.isAfter(certificate.notAfter()))
                            .as(context + ": a guard withholds all but expiry: " + slot + " " + certificate)
                            .isTrue();
                }
                if (isWanted(slot) && !stays) {
                    Verdict verdict = world.assess(certificate).verdict();
                    assertThat(verdict == Verdict.REJECTED
                                    || (verdict == Verdict.ACCEPTED && isDropped(slot, certificate)))
                            .as(context + ": nothing accepted or in doubt goes: " + slot + " " + certificate)
                            .isTrue();
                }
            }

            private boolean isDropped(Slot slot, PartnerCertificate certificate) {
                return World.report(report, slot.herId().value()).certificates().stream()
                        .anyMatch(fate -> fate.purpose() == slot.purpose()
                                && fate.certificate().equals(certificate)
                                && fate.action() == Action.REMOVE
                                && fate.reasons().getFirst().code() == ReasonCode.REGISTER_MISMATCH);
            }

            private void checkSlot(Slot slot, Set<PartnerCertificate> certificates) {
                assertThat(after)
                        .as(context + ": one is current wherever any is installed: " + slot)
                        .containsKey(setting.aliases().current(slot.herId(), slot.purpose()));
                if (!withheld) {
                    assertThat(isWanted(slot))
                            .as(context + ": what is not wanted goes: " + slot)
                            .isTrue();
                    assertThat(certificates)
                            .as(context + ": nothing rejected stays: " + slot)
                            .noneMatch(certificate -> world.assess(certificate).verdict() == Verdict.REJECTED
                                    && !world.now.isBefore(certificate.notBefore()));
                }
            }

            private void checkNamed(HerId herId) {
                World.Party party = Objects.requireNonNull(world.register.get(herId));
                boolean ambiguous = World.report(report, herId.value()).reasons().stream()
                        .anyMatch(reason -> reason.code() == ReasonCode.AMBIGUOUS);
                if (ambiguous || world.directoryDown || world.unanswered.containsKey(herId) || !party.active) {
                    return;
                }
                for (PartnerCertificate certificate : world.directory) {
                    boolean named = party.strings.stream().anyMatch(text -> names(text, certificate));
                    if (named && world.assess(certificate).verdict() == Verdict.ACCEPTED) {
                        world.assess(certificate)
                                .purposes()
                                .forEach(purpose -> checkPresent(new Slot(herId, purpose), certificate));
                    }
                }
            }

            private void checkPresent(Slot slot, PartnerCertificate certificate) {
                assertThat(!isWanted(slot)
                                || slots(after).getOrDefault(slot, Set.of()).contains(certificate))
                        .as(context + ": nothing accepted and named is missing: " + slot + " " + certificate)
                        .isTrue();
            }

            private static boolean names(String text, PartnerCertificate certificate) {
                return text.contains("(certificateSerialNumber=" + certificate.serial() + ")");
            }
        }
    }
}
