package no.sertsynk.state;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.SubjectIdentity;
import no.sertsynk.model.Verdict;
import no.sertsynk.rollover.Action;
import no.sertsynk.rollover.Role;
import no.sertsynk.sandbox.SandboxAuthority;
import no.sertsynk.sync.CertificateReport;
import no.sertsynk.sync.KeystoreReport;
import no.sertsynk.sync.KnownAnswer;
import no.sertsynk.sync.Outcome;
import no.sertsynk.sync.PartyReport;
import no.sertsynk.sync.SyncReport;
import no.sertsynk.sync.SyncState.Change;
import no.sertsynk.sync.SyncState.Entry;
import no.sertsynk.sync.SyncState.PartyMemory;

/** Reports and what is in them, for tests of what the state keeps. */
final class Reports {
    static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
    static final OrganizationNumber NUMBER = new OrganizationNumber("911111111");
    private static final SandboxAuthority AUTHORITY = authority();

    private Reports() {}

    private static SandboxAuthority authority() {
        try {
            return SandboxAuthority.create(
                    "Test", Clock.fixed(START, ZoneOffset.UTC).instant(), Optional.empty());
        } catch (RuntimeException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Another one each time. */
    static PartnerCertificate certificate() {
        return AUTHORITY.issue(SandboxAuthority.Order.of(
                "God", NUMBER, SandboxAuthority.ENCRYPTION_USAGE, START.minus(Duration.ofDays(30))));
    }

    /** So many minutes after the start. */
    static Instant at(int minutes) {
        return START.plus(Duration.ofMinutes(minutes));
    }

    static SyncReport run(int number, PartyReport... parties) {
        return new SyncReport(
                "run-" + number, at(number), at(number), false, Optional.empty(), List.of(parties), List.of());
    }

    static SyncReport with(SyncReport report, KeystoreReport... keystores) {
        return new SyncReport(
                report.runId(),
                report.startedAt(),
                report.finishedAt(),
                false,
                report.stopped(),
                report.parties(),
                List.of(keystores));
    }

    static KeystoreReport keystore(Reason... reasons) {
        return new KeystoreReport(
                "dit", Path.of("/srv/dit.p12"), false, 1, 0, List.of(reasons), List.of(), Optional.empty(), List.of());
    }

    static PartyReport party(int herId, CertificateReport... certificates) {
        return party(herId, List.of(), certificates);
    }

    static PartyReport party(int herId, List<Reason> reasons, CertificateReport... certificates) {
        return new PartyReport(
                new HerId(herId),
                "Party " + herId,
                Optional.of(NUMBER),
                List.of("ldap://a/b?c?sub?(x=1)"),
                reasons.isEmpty() ? Outcome.UNCHANGED : Outcome.REJECTED,
                reasons,
                List.of(),
                List.of(certificates));
    }

    static CertificateReport row(PartnerCertificate certificate, Role role, Action action, Reason... reasons) {
        Verdict verdict = reasons.length == 0 ? Verdict.ACCEPTED : Verdict.REJECTED;
        Assessment assessment = new Assessment(
                verdict,
                Set.of(Purpose.ENCRYPTION),
                new SubjectIdentity(Optional.of(NUMBER), "God", List.of()),
                List.of(reasons),
                List.of(),
                List.of("CRL of " + START));
        return new CertificateReport(
                Purpose.ENCRYPTION,
                certificate,
                assessment,
                role,
                action,
                Optional.empty(),
                Optional.empty(),
                List.of(reasons),
                List.of());
    }

    static Reason reason(ReasonCode code, String message) {
        return Reason.of(code, message);
    }

    static PartyMemory memory(int herId, PartnerCertificate... byHand) {
        return memory(herId, Optional.empty(), byHand);
    }

    static PartyMemory memory(int herId, KnownAnswer answer) {
        return memory(herId, Optional.of(answer));
    }

    private static PartyMemory memory(int herId, Optional<KnownAnswer> answer, PartnerCertificate... byHand) {
        return new PartyMemory(
                new HerId(herId),
                "Party " + herId,
                Set.of(NUMBER),
                List.of("ldap://a/b?c?sub?(x=1)"),
                Optional.empty(),
                Map.of(),
                Map.of(),
                List.of(byHand),
                answer);
    }

    static Entry entry(String alias, PartnerCertificate certificate, Role role) {
        return new Entry(alias, certificate.sha256(), new HerId(1), Purpose.ENCRYPTION, role, at(1));
    }

    static Change change(Action action, String alias, PartnerCertificate certificate) {
        return new Change(action, alias, certificate, new HerId(1), Purpose.ENCRYPTION, Optional.empty(), "because");
    }
}
