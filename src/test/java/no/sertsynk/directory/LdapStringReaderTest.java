package no.sertsynk.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import no.sertsynk.SharedData;
import no.sertsynk.directory.LdapStringReading.Readable;
import no.sertsynk.directory.LdapStringReading.Unreadable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LdapStringReaderTest {
    private static final String MODERN =
            "ldap://ldap.test4.buypass.no/dc=Buypass,dc=no,CN=Buypass%20Class%203%20Test4%20CA%203"
                    + "?usercertificate;binary?sub?(|(certificateSerialNumber=12)(certificateSerialNumber=ab))";

    @Test
    void everyStringOfTheCatalogue_hasItsVerdictAndParts() throws IOException {
        List<String> lines = Files.readAllLines(SharedData.path("ldap-strings.tsv"));
        for (String line : lines.subList(1, lines.size())) {
            String[] row = line.split("\t", -1);
            LdapStringReading reading = LdapStringReader.read(row[2].replace("\\n", "\n"));
            boolean malformed = row[0].matches("L19|L2[0-3]");
            assertThat(reading instanceof Unreadable).as(row[0] + " " + reading).isEqualTo(malformed);
            if (reading instanceof Readable(LdapString string, List<String> repairs)) {
                assertThat(string.host()).as(row[0]).isEqualTo(row[3]);
                assertThat(string.port()).as(row[0]).hasToString(row[4]);
                assertThat(string.baseDn()).as(row[0]).isEqualTo(row[5]);
                assertThat(String.join(",", string.attributes())).as(row[0]).isEqualTo(row[6]);
                assertThat(string.scope().id()).as(row[0]).isEqualTo(row[7]);
                assertThat(string.filter()).as(row[0]).isEqualTo(row[8]);
                if (!row[9].equals("reject")) {
                    assertThat(repairs.isEmpty()).as(row[0] + " " + repairs).isEqualTo(row[9].equals("accept"));
                }
                boolean usable = DirectoryPolicy.ofEnvironment(Optional.empty())
                        .refusals(string)
                        .isEmpty();
                assertThat(usable).as(row[0]).isEqualTo(!row[9].equals("reject"));
            }
        }
    }

    @Test
    void serialNumbers_areReadInBothForms() {
        assertThat(readable(MODERN).string().serials()).map(Object::toString).containsExactly("12", "171");
        assertThat(readable(MODERN).string().exact()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "http://ldap.buypass.no/dc=no",
                "ldapi://ldap.buypass.no/dc=no",
                "ldap:///dc=no?userCertificate?sub?(cn=a)",
                "ldap://user@ldap.buypass.no/dc=no",
                "ldap://ldap.buypass.no:0/dc=no",
                "ldap://ldap.buypass.no:99999/dc=no",
                "ldap://ldap.buypass.no/dc=no?a?sub?(cn=a)?ext?more",
                "ldap://ldap.buypass.no/dc=no?userCertificate?subtree?(cn=a)",
                "ldap://ldap.buypass.no/dc=no?userCertificate?sub?(cn=a))",
                "ldap://ldap.buypass.no/dc=no?userCertificate?sub?(cn=a",
                "ldap://ldap.buypass.no/dc=no?userCertificate?sub?(cn=a)(cn=b)",
                "ldap://ldap.buypass.no/dc=no?userCertificate?sub?(cn=a)?!critical",
                "ldap://ldap.buypass.no/dc=no?userCertificate?sub?(cn=%ZZ)",
                "ldap://ldap.buypass.no/dc=no?userCertificate?sub?(cn=%FF)",
                "ldap://ldap.buypass.no/dc=no?userCertificate?sub?(cn=%00)",
                "ldap://ldap.buypass.no/not a dn?userCertificate?sub?(cn=a)",
            })
    void malformedString_isRejectedWithAMessage(String text) {
        assertThat(LdapStringReader.read(text))
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        unreadable -> assertThat(unreadable.error()).contains("expected"));
    }

    @Test
    void mutatedStrings_areReadOrRejectedAndNeverThrow() {
        long seed = 20_261_124L;
        Random random = new Random(seed);
        String alphabet = "ldap:/?()|&=*%,;! \u0000\n\u202eæ0aF[]@.";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(MODERN);
            for (int edits = random.nextInt(6); edits >= 0; edits--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                    default -> text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
                }
            }
            LdapStringReading reading = LdapStringReader.read(text.toString());
            if (reading instanceof Readable(LdapString string, var repairs)) {
                assertThat(string.host())
                        .as("seed " + seed)
                        .isEqualTo(string.host().toLowerCase(Locale.ROOT));
            }
        }
    }

    private static Readable readable(String text) {
        return (Readable) LdapStringReader.read(text);
    }
}
