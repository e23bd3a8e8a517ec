package no.sertsynk.sync;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.sertsynk.model.HerId;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Secret;
import no.sertsynk.model.Sha256;

/** What runs remember, in memory. */
final class MemoryState implements SyncState {
    private Optional<Instant> lastRunAt = Optional.empty();
    private final Map<String, KeystoreMemory> keystores = new HashMap<>();
    private final Map<HerId, PartyMemory> parties = new HashMap<>();
    private final Map<Sha256, PartnerCertificate> certificates = new HashMap<>();
    private int records;

    /** How many runs were recorded. */
    synchronized int records() {
        return records;
    }

    @Override
    public synchronized Memory recall() {
        return new Memory(lastRunAt, keystores, parties);
    }

    @Override
    public synchronized Optional<PartnerCertificate> certificate(Sha256 sha256) {
        return Optional.ofNullable(certificates.get(sha256));
    }

    @Override
    public synchronized Map<Sha256, PartnerCertificate> answeredCertificates() {
        return Map.copyOf(certificates);
    }

    @Override
    public List<Entry> entriesOf(String keystore, int generation) {
        return List.of();
    }

    @Override
    public Optional<String> fingerprint(String text, Optional<Secret> secret) {
        return Optional.of(text);
    }

    @Override
    public synchronized void claim(Claim claim) {
        KeystoreMemory known = recall().keystore(claim.keystore());
        keystores.put(
                claim.keystore(),
                new KeystoreMemory(
                        known.generation(), known.entries(), Optional.of(claim), known.hold(), Optional.empty()));
    }

    @Override
    public synchronized void settle(String keystore) {
        KeystoreMemory known = recall().keystore(keystore);
        Claim claim = known.claim().orElseThrow();
        Map<String, Entry> entries = new HashMap<>();
        known.entries().forEach(entry -> entries.put(entry.alias(), entry));
        claim.leave().forEach(entry -> entries.remove(entry.alias()));
        claim.put().forEach(entry -> entries.put(entry.alias(), entry));
        keystores.put(
                keystore,
                new KeystoreMemory(
                        claim.generation(),
                        List.copyOf(entries.values()),
                        Optional.empty(),
                        claim.hold().or(known::hold),
                        Optional.empty()));
    }

    @Override
    public synchronized void correct(String keystore, List<Entry> entries) {
        KeystoreMemory known = recall().keystore(keystore);
        keystores.put(
                keystore,
                new KeystoreMemory(known.generation(), entries, Optional.empty(), known.hold(), Optional.empty()));
    }

    @Override
    public void hold(String runId, Instant at, String keystore, Optional<Hold> hold) {
        throw new AssertionError("a run held a keystore, which an administrator alone does");
    }

    @Override
    public synchronized void seal(String keystore, Seal seal) {
        KeystoreMemory known = recall().keystore(keystore);
        keystores.put(
                keystore,
                new KeystoreMemory(
                        known.generation(), known.entries(), known.claim(), known.hold(), Optional.of(seal)));
    }

    @Override
    public synchronized void record(SyncReport report, List<PartyMemory> remembered, boolean whole) {
        records++;
        lastRunAt = Optional.of(report.startedAt());
        if (whole) {
            parties.clear();
        }
        List<CertificateReport> seen = new ArrayList<>();
        report.parties().forEach(party -> seen.addAll(party.certificates()));
        seen.forEach(certificate -> certificates.put(certificate.certificate().sha256(), certificate.certificate()));
        remembered.forEach(party -> parties.put(party.herId(), party));
    }
}
