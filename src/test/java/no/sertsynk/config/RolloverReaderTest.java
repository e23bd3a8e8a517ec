package no.sertsynk.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import no.sertsynk.config.Configuration.Rollover;
import org.junit.jupiter.api.Test;

class RolloverReaderTest extends WrittenConfiguration {
    @Test
    void defaults_keepUntilExpiryAndGuardHalf() throws Exception {
        assertThat(written.loaded("").rollover()).isEqualTo(new Rollover(Optional.empty(), 50, Duration.ofDays(14)));
        assertThat(written.loaded("rollover: {keepPrevious: until-expiry}\n").rollover())
                .isEqualTo(new Rollover(Optional.empty(), 50, Duration.ofDays(14)));
    }

    @Test
    void everyKey_isMapped() throws Exception {
        assertThat(written.loaded("rollover: {keepPrevious: 30d, maxChange: 5%, cutOverWarning: 7d}\n")
                        .rollover())
                .isEqualTo(new Rollover(Optional.of(Duration.ofDays(30)), 5, Duration.ofDays(7)));
        assertThat(written.loaded("rollover: {keepPrevious: 0d, maxChange: 100%}\n")
                        .rollover())
                .isEqualTo(new Rollover(Optional.of(Duration.ZERO), 100, Duration.ofDays(14)));
    }

    @Test
    void mistakes_areToldWithTheirPlaces() throws Exception {
        for (String percent : new String[] {"50", "101%", "-1%", "half", "5.5%", "50 %"}) {
            assertThat(written.mistakesIn("rollover: {maxChange: " + percent + "}\n"))
                    .containsExactly("4:23: rollover.maxChange: expected 0% to 100%, found '" + percent + "'");
        }
        assertThat(written.mistakesIn("rollover: {keepPrevious: forever, keep: 1}\n"))
                .containsExactly(
                        "4:26: rollover.keepPrevious: expected a duration such as 10s, 2m, 24h or 30d, found 'forever'",
                        "4:35: rollover.keep: unknown key");
        assertThat(written.mistakesIn("rollover: {keepPrevious: 999999d}\n")).hasSize(1);
    }
}
