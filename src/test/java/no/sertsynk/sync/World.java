package no.sertsynk.sync;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import no.sertsynk.directory.Directory;
import no.sertsynk.directory.DirectoryAnswer;
import no.sertsynk.directory.DirectoryException;
import no.sertsynk.directory.LdapString;
import no.sertsynk.keystore.KeystoreSpec;
import no.sertsynk.keystore.KeystoreSpec.KeystoreType;
import no.sertsynk.model.AliasTemplate;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.SubjectIdentity;
import no.sertsynk.register.CommunicationParty;
import no.sertsynk.register.CommunicationParty.AnnouncedString;
import no.sertsynk.register.CommunicationParty.RegisteredString;
import no.sertsynk.register.OwnCertificates;
import no.sertsynk.register.Register;
import no.sertsynk.register.RegisterException;
import no.sertsynk.rollover.Guards.Guard;
import no.sertsynk.rollover.OrganizationMode;
import no.sertsynk.rollover.PaperCertificate;
import no.sertsynk.rollover.Verdicts;
import no.sertsynk.sync.SyncSettings.KeystoreSetting;
import no.sertsynk.sync.SyncSettings.PartySetting;
import org.jspecify.annotations.Nullable;

/**
 * Register, directory, validation, keystores and state in memory, and a clock that stands until it is moved. Runs the
 * real flow against them.
 */
final class World {
    static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

    /** What a party has in the register. */
    static final class Party {
        final HerId herId;
        Optional<OrganizationNumber> number = Optional.of(Verdicts.NUMBER);
        Optional<HerId> parent = Optional.empty();
        Optional<Instant> validTo = Optional.empty();
        boolean active = true;
        List<String> strings = List.of();
        List<AnnouncedString> announced = List.of();
        OwnCertificates own = new OwnCertificates(Optional.empty(), Optional.empty(), List.of());

        Party(HerId herId) {
            this.herId = herId;
        }

        Party named(PartnerCertificate... certificates) {
            strings = certificates.length == 0 ? List.of() : List.of(string(certificates));
            return this;
        }
    }

    private record Fact(SubjectIdentity subject, Set<Purpose> purposes) {}

    final MemoryKeystores keystores = new MemoryKeystores();
    MemoryState state = new MemoryState();
    Instant now = START;
    final Map<HerId, Party> register = new TreeMap<>();
    final Map<HerId, ReasonCode> unanswered = new HashMap<>();
    final Set<PartnerCertificate> directory = new LinkedHashSet<>();
    boolean directoryDown;
    final Map<PartnerCertificate, ReasonCode> findings = new HashMap<>();
    Optional<Duration> clockOffset = Optional.empty();
    int ownCalls;
    /** What the register tells of changes; null where it does not. */
    @Nullable
    Map<HerId, Instant> lastUpdated;

    String source = "https://register.example/v1/AR/Basic";
    boolean changesDown;
    final Set<HerId> askedForChanges = new TreeSet<>();
    final Set<HerId> lookedUp = new ConcurrentSkipListSet<>();
    final AtomicInteger searches = new AtomicInteger();

    Set<HerId> configured = new LinkedHashSet<>();
    Map<HerId, OrganizationNumber> pins = new HashMap<>();
    List<KeystoreSetting> settings = List.of(keystore("dit", Set.of(Purpose.ENCRYPTION, Purpose.SIGNATURE)));
    OrganizationMode mode = OrganizationMode.REMEMBER;
    Optional<Duration> keepPrevious = Optional.empty();
    List<SyncSettings.ServiceSetting> services = List.of();
    private final Map<PartnerCertificate, Fact> facts = new HashMap<>();
    private int runs;

    static KeystoreSetting keystore(String name, Set<Purpose> purposes, HerId... parties) {
        return new KeystoreSetting(
                new KeystoreSpec(name, Path.of("/srv/" + name), KeystoreType.PEM, Optional.empty()),
                purposes,
                parties.length == 0 ? Optional.empty() : Optional.of(Set.of(parties)),
                AliasTemplate.of(AliasTemplate.DEFAULT_CURRENT, Optional.empty()));
    }

    /** A party that is in the register and in the configuration. */
    Party party(int herId) {
        HerId id = new HerId(herId);
        configured.add(id);
        return register.computeIfAbsent(id, Party::new);
    }

    /** A certificate of the default organisation that lies in the directory. */
    PartnerCertificate issue(String name, int serial, long fromDay, long toDay, Purpose... purposes) {
        return issue(Verdicts.system(name, Verdicts.NUMBER), serial, fromDay, toDay, purposes);
    }

    PartnerCertificate issue(SubjectIdentity subject, int serial, long fromDay, long toDay, Purpose... purposes) {
        PartnerCertificate certificate = PaperCertificate.of(subject.commonName(), serial, day(fromDay), day(toDay));
        facts.put(certificate, new Fact(subject, Set.of(purposes)));
        directory.add(certificate);
        return certificate;
    }

    static Instant day(long day) {
        return START.plus(Duration.ofDays(day));
    }

    static String string(PartnerCertificate... certificates) {
        StringBuilder filter = new StringBuilder("(|");
        for (PartnerCertificate certificate : certificates) {
            filter.append("(certificateSerialNumber=")
                    .append(certificate.serial())
                    .append(')');
        }
        return "ldap://directory.example/dc=Test,dc=no?userCertificate;binary?sub?" + filter + ")";
    }

    /** A string that matches every certificate of that name. */
    static String open(String name) {
        return "ldap://directory.example/dc=Test,dc=no?userCertificate;binary?sub?(cn=" + name + ")";
    }

    SyncReport sync(Guard... force) {
        return run(Set.of(), false, Optional.empty(), force);
    }

    SyncReport plan() {
        return run(Set.of(), true, Optional.empty());
    }

    SyncReport run(Set<HerId> only, boolean dryRun, Optional<OrganizationNumber> accept, Guard... force) {
        Set<Guard> forced = EnumSet.noneOf(Guard.class);
        forced.addAll(List.of(force));
        SyncRequest request = new SyncRequest("run-" + runs++, now, now, only, dryRun, forced, accept, List.of());
        List<PartySetting> parties = configured.stream()
                .map(herId -> new PartySetting(herId, Optional.ofNullable(pins.get(herId))))
                .toList();
        SyncSettings all = new SyncSettings(parties, settings, mode, keepPrevious, 50, services);
        Stages stages = new Stages(
                new FakeRegister(), new FakeDirectory(), this::assess, keystores, Clock.fixed(now, ZoneOffset.UTC));
        return new SyncRun(all, stages, state, SyncListener.none(), request).run();
    }

    Assessment assess(PartnerCertificate certificate) {
        Fact fact = Objects.requireNonNull(facts.get(certificate), "a certificate that this world did not issue");
        ReasonCode finding = findings.get(certificate);
        if (finding != null) {
            return Verdicts.of(fact.subject(), fact.purposes(), finding);
        }
        if (now.isBefore(certificate.notBefore())) {
            return Verdicts.of(fact.subject(), fact.purposes(), ReasonCode.NOT_YET_VALID);
        }
        return now.isAfter(certificate.notAfter())
                ? Verdicts.of(fact.subject(), fact.purposes(), ReasonCode.EXPIRED)
                : Verdicts.of(fact.subject(), fact.purposes());
    }

    /** What lies in the keystore, by alias. */
    Map<String, PartnerCertificate> entries(String keystore) {
        return new TreeMap<>(keystores.certificates(keystore));
    }

    static PartyReport report(SyncReport report, int herId) {
        return report.parties().stream()
                .filter(party -> party.herId().value() == herId)
                .findFirst()
                .orElseThrow();
    }

    private final class FakeRegister implements Register {
        @Override
        public CommunicationParty lookUp(HerId herId) throws RegisterException {
            lookedUp.add(herId);
            ReasonCode failure = unanswered.get(herId);
            Party party = register.get(herId);
            if (failure != null || party == null) {
                ReasonCode code = failure == null ? ReasonCode.PARTY_UNKNOWN : failure;
                throw RegisterException.of(Reason.of(code, "because of " + code));
            }
            return new CommunicationParty(
                    herId,
                    "Part " + herId,
                    party.number,
                    Optional.empty(),
                    party.parent,
                    party.active,
                    Optional.empty(),
                    party.validTo,
                    Optional.empty(),
                    party.strings.stream()
                            .map(text -> new RegisteredString(text, party.parent.isPresent(), Optional.empty()))
                            .toList(),
                    party.announced,
                    List.of(),
                    List.of());
        }

        @Override
        public Optional<Changes> changes(Set<HerId> herIds) throws RegisterException {
            askedForChanges.addAll(herIds);
            if (changesDown) {
                throw RegisterException.of(Reason.of(ReasonCode.REGISTER_UNAVAILABLE, "it does not tell changes"));
            }
            Map<HerId, Instant> told = lastUpdated;
            if (told == null) {
                return Optional.empty();
            }
            Map<HerId, Instant> asked = new HashMap<>(told);
            asked.keySet().retainAll(herIds);
            return Optional.of(new Changes(source, asked));
        }

        @Override
        public OwnCertificates ownCertificates(HerId herId) {
            synchronized (World.this) {
                ownCalls++;
            }
            return Objects.requireNonNull(register.get(herId)).own;
        }

        @Override
        public String ping() {
            return "pong";
        }

        @Override
        public Optional<Duration> clockOffset() {
            return clockOffset;
        }

        @Override
        public void close() {}
    }

    private final class FakeDirectory implements Directory {
        @Override
        public DirectoryAnswer search(LdapString string) throws DirectoryException {
            searches.incrementAndGet();
            if (directoryDown) {
                throw new DirectoryException(Reason.of(ReasonCode.DIRECTORY_UNAVAILABLE, "it is down"));
            }
            List<PartnerCertificate> found = directory.stream()
                    .filter(certificate -> string.serials().isEmpty()
                            ? string.filter().equals("(" + certificate.subject().replace("CN", "cn") + ")")
                            : string.serials().contains(certificate.serial()))
                    .toList();
            Set<java.math.BigInteger> missing = new HashSet<>(string.serials());
            missing.removeAll(found.stream().map(PartnerCertificate::serial).collect(Collectors.toSet()));
            return new DirectoryAnswer(found, List.of(), List.copyOf(missing), List.of());
        }

        @Override
        public void close() {}
    }

    /** Everything that a run may change. */
    Map<String, Object> changeable() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("keystores", keystores.files());
        all.put("memory", state.recall());
        return all;
    }

    /** The decisions of a report, party by party. */
    static List<String> fates(SyncReport report) {
        List<String> fates = new ArrayList<>();
        report.parties().forEach(party -> {
            fates.add(party.herId() + " " + party.outcome() + " " + party.reasons());
            party.certificates()
                    .forEach(each -> fates.add(party.herId() + " " + each.purpose() + " " + each.certificate() + " "
                            + each.role() + " " + each.action()));
        });
        return fates;
    }
}
