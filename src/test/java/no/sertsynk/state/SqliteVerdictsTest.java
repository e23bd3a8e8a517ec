package no.sertsynk.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Sha256;
import no.sertsynk.model.SubjectIdentity;
import no.sertsynk.sandbox.SandboxAuthority;
import no.sertsynk.validation.verdict.KeptVerdict;
import no.sertsynk.validation.verdict.VerdictBasis;
import no.sertsynk.validation.verdict.VerdictBasis.UsedList;
import no.sertsynk.validation.verdict.VerdictStore.Kept;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteVerdictsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final SandboxAuthority AUTHORITY = SandboxAuthority.create("Husk", NOW, Optional.empty());
    private static final String DIGEST = "ab".repeat(32);
    private static final String OTHER = "cd".repeat(32);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private SqliteVerdicts verdicts;

    @SuppressWarnings("NullAway.Init")
    private VerdictBasis basis;

    @BeforeEach
    void open() throws Exception {
        verdicts = SqliteVerdicts.of(folder);
        basis = new VerdictBasis(
                Sha256.of(new byte[] {1}),
                Sha256.of(new byte[] {2}),
                List.of(PartnerCertificate.of(AUTHORITY.issuer()), PartnerCertificate.of(AUTHORITY.root())),
                Sha256.of(new byte[] {3}),
                new TreeSet<>(Set.of(
                        new UsedList("http://a/b c.crl", Sha256.of(new byte[] {4})),
                        new UsedList("/lists/d.crl", Sha256.of(new byte[] {5})))));
    }

    private KeptVerdict verdict(Instant at, String... units) {
        return new KeptVerdict(
                basis.id(),
                at,
                Set.of(Purpose.ENCRYPTION, Purpose.AUTHENTICATION),
                new SubjectIdentity(Optional.of(new OrganizationNumber("911111111")), "Øst", List.of(units)),
                List.of(Reason.of(ReasonCode.WRONG_ORGANIZATION, "a: b"), Reason.of(ReasonCode.WEAK_KEY, "c")));
    }

    private Kept kept(Map<String, KeptVerdict> entries) {
        return new Kept(Map.of(basis.id(), basis), entries);
    }

    @Test
    void noStateYet_recallsNothing() {
        assertThat(verdicts.recall()).isEqualTo(Kept.NOTHING);
    }

    @Test
    void whatIsKept_isRecalledAsItWas() {
        SubjectIdentity nobody = new SubjectIdentity(Optional.empty(), "", List.of());
        Kept kept = kept(Map.of(
                DIGEST,
                verdict(NOW, "Avdeling A", "ER:NO-984886136"),
                OTHER,
                new KeptVerdict(basis.id(), NOW, Set.of(), nobody, List.of())));

        verdicts.keep(kept, NOW.minus(Duration.ofHours(24)));

        assertThat(verdicts.recall()).isEqualTo(kept);
    }

    @Test
    void newerVerdict_takesThePlaceOfTheOlder() {
        verdicts.keep(kept(Map.of(DIGEST, verdict(NOW))), NOW);

        verdicts.keep(kept(Map.of(DIGEST, verdict(NOW.plusSeconds(1), "x"))), NOW);

        assertThat(verdicts.recall().verdicts()).isEqualTo(Map.of(DIGEST, verdict(NOW.plusSeconds(1), "x")));
    }

    @Test
    void oldVerdicts_areForgottenWithTheirBasis() {
        verdicts.keep(kept(Map.of(DIGEST, verdict(NOW))), NOW);

        verdicts.keep(Kept.NOTHING, NOW.plusMillis(1));

        assertThat(verdicts.recall()).isEqualTo(Kept.NOTHING);
    }

    @Test
    void textThatHoldsTheSeparator_isNotKept() {
        verdicts.keep(kept(Map.of(DIGEST, verdict(NOW, "a\u001fb"), OTHER, verdict(NOW, ""))), NOW);

        assertThat(verdicts.recall().verdicts()).isEmpty();
    }

    @Test
    void wordsOfAnotherVersion_recallNothing() throws Exception {
        verdicts.keep(kept(Map.of(DIGEST, verdict(NOW))), NOW);
        execute("UPDATE kept_verdict SET purposes = 'SEALING'");

        assertThat(verdicts.recall()).isEqualTo(Kept.NOTHING);
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("state.db"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
