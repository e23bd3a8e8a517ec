package no.sertsynk.service.observe;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.HerId;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Sha256;
import no.sertsynk.rollover.Role;
import no.sertsynk.sync.FigureSource;
import no.sertsynk.sync.Outcome;
import no.sertsynk.sync.SyncState.Hold;

/** A state as it is written down in a test. */
final class PaperFigures implements FigureSource {
    final List<Row> rows = new ArrayList<>();
    final Map<Judged, Set<ReasonCode>> findings = new HashMap<>();
    final Map<HerId, Outcome> outcomes = new HashMap<>();
    final List<KeystoreRow> keystores = new ArrayList<>();
    final List<HookRow> hooks = new ArrayList<>();
    final Map<String, Instant> changes = new HashMap<>();
    Optional<Instant> lastSuccess = Optional.empty();

    /** A certificate that is valid for a year before the time, and what was found of it. */
    void certificate(int herId, Role role, Instant notAfter, Optional<Instant> takesOver, ReasonCode... found) {
        Sha256 sha256 = Sha256.of(new byte[] {(byte) rows.size()});
        rows.add(new Row(
                new HerId(herId),
                "Names\n\"of\" others",
                Purpose.ENCRYPTION,
                role,
                new CertificateFacts(
                        sha256, BigInteger.ONE, "CN=Of others", notAfter.minusSeconds(31_536_000), notAfter),
                Optional.empty(),
                takesOver,
                false));
        if (found.length > 0) {
            findings.put(new Judged(new HerId(herId), Purpose.ENCRYPTION, sha256), Set.of(found));
        }
    }

    void keystore(String name, Optional<ReasonCode> problem, Optional<Hold> hold) {
        keystores.add(new KeystoreRow(
                name, "/p", 1, 3, problem.map(code -> Reason.of(code, "message")), Optional.empty(), hold));
    }

    @Override
    public Optional<Instant> lastSuccess() {
        return lastSuccess;
    }

    @Override
    public Map<HerId, Outcome> outcomes() {
        return outcomes;
    }

    @Override
    public Map<Judged, Set<ReasonCode>> findings() {
        return findings;
    }

    @Override
    public Map<String, Instant> lastChanges() {
        return changes;
    }

    @Override
    public List<Row> rows() {
        return rows;
    }

    @Override
    public List<KeystoreRow> keystores() {
        return keystores;
    }

    @Override
    public List<HookRow> hooks() {
        return hooks;
    }

    @Override
    public Optional<LastRun> lastRun() {
        return Optional.empty();
    }

    @Override
    public List<PartnerCertificate> certificates() {
        return List.of();
    }

    @Override
    public List<RunRow> runs(int limit) {
        return List.of();
    }

    @Override
    public Map<HerId, PartyRow> parties() {
        return Map.of();
    }

    @Override
    public List<GenerationRow> generations(String keystore, int limit) {
        return List.of();
    }

    @Override
    public List<Problem> problems() {
        return List.of();
    }

    @Override
    public List<HistoryRow> history(Optional<HerId> herId, int limit) {
        return List.of();
    }
}
