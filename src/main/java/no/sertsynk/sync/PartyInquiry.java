package no.sertsynk.sync;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import no.sertsynk.directory.Directory;
import no.sertsynk.directory.DirectoryAnswer;
import no.sertsynk.directory.DirectoryException;
import no.sertsynk.directory.LdapString;
import no.sertsynk.directory.LdapStringReader;
import no.sertsynk.directory.LdapStringReading;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Sha256;
import no.sertsynk.register.CommunicationParty;
import no.sertsynk.register.CommunicationParty.AnnouncedString;
import no.sertsynk.register.CommunicationParty.RegisteredString;
import no.sertsynk.register.OwnCertificates;
import no.sertsynk.register.Register;
import no.sertsynk.register.Register.Changes;
import no.sertsynk.register.RegisterException;
import no.sertsynk.rollover.Offer;
import no.sertsynk.sync.KnownAnswer.Stamp;
import no.sertsynk.sync.SyncState.PartyMemory;
import no.sertsynk.validation.Validator;

/** Asks register and directories about one party, and validation about what they give. For one thread and one party. */
final class PartyInquiry {
    /** How often the register is asked for its own certificates where the strings are exact. */
    private static final Duration OWN_CHECK_PERIOD = Duration.ofHours(24);

    private final Register register;
    private final Directory directory;
    private final Validator validator;
    private final Instant at;
    private final HerId herId;
    private final PartyMemory memory;
    private final Optional<Changes> changes;
    private final Map<Sha256, PartnerCertificate> stored;

    private final List<Reason> problems = new ArrayList<>();
    private final List<Reason> warnings = new ArrayList<>();
    private final List<Reason> malformed = new ArrayList<>();
    private final List<String> emptyStrings = new ArrayList<>();
    private final Set<BigInteger> missingSerials = new LinkedHashSet<>();
    private final Map<Sha256, Offer> offers = new LinkedHashMap<>();
    private boolean exact = true;
    private boolean undoubted = true;

    /**
     * @param changes what the register said of changes before this inquiry, if it was asked and may be relied on
     * @param stored the certificates of remembered answers
     */
    PartyInquiry(
            Stages stages,
            Instant at,
            PartyMemory memory,
            Optional<Changes> changes,
            Map<Sha256, PartnerCertificate> stored) {
        this.register = stages.register();
        this.directory = stages.directory();
        this.validator = stages.validator();
        this.at = at;
        this.herId = memory.herId();
        this.memory = memory;
        this.changes = changes;
        this.stored = stored;
    }

    PartyFindings inquire() {
        return unchanged().orElseGet(this::ask);
    }

    /** As remembered, if the register tells that it would answer the same; once in a while it is asked all the same. */
    private Optional<PartyFindings> unchanged() {
        Optional<KnownAnswer> known = memory.answer()
                .filter(answer ->
                        changes.filter(told -> answer.holds(herId, told, at)).isPresent());
        if (known.isEmpty() || memory.ownCheckedAt().isEmpty() || isOwnCheckDue(memory.ldapStrings())) {
            return Optional.empty();
        }
        List<PartnerCertificate> certificates = known.get().certificates().stream()
                .flatMap(sha256 -> Optional.ofNullable(stored.get(sha256)).stream())
                .toList();
        List<Reason> repaired = new ArrayList<>();
        if (certificates.size() < known.get().certificates().size()
                || !memory.ldapStrings().stream().allMatch(text -> namesSerials(text, repaired))) {
            return Optional.empty();
        }
        warnings.addAll(repaired);
        certificates.forEach(certificate -> offer(certificate, true, Optional.empty()));
        return Optional.of(findings(party(known.get()), memory.ldapStrings(), memory.own(), memory.ownCheckedAt()));
    }

    private static boolean namesSerials(String text, List<Reason> repaired) {
        return switch (LdapStringReader.read(text)) {
            case LdapStringReading.Unreadable ignored -> false;
            case LdapStringReading.Readable(LdapString string, List<String> repairs) -> {
                repairs.forEach(repair -> repaired.add(repaired(repair)));
                yield !string.serials().isEmpty();
            }
        };
    }

    private CommunicationParty party(KnownAnswer known) {
        boolean inherits = known.stamp().parent().isPresent();
        return new CommunicationParty(
                herId,
                memory.name(),
                known.organizationNumber(),
                known.parentOrganizationNumber(),
                known.stamp().parent(),
                true,
                Optional.empty(),
                known.validTo(),
                Optional.empty(),
                memory.ldapStrings().stream()
                        .map(text -> new RegisteredString(text, inherits, Optional.empty()))
                        .toList(),
                List.of(),
                List.of(),
                List.of());
    }

    /** What may stand for the register's next answer: one that leaves nothing to be asked again. */
    private Optional<KnownAnswer> answer(CommunicationParty party) {
        boolean inherits = party.ldapStrings().stream().anyMatch(RegisteredString::inherited);
        if (!undoubted
                || !problems.isEmpty()
                || party.ldapStrings().isEmpty()
                || !party.announced().isEmpty()
                || !party.certificates().isEmpty()
                || !party.warnings().isEmpty()
                || (inherits && party.parent().isEmpty())) {
            return Optional.empty();
        }
        return changes.flatMap(told -> Stamp.of(herId, inherits ? party.parent() : Optional.empty(), told))
                .map(stamp -> new KnownAnswer(
                        stamp,
                        party.validTo(),
                        party.organizationNumber(),
                        party.parentOrganizationNumber(),
                        List.copyOf(offers.keySet())));
    }

    private PartyFindings ask() {
        CommunicationParty party;
        try {
            party = register.lookUp(herId);
        } catch (RegisterException e) {
            return unanswered(e.reason());
        }
        warnings.addAll(party.warnings());
        List<String> strings =
                party.ldapStrings().stream().map(RegisteredString::text).toList();
        if (!party.active()) {
            problems.add(Reason.of(
                    ReasonCode.PARTY_INACTIVE,
                    "expected an active communication party, found that HER-id " + herId
                            + " is inactive in Adresseregisteret; take it out of parties if it has ended"));
            return findings(party, strings, Map.of(), memory.ownCheckedAt());
        }
        strings.forEach(text -> search(text, Optional.empty()));
        for (AnnouncedString announced : party.announced()) {
            search(announced.text(), Optional.of(announced.validFrom()));
        }
        party.certificates().forEach(certificate -> offer(certificate, true, Optional.empty()));
        if (!party.namesCertificates() || !exact || (isOwnCheckDue(strings) && !strings.isEmpty())) {
            return withOwnCertificates(party, strings);
        }
        return findings(party, strings, rememberedOwn(strings), ownCheck());
    }

    /** What the register said of other strings says nothing of these. */
    private Map<Purpose, Sha256> rememberedOwn(List<String> strings) {
        return strings.equals(memory.ldapStrings()) ? memory.own() : Map.of();
    }

    private PartyFindings unanswered(Reason reason) {
        return new PartyFindings(
                reason.code() != ReasonCode.REGISTER_UNAVAILABLE,
                reason.code() != ReasonCode.PARTY_UNKNOWN
                        && !memory.ldapStrings().isEmpty(),
                memory.name(),
                Optional.empty(),
                Optional.empty(),
                reason.code() == ReasonCode.PARTY_UNKNOWN ? List.of() : memory.ldapStrings(),
                List.of(reason),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                memory.ownCheckedAt(),
                Optional.empty());
    }

    /** One party's first check comes within the period, not at once: spread, so that the register is asked evenly. */
    private Optional<Instant> ownCheck() {
        return memory.ownCheckedAt()
                .or(() -> Optional.of(
                        at.minusSeconds(Math.floorMod(herId.value() * 2_654_435_761L, OWN_CHECK_PERIOD.toSeconds()))));
    }

    private boolean isOwnCheckDue(List<String> strings) {
        return strings.equals(memory.ldapStrings())
                && memory.ownCheckedAt()
                        .filter(checked -> !at.isBefore(checked.plus(OWN_CHECK_PERIOD)))
                        .isPresent();
    }

    private PartyFindings withOwnCertificates(CommunicationParty party, List<String> strings) {
        OwnCertificates own;
        try {
            own = register.ownCertificates(herId);
        } catch (RegisterException e) {
            (strings.isEmpty() ? problems : warnings).add(e.reason());
            return findings(party, strings, rememberedOwn(strings), memory.ownCheckedAt());
        }
        Map<Purpose, Sha256> digests = new EnumMap<>(Purpose.class);
        own.encryption().ifPresent(certificate -> digests.put(Purpose.ENCRYPTION, certificate.sha256()));
        own.signature().ifPresent(certificate -> digests.put(Purpose.SIGNATURE, certificate.sha256()));
        if (strings.isEmpty()) {
            Reason missing = Reason.of(
                    ReasonCode.LDAP_STRING_MISSING,
                    "expected an LDAP string (address E_DS) for HER-id " + herId + ", found none in Adresseregisteret"
                            + (own.isEmpty()
                                    ? "; ask the party to register one"
                                    : "; the register's own certificates are used"));
            (own.isEmpty() ? problems : warnings).add(missing);
            own.encryption().ifPresent(certificate -> offer(certificate, true, Optional.empty()));
            own.signature().ifPresent(certificate -> offer(certificate, true, Optional.empty()));
        }
        warnings.addAll(own.warnings());
        return findings(party, strings, digests, Optional.of(at));
    }

    private void search(String text, Optional<Instant> announcedFrom) {
        boolean announced = isAhead(announcedFrom);
        switch (LdapStringReader.read(text)) {
            case LdapStringReading.Unreadable(String error) ->
                (announced ? warnings : problems)
                        .add(Reason.of(
                                ReasonCode.LDAP_STRING_MALFORMED,
                                "expected an LDAP string (RFC 4516), found one that cannot be read: " + error
                                        + "; ask the party to correct it in Adresseregisteret"));
            case LdapStringReading.Readable(LdapString string, List<String> repairs) -> {
                for (String repair : repairs) {
                    warnings.add(repaired(repair));
                }
                search(text, string, announcedFrom);
            }
        }
    }

    private static Reason repaired(String repair) {
        return Reason.of(ReasonCode.LDAP_STRING_MALFORMED, "LDAP string repaired: " + repair);
    }

    private boolean isAhead(Optional<Instant> announcedFrom) {
        return announcedFrom.filter(from -> from.isAfter(at)).isPresent();
    }

    private void search(String text, LdapString string, Optional<Instant> announcedFrom) {
        boolean announced = isAhead(announcedFrom);
        DirectoryAnswer answer;
        try {
            answer = directory.search(string);
        } catch (DirectoryException e) {
            (announced ? warnings : problems).add(e.reason());
            return;
        }
        warnings.addAll(answer.warnings());
        // Another string may find a renewed certificate without any change in the register.
        undoubted &= !string.serials().isEmpty()
                && answer.warnings().isEmpty()
                && answer.malformed().isEmpty()
                && answer.missingSerials().isEmpty()
                && !answer.certificates().isEmpty();
        if (!announced) {
            exact &= string.exact();
            missingSerials.addAll(answer.missingSerials());
            malformed.addAll(answer.malformed());
            if (answer.certificates().isEmpty()
                    && answer.malformed().isEmpty()
                    && answer.missingSerials().isEmpty()) {
                emptyStrings.add(text);
            }
        }
        answer.certificates().forEach(certificate -> offer(certificate, string.exact(), announcedFrom));
    }

    private void offer(PartnerCertificate certificate, boolean isExact, Optional<Instant> announcedFrom) {
        Offer offer = new Offer(certificate, validator.assess(certificate), isExact, announcedFrom);
        offers.merge(certificate.sha256(), offer, BinaryOperator.minBy(byWeight()));
    }

    /**
     * Which of two ways to name one certificate counts: what is in force before what is announced, what has newly taken
     * effect before what it replaces, what names it exactly before what it may match.
     */
    private Comparator<Offer> byWeight() {
        return Comparator.<Offer, Boolean>comparing(offer -> isAhead(offer.announcedFrom()))
                .thenComparing(offer -> offer.announcedFrom().isEmpty())
                .thenComparing(offer -> !offer.exact())
                .thenComparing(offer -> offer.announcedFrom().orElse(Instant.MAX));
    }

    private PartyFindings findings(
            CommunicationParty party, List<String> strings, Map<Purpose, Sha256> own, Optional<Instant> ownCheckedAt) {
        Set<OrganizationNumber> fitting = new LinkedHashSet<>();
        party.organizationNumber().ifPresent(fitting::add);
        party.parentOrganizationNumber().ifPresent(fitting::add);
        return new PartyFindings(
                true,
                party.namesCertificates(),
                party.name(),
                Optional.of(fitting),
                party.organizationNumber().or(party::parentOrganizationNumber),
                strings,
                problems,
                warnings,
                List.copyOf(offers.values()),
                malformed,
                List.copyOf(missingSerials),
                emptyStrings,
                own,
                ownCheckedAt,
                party.active() ? answer(party) : Optional.empty());
    }
}
