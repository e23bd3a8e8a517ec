package no.sertsynk.state;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.sertsynk.model.HerId;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Secret;
import no.sertsynk.model.Sha256;
import no.sertsynk.service.hook.Hook;
import no.sertsynk.service.hook.HookEvent;
import no.sertsynk.service.hook.HookMemory;
import no.sertsynk.sync.SyncReport;
import no.sertsynk.sync.SyncState;

/** The state in SQLite. All methods take turns on one connection. */
public final class SqliteState implements SyncState, HookMemory, AutoCloseable {
    private final Connection connection;
    private final Optional<StateKey> key;
    private final String actor;

    private SqliteState(Connection connection, Optional<StateKey> key, String actor) {
        this.connection = connection;
        this.key = key;
        this.actor = actor;
    }

    /**
     * The state of the folder, made or migrated if need be.
     *
     * @param actor on whose behalf things are done, for the history
     */
    public static SqliteState open(StateFolder folder, String actor) {
        return new SqliteState(Database.open(folder), StateKey.create(folder), actor);
    }

    /** Loads SQLite into the process, ahead of the first state to be opened; a failure shows when that is opened. */
    public static void load() {
        Database.load();
    }

    /** A transaction's work. */
    private interface Work<T> {
        T run() throws SQLException;
    }

    private interface Act {
        void run() throws SQLException;
    }

    private void transaction(Act act) {
        result(() -> {
            act.run();
            return true;
        });
    }

    private synchronized <T> T result(Work<T> work) {
        try {
            T result = work.run();
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException e) {
            try {
                connection.rollback();
            } catch (SQLException failed) {
                e.addSuppressed(failed);
            }
            throw e instanceof RuntimeException programming
                    ? programming
                    : new StateException("the state could not be read or written: " + e.getMessage(), e);
        }
    }

    @Override
    public Memory recall() {
        return result(() -> new Recall(connection).memory());
    }

    @Override
    public Optional<PartnerCertificate> certificate(Sha256 sha256) {
        return result(() -> certificate(connection, sha256));
    }

    @Override
    public Map<Sha256, PartnerCertificate> answeredCertificates() {
        return result(() -> answeredCertificates(connection));
    }

    static Map<Sha256, PartnerCertificate> answeredCertificates(Connection connection) throws SQLException {
        Map<Sha256, PartnerCertificate> certificates = new HashMap<>();
        Sql.query(
                        connection,
                        "SELECT sha256, der FROM certificate WHERE sha256 IN (SELECT sha256 FROM answer_certificate)",
                        Recall::certificate)
                .forEach(certificate -> certificates.put(certificate.sha256(), certificate));
        return certificates;
    }

    static Optional<PartnerCertificate> certificate(Connection connection, Sha256 sha256) throws SQLException {
        return Sql.first(
                connection, "SELECT sha256, der FROM certificate WHERE sha256 = ?", Recall::certificate, sha256);
    }

    @Override
    public List<Entry> entriesOf(String keystore, int generation) {
        return result(() -> new KeystoreRecords(connection).entriesOf(keystore, generation));
    }

    @Override
    public Optional<String> fingerprint(String text, Optional<Secret> secret) {
        return key.map(found -> found.fingerprint(text, secret));
    }

    @Override
    public void claim(Claim claim) {
        transaction(() -> new KeystoreRecords(connection).claim(claim, actor));
    }

    @Override
    public void settle(String keystore) {
        transaction(() -> new KeystoreRecords(connection).settle(keystore));
    }

    @Override
    public void correct(String keystore, List<Entry> entries) {
        transaction(() -> new KeystoreRecords(connection).correct(keystore, entries));
    }

    @Override
    public void hold(String runId, Instant at, String keystore, Optional<Hold> hold) {
        transaction(() -> {
            new KeystoreRecords(connection).hold(keystore, hold);
            new History(connection, actor)
                    .add(
                            at,
                            runId,
                            keystore,
                            hold.isPresent() ? "hold" : "release",
                            hold.map(held -> "held with the entries of generation " + held.generation())
                                    .orElse("released: the next run brings it up to date"),
                            "");
        });
    }

    /**
     * Takes back that an administrator handed a certificate over for a party, with a line of history.
     *
     * @return whether it had been handed over
     */
    public boolean takeBack(HerId herId, PartnerCertificate certificate, Instant at) {
        return result(() -> {
            boolean was = Sql.update(
                            connection,
                            "DELETE FROM by_hand WHERE her_id = ? AND sha256 = ?",
                            herId.value(),
                            certificate.sha256().hex())
                    > 0;
            if (was) {
                String what = "HER-id " + herId + " is no longer given by hand: " + certificate;
                new History(connection, actor).add(at, "", "", "take-back", what, "");
            }
            return was;
        });
    }

    @Override
    public void seal(String keystore, Seal seal) {
        transaction(() -> new KeystoreRecords(connection).seal(keystore, seal));
    }

    @Override
    public void record(SyncReport report, List<PartyMemory> parties, boolean whole) {
        transaction(() -> new RunRecorder(connection, report).record(parties, whole));
    }

    @Override
    public void expect(String keystore, List<Hook> hooks) {
        transaction(() -> new HookRecords(connection).expect(keystore, hooks));
    }

    @Override
    public Optional<Pending> pending(String keystore, Hook hook) {
        return result(() -> new HookRecords(connection).pending(keystore, hook));
    }

    @Override
    public void told(HookEvent event, Hook hook, Instant at, String output) {
        transaction(() -> {
            new HookRecords(connection).told(event, hook);
            new History(connection, actor)
                    .add(at, event.runId(), event.keystore(), "hook", hook.label() + ": told", output);
        });
    }

    @Override
    public void failed(HookEvent event, Hook hook, Instant at, Instant nextAt, String failure, String output) {
        transaction(() -> {
            new HookRecords(connection).failed(event, hook, at, nextAt, failure);
            new History(connection, actor)
                    .add(at, event.runId(), event.keystore(), "hook", hook.label() + ": " + failure, output);
        });
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StateException("the state could not be closed: " + e.getMessage(), e);
        }
    }
}
