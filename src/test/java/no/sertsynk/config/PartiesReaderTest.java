package no.sertsynk.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import no.sertsynk.config.Configuration.Party;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import org.junit.jupiter.api.Test;

class PartiesReaderTest extends WrittenConfiguration {
    @Test
    void absentAndEmpty_differ() throws Exception {
        assertThat(written.loaded("").parties()).isEmpty();
        assertThat(written.loaded("parties: []\n").parties().orElseThrow()).isEmpty();
    }

    @Test
    void everyKey_isMapped() throws Exception {
        assertThat(written.loaded("parties:\n  - herId: 93238\n    organizationNumber: 083544622\n  - herId: \"7\"\n")
                        .parties()
                        .orElseThrow())
                .containsExactly(
                        new Party(new HerId(93238), Optional.of(new OrganizationNumber("083544622"))),
                        new Party(new HerId(7), Optional.empty()));
    }

    @Test
    void mistakes_areToldWithTheirPlaces() throws Exception {
        assertThat(written.mistakesIn("""
            parties:
              - herId: abc
              - herId: -5
              - herId: 0
              - herId: 12345678901
              - herID: 4
              - 93238
              - herId: 8
                organizationNumber: 12345678
              - herId: 8
              - {herId: [9]}
            """))
                .containsExactly(
                        "5:12: parties[0].herId: expected a HER-id (a positive number), found 'abc'",
                        "6:12: parties[1].herId: expected a HER-id (a positive number), found '-5'",
                        "7:12: parties[2].herId: expected a HER-id (a positive number), found '0'",
                        "8:12: parties[3].herId: expected a HER-id (a positive number), found '12345678901'",
                        "9:5: parties[4].herId: expected this key, found none",
                        "9:5: parties[4].herID: unknown key; did you mean 'herId'?",
                        "10:5: parties[5]: expected keys with values, found '93238'",
                        "10:5: parties[5].herId: expected this key, found none",
                        "12:25: parties[6].organizationNumber: expected nine digits, found '12345678'",
                        "13:12: parties[7].herId: expected each party once, found 8 again",
                        "14:13: parties[8].herId: expected one value, found a list");
    }

    @Test
    void all_needsASourceThatCanTellAll() throws Exception {
        assertThat(written.mistakesIn("parties: all\n"))
                .containsExactly("4:10: parties: expected a list of HER-ids, found 'all', which a register over soap"
                        + " cannot tell");
        assertThat(written.mistakesIn("parties: 93238\n"))
                .containsExactly("4:10: parties: expected a list, found '93238'");
    }
}
