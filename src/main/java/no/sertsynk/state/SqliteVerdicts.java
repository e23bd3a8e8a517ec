package no.sertsynk.state;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Sha256;
import no.sertsynk.model.SubjectIdentity;
import no.sertsynk.validation.verdict.KeptVerdict;
import no.sertsynk.validation.verdict.VerdictBasis;
import no.sertsynk.validation.verdict.VerdictBasis.UsedList;
import no.sertsynk.validation.verdict.VerdictStore;
import org.jspecify.annotations.Nullable;

/** Verdicts in the SQLite state. Opens it for each call: it is read once and written once in a run. */
public final class SqliteVerdicts implements VerdictStore {
    /** Stands between the parts of a list; what holds it itself is not kept. */
    private static final String SEPARATOR = "\u001f";

    private final Path folder;

    private SqliteVerdicts(Path folder) {
        this.folder = folder;
    }

    /** Those of that state folder, which need not be there yet. */
    public static SqliteVerdicts of(Path folder) {
        return new SqliteVerdicts(folder);
    }

    @Override
    public Kept recall() {
        Path file = folder.resolve("state.db");
        if (!Files.exists(file)) {
            return Kept.NOTHING;
        }
        try (Connection connection = Database.openReadOnly(file)) {
            return recall(connection);
        } catch (IllegalArgumentException e) {
            // Written by a version that had other words: found out again.
            return Kept.NOTHING;
        } catch (SQLException e) {
            throw new StateException("the kept verdicts could not be read: " + e.getMessage(), e);
        }
    }

    private static Kept recall(Connection connection) throws SQLException {
        Map<String, VerdictBasis> bases = new HashMap<>();
        Sql.query(connection, "SELECT * FROM kept_basis", row -> bases.put(row.getString("id"), basis(row)) == null);
        Map<String, KeptVerdict> verdicts = new HashMap<>();
        // The columns by number: there are thousands of rows.
        Sql.query(
                connection,
                "SELECT sha256, basis, checked_at, purposes, organization, common_name, units, warnings FROM"
                        + " kept_verdict",
                row -> verdicts.put(row.getString(1), verdict(row)) == null);
        return new Kept(bases, verdicts);
    }

    private static VerdictBasis basis(ResultSet row) throws SQLException {
        List<PartnerCertificate> issuers = new ArrayList<>();
        SortedSet<UsedList> lists = new TreeSet<>();
        try {
            for (String issuer : split(row.getString("issuers"))) {
                issuers.add(PartnerCertificate.parse(Base64.getDecoder().decode(issuer)));
            }
            for (String list : split(row.getString("lists"))) {
                String[] parts = halves(list, " ");
                lists.add(new UsedList(parts[1], new Sha256(parts[0])));
            }
        } catch (MalformedCertificateException e) {
            throw new SQLException("a kept authority cannot be read", e);
        }
        return new VerdictBasis(
                new Sha256(row.getString("rules")),
                new Sha256(row.getString("trust")),
                issuers,
                new Sha256(row.getString("addresses")),
                lists);
    }

    private static KeptVerdict verdict(ResultSet row) throws SQLException {
        Set<Purpose> purposes = EnumSet.noneOf(Purpose.class);
        split(row.getString(4)).forEach(name -> purposes.add(Purpose.valueOf(name)));
        SubjectIdentity subject = new SubjectIdentity(
                Optional.ofNullable(row.getString(5)).map(OrganizationNumber::new),
                row.getString(6),
                split(row.getString(7)));
        return new KeptVerdict(
                row.getString(2),
                Instant.ofEpochMilli(row.getLong(3)),
                purposes,
                subject,
                split(row.getString(8)).stream().map(SqliteVerdicts::reason).toList());
    }

    private static Reason reason(String text) {
        String[] parts = halves(text, ": ");
        return Reason.of(ReasonCode.valueOf(parts[0]), parts[1]);
    }

    private static String[] halves(String text, String between) {
        String[] parts = text.split(between, 2);
        if (parts.length < 2) {
            throw new IllegalArgumentException("expected '" + between + "' in '" + text + "'");
        }
        return parts;
    }

    private static List<String> split(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(SEPARATOR, -1));
    }

    @Override
    public void keep(Kept added, Instant forgetBefore) {
        try (Connection connection = Database.open(StateFolder.create(folder))) {
            keep(connection, added);
            Sql.update(connection, "DELETE FROM kept_verdict WHERE checked_at < ?", forgetBefore);
            Sql.update(connection, "DELETE FROM kept_basis WHERE id NOT IN (SELECT basis FROM kept_verdict)");
            connection.commit();
        } catch (SQLException e) {
            throw new StateException("the verdicts could not be kept: " + e.getMessage(), e);
        }
    }

    private static void keep(Connection connection, Kept added) throws SQLException {
        Sql.batch(
                connection,
                "INSERT INTO kept_basis (id, rules, trust, issuers, addresses, lists)"
                        + " VALUES (?,?,?,?,?,?) ON CONFLICT (id) DO NOTHING",
                added.bases().entrySet(),
                entry -> row(entry.getKey(), entry.getValue()));
        Sql.batch(
                connection,
                "INSERT INTO kept_verdict (sha256, basis, checked_at, purposes, organization, common_name, units,"
                    + " warnings) VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (sha256) DO UPDATE SET basis = excluded.basis,"
                    + " checked_at = excluded.checked_at, purposes = excluded.purposes, organization ="
                    + " excluded.organization, common_name = excluded.common_name, units = excluded.units, warnings ="
                    + " excluded.warnings",
                added.verdicts().entrySet().stream()
                        .filter(entry -> isStorable(entry.getValue()))
                        .toList(),
                entry -> row(entry.getKey(), entry.getValue()));
    }

    private static @Nullable Object[] row(String id, VerdictBasis basis) {
        return Sql.row(
                id,
                basis.rules(),
                basis.trust(),
                basis.issuers().stream()
                        .map(issuer -> Base64.getEncoder().encodeToString(issuer.der()))
                        .collect(Collectors.joining(SEPARATOR)),
                basis.addresses(),
                basis.lists().stream()
                        .map(list -> list.sha256() + " " + list.source())
                        .collect(Collectors.joining(SEPARATOR)));
    }

    private static @Nullable Object[] row(String sha256, KeptVerdict verdict) {
        return Sql.row(
                sha256,
                verdict.basis(),
                verdict.checkedAt(),
                verdict.purposes().stream().map(Purpose::name).collect(Collectors.joining(SEPARATOR)),
                verdict.subject().organizationNumber(),
                verdict.subject().commonName(),
                String.join(SEPARATOR, verdict.subject().organizationalUnits()),
                verdict.warnings().stream().map(Reason::toString).collect(Collectors.joining(SEPARATOR)));
    }

    private static boolean isStorable(KeptVerdict verdict) {
        List<String> units = verdict.subject().organizationalUnits();
        return units.stream().noneMatch(unit -> unit.isEmpty() || unit.contains(SEPARATOR))
                && verdict.warnings().stream()
                        .noneMatch(warning -> warning.message().contains(SEPARATOR));
    }
}
