package no.sertsynk.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import no.sertsynk.config.PartyFile.Entry;
import no.sertsynk.config.PartyFile.Named;
import no.sertsynk.config.PartyFile.Result;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartyFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Result read(String yaml) throws Exception {
        Path file = folder.resolve("parties.yaml");
        Files.writeString(file, yaml);
        return PartyFile.read(file, name -> name.equals("CERTS") ? Optional.of(folder + "/certs") : Optional.empty());
    }

    private List<String> mistakes(String yaml) throws Exception {
        Result result = read(yaml);
        assertThat(result).isInstanceOf(Result.Refused.class);
        return ((Result.Refused) result)
                .mistakes().stream().map(Mistake::toString).toList();
    }

    @Test
    void everyKey_isMapped() throws Exception {
        Result result = read("""
            - herId: 93238
              name: Legekontoret
              organizationNumber: "083544622"
              ldapStrings: ["ldap://a.no/dc=no?usercertificate?sub?(cn=x)"]
              certificates: [a.pem, "${CERTS}/b.cer"]
            - {herId: 7, ldapStrings: [x]}
            """);

        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.Loaded.class,
                        loaded -> assertThat(loaded.entries())
                                .containsExactly(
                                        new Entry(
                                                new HerId(93238),
                                                "Legekontoret",
                                                Optional.of(new OrganizationNumber("083544622")),
                                                List.of("ldap://a.no/dc=no?usercertificate?sub?(cn=x)"),
                                                List.of(
                                                        new Named(folder.resolve("a.pem"), "parties.yaml:5:18"),
                                                        new Named(folder.resolve("certs/b.cer"), "parties.yaml:5:25"))),
                                        new Entry(new HerId(7), "", Optional.empty(), List.of("x"), List.of())));
    }

    @Test
    void emptyList_isLegal() throws Exception {
        assertThat(read("[]\n"))
                .isInstanceOfSatisfying(
                        Result.Loaded.class,
                        loaded -> assertThat(loaded.entries()).isEmpty());
    }

    @Test
    void allMistakes_areToldWithTheirPlaces() throws Exception {
        assertThat(mistakes("""
            - herId: abc
              ldapStrings: [x]
            - herId: 8
              ldapstrings: [x]
            - herId: 9
              organizationNumber: 12345678
              certificates: ["${NONE}/x"]
            - 93238
            - {herId: 9, certificates: [a, [b]]}
            - {name: x, ldapStrings: y}
            """))
                .containsExactly(
                        "parties.yaml:1:10: [0].herId: expected a HER-id (a positive number), found 'abc'",
                        "parties.yaml:3:3: [1].ldapStrings: expected ldapStrings or certificates, found neither",
                        "parties.yaml:4:3: [1].ldapstrings: unknown key; did you mean 'ldapStrings'?",
                        "parties.yaml:6:23: [2].organizationNumber: expected nine digits, found '12345678'",
                        "parties.yaml:7:17: [2].certificates: expected the environment variable NONE to be set, found"
                                + " that it is not",
                        "parties.yaml:8:3: [3]: expected keys with values, found '93238'",
                        "parties.yaml:8:3: [3].herId: expected this key, found none",
                        "parties.yaml:8:3: [3].ldapStrings: expected ldapStrings or certificates, found neither",
                        "parties.yaml:9:11: [4].herId: expected each party once, found 9 again",
                        "parties.yaml:9:32: [4].certificates: expected one value, found a list",
                        "parties.yaml:10:3: [5].herId: expected this key, found none",
                        "parties.yaml:10:26: [5].ldapStrings: expected a list, found 'y'",
                        "parties.yaml:10:26: [5].ldapStrings: expected ldapStrings or certificates, found neither");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# cut off\n"})
    void emptyFile_isAMistakeAndNotAnEmptyRegister(String text) throws Exception {
        assertThat(mistakes(text))
                .containsExactly("parties.yaml:1:1: expected a list of parties ([] for none), found an empty file");
    }

    @Test
    void somethingElseThanAList_isAMistake() throws Exception {
        assertThat(mistakes("parties: []\n"))
                .containsExactly(
                        "parties.yaml:1:1: expected a list of parties, each with herId, found keys with values");
    }

    @Test
    void absentFile_isAMistake() {
        assertThat(PartyFile.read(folder.resolve("none.yaml"), name -> Optional.empty()))
                .isInstanceOfSatisfying(
                        Result.Refused.class,
                        refused -> assertThat(refused.mistakes())
                                .singleElement()
                                .asString()
                                .contains(
                                        "expected a file of parties at",
                                        "found none; name it with register.file.path"));
    }
}
