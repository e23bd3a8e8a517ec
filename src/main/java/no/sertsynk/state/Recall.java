package no.sertsynk.state;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collector;
import no.sertsynk.model.HerId;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Sha256;
import no.sertsynk.sync.KnownAnswer;
import no.sertsynk.sync.KnownAnswer.Stamp;
import no.sertsynk.sync.SyncState.Memory;
import no.sertsynk.sync.SyncState.PartyMemory;

/** Reads what a run needs to know of earlier ones. */
final class Recall {
    private final Connection connection;

    Recall(Connection connection) {
        this.connection = connection;
    }

    Memory memory() throws SQLException {
        Optional<Instant> last = Sql.first(
                connection,
                "SELECT started_at FROM run ORDER BY recorded DESC LIMIT 1",
                row -> Sql.instant(row, "started_at"));
        return new Memory(last, new KeystoreRecords(connection).memories(), parties());
    }

    private Map<HerId, PartyMemory> parties() throws SQLException {
        Map<HerId, Set<OrganizationNumber>> organizations = byParty(
                "SELECT her_id, number FROM organization",
                row -> new OrganizationNumber(row.getString("number")),
                toSet());
        Map<HerId, List<String>> strings = byParty(
                "SELECT her_id, string FROM ldap_string ORDER BY her_id, place",
                row -> row.getString("string"),
                toList());
        Map<HerId, Map<Purpose, Sha256>> own = byParty(
                "SELECT her_id, purpose, sha256 FROM own_certificate",
                row -> Map.entry(Purpose.valueOf(row.getString("purpose")), new Sha256(row.getString("sha256"))),
                toMap(Map.Entry::getKey, Map.Entry::getValue));
        Map<HerId, Map<Sha256, Instant>> dropped = byParty(
                "SELECT her_id, sha256, since FROM dropped",
                row -> Map.entry(new Sha256(row.getString("sha256")), Sql.instant(row, "since")),
                toMap(Map.Entry::getKey, Map.Entry::getValue));
        Map<HerId, List<PartnerCertificate>> byHand = byParty(
                "SELECT h.her_id, c.sha256, c.der FROM by_hand h JOIN certificate c ON c.sha256 = h.sha256",
                Recall::certificate,
                toList());
        Map<HerId, KnownAnswer> answers = answers();
        Map<HerId, PartyMemory> parties = new HashMap<>();
        Sql.query(connection, "SELECT her_id, name, own_checked_at FROM party", row -> {
                    HerId herId = herId(row);
                    return new PartyMemory(
                            herId,
                            row.getString("name"),
                            organizations.getOrDefault(herId, Set.of()),
                            strings.getOrDefault(herId, List.of()),
                            Sql.optionalInstant(row, "own_checked_at"),
                            own.getOrDefault(herId, Map.of()),
                            dropped.getOrDefault(herId, Map.of()),
                            byHand.getOrDefault(herId, List.of()),
                            Optional.ofNullable(answers.get(herId)));
                })
                .forEach(party -> parties.put(party.herId(), party));
        return parties;
    }

    private Map<HerId, KnownAnswer> answers() throws SQLException {
        Map<HerId, List<Sha256>> certificates = byParty(
                "SELECT her_id, sha256 FROM answer_certificate ORDER BY her_id, place",
                row -> new Sha256(row.getString("sha256")),
                toList());
        Map<HerId, KnownAnswer> answers = new HashMap<>();
        Sql.query(connection, "SELECT * FROM answer", row -> {
                    HerId herId = herId(row);
                    Stamp stamp = new Stamp(
                            row.getString("source"),
                            Sql.instant(row, "last_updated"),
                            Optional.ofNullable(row.getString("parent")).flatMap(HerId::parse),
                            Sql.optionalInstant(row, "parent_updated"));
                    return Map.entry(
                            herId,
                            new KnownAnswer(
                                    stamp,
                                    Sql.optionalInstant(row, "valid_to"),
                                    number(row, "organization_number"),
                                    number(row, "parent_number"),
                                    certificates.getOrDefault(herId, List.of())));
                })
                .forEach(answer -> answers.put(answer.getKey(), answer.getValue()));
        return answers;
    }

    private static Optional<OrganizationNumber> number(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column)).flatMap(OrganizationNumber::parse);
    }

    private <T, R> Map<HerId, R> byParty(String sql, Sql.RowReader<T> reader, Collector<T, ?, R> collector)
            throws SQLException {
        return Sql.query(connection, sql, row -> Map.entry(herId(row), reader.read(row))).stream()
                .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, collector)));
    }

    static HerId herId(ResultSet row) throws SQLException {
        return new HerId(row.getInt("her_id"));
    }

    /** The certificate of the row; what is stored must be what its digest says. */
    static PartnerCertificate certificate(ResultSet row) throws SQLException {
        String sha256 = row.getString("sha256");
        try {
            PartnerCertificate certificate = PartnerCertificate.parse(row.getBytes("der"));
            if (certificate.sha256().hex().equals(sha256)) {
                return certificate;
            }
            throw new StateException("the state is damaged: expected the certificate " + sha256 + ", found "
                    + certificate.sha256() + "; move the state away");
        } catch (MalformedCertificateException e) {
            throw new StateException(
                    "the state is damaged: expected the certificate " + sha256 + ", found none; move the state away",
                    e);
        }
    }
}
