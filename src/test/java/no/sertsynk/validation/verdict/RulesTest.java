package no.sertsynk.validation.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.Sha256;
import no.sertsynk.validation.ValidationSettings;
import no.sertsynk.validation.ValidationSettings.Policy;
import no.sertsynk.validation.ValidationSettings.RevocationMode;
import org.junit.jupiter.api.Test;

class RulesTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void everySettingButTheTime_hasItsSay() {
        Duration day = Duration.ofDays(1);
        Policy policy = Policy.VIRKSOMHET;
        RevocationMode mode = RevocationMode.REQUIRE;
        Optional<String> test = Optional.of("test");
        Set<String> any = Set.of();
        List<ValidationSettings> different = List.of(
                new ValidationSettings(AT, policy, 2048, mode, day, any, false, false, false, test),
                new ValidationSettings(AT, Policy.RFC5280, 2048, mode, day, any, false, false, false, test),
                new ValidationSettings(AT, policy, 3072, mode, day, any, false, false, false, test),
                new ValidationSettings(AT, policy, 2048, RevocationMode.OFF, day, any, false, false, false, test),
                new ValidationSettings(AT, policy, 2048, mode, Duration.ZERO, any, false, false, false, test),
                new ValidationSettings(AT, policy, 2048, mode, day, Set.of("1.2"), false, false, false, test),
                new ValidationSettings(AT, policy, 2048, mode, day, any, true, false, false, test),
                new ValidationSettings(AT, policy, 2048, mode, day, any, false, true, false, test),
                new ValidationSettings(AT, policy, 2048, mode, day, any, false, false, true, test),
                new ValidationSettings(AT, policy, 2048, mode, day, any, false, false, false, Optional.empty()));

        List<Sha256> digests = different.stream()
                .map(settings -> Rules.digest(settings, List.of()))
                .toList();

        assertThat(digests).doesNotHaveDuplicates();
        assertThat(ValidationSettings.class.getRecordComponents())
                .as("a setting that is added must have its say in the digest, and a line above")
                .hasSize(different.size());
    }

    @Test
    void time_andTheOrderOfPolicies_haveNone() {
        ValidationSettings settings = ValidationSettings.of(AT, Policy.RFC5280, RevocationMode.OFF);
        ValidationSettings later = ValidationSettings.of(AT.plusSeconds(1), Policy.RFC5280, RevocationMode.OFF);

        assertThat(Rules.digest(later, List.of("1"))).isEqualTo(Rules.digest(settings, List.of("1")));
        assertThat(Rules.digest(settings, List.of("2"))).isNotEqualTo(Rules.digest(settings, List.of("1")));
    }
}
