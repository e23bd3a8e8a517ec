package no.sertsynk.register.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The three forms of time that come with an answer. */
class RegisterTimeTest {
    @ParameterizedTest
    @CsvSource({
        "2015-05-18T10:44:06.663, 2015-05-18T08:44:06.663Z",
        "2015-01-18T10:44:06, 2015-01-18T09:44:06Z",
        "2015-01-18T10:44:12.4, 2015-01-18T09:44:12.4Z",
        "2025-06-03T07:53:13.7710342+02:00, 2025-06-03T05:53:13.7710342Z",
        "2025-06-03T07:53:13.123456789Z, 2025-06-03T07:53:13.123456789Z",
        "2025-06-03T07:53:13-05:30, 2025-06-03T13:23:13Z",
        "' 2015-01-18T10:44:06 ', 2015-01-18T09:44:06Z",
        "9999-12-31T00:00:00, 9999-12-30T23:00:00Z",
        "9999-12-31T23:59:59.9999999, 9999-12-31T22:59:59.9999999Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
        "1990-01-01T00:00:00, 1989-12-31T23:00:00Z",
    })
    void time_isNorwegianUnlessItSaysOtherwise(String text, Instant expected) {
        assertThat(RegisterTime.parse(text)).contains(expected);
    }

    @Test
    void skippedHour_isReadAnHourLater() {
        assertThat(RegisterTime.parse("2026-03-29T02:30:00")).contains(Instant.parse("2026-03-29T01:30:00Z"));
    }

    @Test
    void repeatedHour_isTheFirst() {
        assertThat(RegisterTime.parse("2026-10-25T02:30:00")).contains(Instant.parse("2026-10-25T00:30:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-03-29",
                "2026-02-30T10:00:00",
                "2026-03-29T24:00:00",
                "2026-03-29T10:00:60",
                "2026-03-29T10:00:00.",
                "2026-03-29T10:00:00.1234567890",
                "2026-03-29T10:00:00.\u0661",
                "2026-03-29T10:00:00+99:00",
                "2026-03-29T10:00:00Europe/Oslo",
                "2026-03-29 10:00:00",
                "+026-03-29T10:00:00",
                "-026-03-29T10:00:00",
                "tomorrow, perhaps at noon"
            })
    void anythingElse_isNotTold(String text) {
        assertThat(RegisterTime.parse(text)).isEmpty();
    }

    @Test
    void httpDate_isRead() {
        assertThat(HttpDate.parse("Sun, 06 Nov 1994 08:49:37 GMT")).contains(Instant.parse("1994-11-06T08:49:37Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Sun, 06 Nov 1994 08:49:37 CET",
                "Sun, 06 Foo 1994 08:49:37 GMT",
                "Sun, 06 anF 1994 08:49:37 GMT",
                "Sun, 31 Feb 1994 08:49:37 GMT",
                "Sun, -6 Nov 1994 08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:37 GMT"
            })
    void otherHttpDate_isNotRead(String text) {
        assertThat(HttpDate.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"120, PT2M", "0, PT0S", "-5, PT0S", "'', PT0S", "soon, PT0S", "99999999999999, PT0S"})
    void retryAfter_isSecondsOrZero(String text, Duration expected) {
        assertThat(RetryAfter.parse(text, Instant.EPOCH)).isEqualTo(expected);
    }

    @Test
    void retryAfterDate_isTimeUntilThen() {
        Instant now = Instant.parse("1994-11-06T08:49:00Z");

        assertThat(RetryAfter.parse("Sun, 06 Nov 1994 08:49:37 GMT", now)).isEqualTo(Duration.ofSeconds(37));
        assertThat(RetryAfter.parse("Sun, 06 Nov 1994 08:48:37 GMT", now)).isEqualTo(Duration.ZERO);
    }
}
