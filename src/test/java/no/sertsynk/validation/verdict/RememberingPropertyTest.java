package no.sertsynk.validation.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.sandbox.SandboxAuthority;
import no.sertsynk.state.SqliteVerdicts;
import no.sertsynk.validation.ValidationSettings.Policy;
import no.sertsynk.validation.ValidationSettings.RevocationMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens between runs: with memory, the verdicts are those of a validator that has none. */
class RememberingPropertyTest {
    private static final int RUNS = 100;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void randomChanges_neverMakeADifference(long seed, @TempDir Path folder) throws Exception {
        Random random = new Random(seed);
        VerdictWorld world = new VerdictWorld(folder, SqliteVerdicts.of(folder.resolve("state")));
        int served = 0;
        StringBuilder story = new StringBuilder("seed " + seed + ":");
        for (int run = 0; run < RUNS; run++) {
            int changes = random.nextInt(3);
            for (int i = 0; i < changes; i++) {
                story.append(' ').append(change(world, random));
            }
            story.append(" run");

            List<Assessment> plain = world.plain();
            List<Assessment> remembered = world.run();

            served += plain.size() - world.validations();
            for (int i = 0; i < plain.size(); i++) {
                assertThat(essence(remembered.get(i)))
                        .as(story + ", certificate " + i)
                        .isEqualTo(essence(plain.get(i)));
            }
        }
        assertThat(served).as(story + ": something was served at all").isGreaterThan(RUNS / 4);
    }

    private static List<Object> essence(Assessment assessment) {
        return List.of(
                assessment.verdict(),
                assessment.purposes(),
                assessment.subject(),
                assessment.reasons().stream().map(Reason::code).toList(),
                assessment.warnings().stream().map(Reason::code).toList());
    }

    private static String change(VerdictWorld world, Random random) throws Exception {
        SandboxAuthority authority = random.nextBoolean() ? VerdictWorld.FIRST : VerdictWorld.SECOND;
        String which = authority == VerdictWorld.FIRST ? "1" : "2";
        List<PartnerCertificate> all = world.certificates();
        PartnerCertificate certificate = all.get(random.nextInt(all.size()));
        int kind = random.nextInt(14);
        switch (kind) {
            case 0 -> authority.revoke(certificate, random.nextBoolean());
            case 1 -> authority.release(certificate);
            case 2, 3, 4 -> world.publish(authority);
            case 5 -> world.withdraw(authority);
            case 6, 7 -> world.at = world.at.plus(Duration.ofMinutes(random.nextInt(900)));
            case 8 -> world.at = world.at.minus(Duration.ofMinutes(random.nextInt(600)));
            case 9 -> toggle(world.anchors, authority.root());
            case 10 -> toggle(world.intermediates, authority.issuer());
            case 11 ->
                toggle(
                        world.anchors,
                        random.nextBoolean() ? VerdictWorld.NAMESAKE.root() : VerdictWorld.FIRST.issuer());
            case 12 -> world.minimumRsaBits = random.nextInt(4) == 0 ? 3072 : 2048;
            default -> {
                world.mode = RevocationMode.values()[random.nextInt(3)];
                world.policy = random.nextInt(4) == 0 ? Policy.RFC5280 : Policy.VIRKSOMHET;
            }
        }
        return kind + "/" + which;
    }

    private static <T> void toggle(java.util.Set<T> set, T element) {
        if (!set.remove(element)) {
            set.add(element);
        }
    }
}
