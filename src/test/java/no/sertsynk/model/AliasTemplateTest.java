package no.sertsynk.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import no.sertsynk.model.AliasTemplate.Owner;
import no.sertsynk.sandbox.SandboxAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AliasTemplateTest {
    private static final HerId PARTY = new HerId(93238);
    private static final PartnerCertificate CERTIFICATE = SandboxAuthority.create(
                    "Test", Instant.parse("2026-11-24T10:00:00Z"), Optional.empty())
            .issue(SandboxAuthority.Order.of(
                    "God",
                    new OrganizationNumber("911111111"),
                    SandboxAuthority.SIGNATURE_USAGE,
                    Instant.parse("2026-11-24T10:00:00Z")));

    private static AliasTemplate template(String current) {
        return AliasTemplate.of(current, Optional.empty());
    }

    @Test
    void defaults_areTheTemplateAlone_andTheSerialBehindIt() {
        AliasTemplate aliases = template(AliasTemplate.DEFAULT_CURRENT);
        String parallel = "her-93238-signature-" + CERTIFICATE.serialHex();
        assertThat(aliases.current(PARTY, Purpose.SIGNATURE)).isEqualTo("her-93238-signature");
        assertThat(aliases.parallel(PARTY, Purpose.SIGNATURE, CERTIFICATE)).isEqualTo(parallel);
        assertThat(aliases.parallelWithDigest(PARTY, Purpose.SIGNATURE, CERTIFICATE))
                .isEqualTo(parallel + "-" + CERTIFICATE.sha256().hex().substring(0, 8));
    }

    @ParameterizedTest
    @CsvSource({
        "her-{herId}-{purpose},",
        "{purpose}.{herId},old_{sha256}_{herId}_{purpose}",
        "x{purpose},x{purpose}-{serial}",
        "{herId},{herId}-{serial}",
        "nav,nav-{sha256}"
    })
    void everyNameThatIsGiven_isKnownAgain(String current, String parallel) {
        AliasTemplate aliases = AliasTemplate.of(current, Optional.ofNullable(parallel));
        for (Purpose purpose : Purpose.values()) {
            Owner owner = aliases.owner(aliases.current(PARTY, purpose)).orElseThrow();
            assertThat(owner.isCurrent()).isTrue();
            expect(owner, aliases, purpose);
            for (String alias : List.of(
                    aliases.parallel(PARTY, purpose, CERTIFICATE),
                    aliases.parallelWithDigest(PARTY, purpose, CERTIFICATE))) {
                Owner other = aliases.owner(alias).orElseThrow();
                assertThat(other.isCurrent()).isFalse();
                expect(other, aliases, purpose);
            }
        }
    }

    private static void expect(Owner owner, AliasTemplate aliases, Purpose purpose) {
        assertThat(owner.herId()).isEqualTo(aliases.tellsParties() ? Optional.of(PARTY) : Optional.empty());
        assertThat(owner.purpose()).isEqualTo(aliases.tellsPurposes() ? Optional.of(purpose) : Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "her-93238-signature-", "her-93238-signature-xyz", "her-93238-signing", "her--signature",
                        "HER-93238-signature",
                "her-093238-signature", "her-12345678901-signature", "x-her-93238-signature", "foreign", ""
            })
    void otherNames_areNobodys(String alias) {
        assertThat(template(AliasTemplate.DEFAULT_CURRENT).owner(alias)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "Her-{herId}-{purpose}", "her-{herId}-{purpose}-{serial}", "{herId}{purpose}", "{herId}a{purpose}",
                "{herId}-{herId}", "{herId}-{formål}", "her {herId}", "{", "her-{herId"
            })
    void textsThatAreNoTemplate_areRefused(String text) {
        assertThat(AliasTemplate.currentProblem(text)).isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> template(text));
    }

    @Test
    void differentParties_purposesAndKinds_neverShareAName() {
        long seed = 20_261_124;
        Random random = new Random(seed);
        for (String text :
                List.of("her-{herId}-{purpose}", "{purpose}_{herId}", "1{herId}x{purpose}", "a{purpose}.b{herId}1")) {
            AliasTemplate aliases = template(text);
            Set<String> names = new HashSet<>();
            Set<Integer> parties = new HashSet<>();
            while (parties.size() < 500) {
                parties.add(1 + random.nextInt(1 << random.nextInt(1, 30)));
            }
            for (int party : parties) {
                for (Purpose purpose : Purpose.values()) {
                    HerId herId = new HerId(party);
                    String where = "seed " + seed + ", " + text + ", " + party + " " + purpose;
                    assertThat(names.add(aliases.current(herId, purpose)))
                            .as(where)
                            .isTrue();
                    assertThat(names.add(aliases.parallel(herId, purpose, CERTIFICATE)))
                            .as(where)
                            .isTrue();
                }
            }
        }
    }
}
