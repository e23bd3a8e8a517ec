package no.sertsynk.app;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Secret;
import no.sertsynk.model.Sha256;
import no.sertsynk.state.SqliteStatus;
import no.sertsynk.sync.SyncReport;
import no.sertsynk.sync.SyncState;

/** Remembers earlier runs and nothing of this one. */
final class DryState implements SyncState {
    private final Optional<SqliteStatus> status;

    private DryState(Optional<SqliteStatus> status) {
        this.status = status;
    }

    /** What the state tells, if there is one. */
    static DryState of(Optional<SqliteStatus> status) {
        return new DryState(status);
    }

    @Override
    public Memory recall() {
        return status.map(SqliteStatus::recall).orElse(new Memory(Optional.empty(), Map.of(), Map.of()));
    }

    @Override
    public Optional<PartnerCertificate> certificate(Sha256 sha256) {
        return status.flatMap(found -> found.certificate(sha256));
    }

    @Override
    public Map<Sha256, PartnerCertificate> answeredCertificates() {
        return status.map(SqliteStatus::answeredCertificates).orElse(Map.of());
    }

    @Override
    public Optional<String> fingerprint(String text, Optional<Secret> secret) {
        return status.flatMap(found -> found.fingerprint(text, secret));
    }

    @Override
    public List<Entry> entriesOf(String keystore, int generation) {
        throw changesNothing();
    }

    @Override
    public void claim(Claim claim) {
        throw changesNothing();
    }

    @Override
    public void settle(String keystore) {
        throw changesNothing();
    }

    @Override
    public void correct(String keystore, List<Entry> entries) {
        throw changesNothing();
    }

    @Override
    public void hold(String runId, Instant at, String keystore, Optional<Hold> hold) {
        throw changesNothing();
    }

    @Override
    public void seal(String keystore, Seal seal) {
        throw changesNothing();
    }

    @Override
    public void record(SyncReport report, List<PartyMemory> parties, boolean whole) {
        throw changesNothing();
    }

    private static IllegalStateException changesNothing() {
        return new IllegalStateException("a dry run changes nothing");
    }
}
