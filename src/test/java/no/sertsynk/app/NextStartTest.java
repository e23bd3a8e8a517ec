package no.sertsynk.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.HerId;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Sha256;
import no.sertsynk.rollover.Role;
import no.sertsynk.service.schedule.Duties.Start;
import no.sertsynk.sync.StatusSource.CertificateFacts;
import no.sertsynk.sync.StatusSource.Row;
import org.junit.jupiter.api.Test;

/** When the service has to look at parties although nothing happens in the register. */
class NextStartTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static Row row(int herId, Role role, Instant notBefore, Optional<Instant> takesOver) {
        CertificateFacts facts = new CertificateFacts(
                new Sha256("ab".repeat(32)), BigInteger.ONE, "CN=Part", notBefore, NOON.plusSeconds(9_999));
        return new Row(new HerId(herId), "Part", Purpose.ENCRYPTION, role, facts, Optional.empty(), takesOver, false);
    }

    private static Optional<Start> next(Row... rows) {
        return DaemonWork.nextStart(List.of(rows), NOON);
    }

    @Test
    void nothingAhead_isNoStart() {
        assertThat(next(
                        row(1, Role.CURRENT, NOON.minusSeconds(9), Optional.empty()),
                        row(2, Role.PARALLEL, NOON.minusSeconds(9), Optional.of(NOON))))
                .isEmpty();
    }

    @Test
    void earliestStart_isThatOfAllWhoBeginThen() {
        assertThat(next(
                        row(1, Role.NEXT, NOON.plusSeconds(20), Optional.empty()),
                        row(2, Role.NEXT, NOON.plusSeconds(10), Optional.empty()),
                        row(3, Role.PARALLEL, NOON.minusSeconds(9), Optional.of(NOON.plusSeconds(10)))))
                .contains(new Start(NOON.plusSeconds(10), Set.of(new HerId(2), new HerId(3))));
    }

    @Test
    void announcementOfANextOne_countsAfterItsOwnBeginning() {
        Row row = row(1, Role.NEXT, NOON.plusSeconds(10), Optional.of(NOON.plusSeconds(20)));

        assertThat(next(row)).map(Start::at).contains(NOON.plusSeconds(10));
        assertThat(DaemonWork.nextStart(List.of(row), NOON.plusSeconds(10)))
                .map(Start::at)
                .contains(NOON.plusSeconds(20));
    }
}
