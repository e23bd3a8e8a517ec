package no.sertsynk.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import no.sertsynk.SharedData;
import no.sertsynk.directory.LdapStringReading.Readable;
import no.sertsynk.directory.LdapStringReading.Unreadable;
import no.sertsynk.model.ReasonCode;
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
    void longStrings_areReadOrRefusedWithinLimits() {
        String base = "ldap://ldap.buypass.no/dc=no?userCertificate?sub?";
        Readable manyTerms = readable(base + "(|" + "(certificateSerialNumber=12)".repeat(5000) + ")");

        assertThat(refusal(manyTerms.string())).isEqualTo(ReasonCode.LIMIT_EXCEEDED);
        assertThat(refusal(readable(base + "(cn=" + "x".repeat(100_000) + ")").string()))
                .isEqualTo(ReasonCode.LIMIT_EXCEEDED);
        assertThat(refusal(readable(base + "(!".repeat(20) + "(cn=abcdef)" + ")".repeat(20))
                        .string()))
                .isEqualTo(ReasonCode.LIMIT_EXCEEDED);
        for (String hostile : new String[] {
            "x".repeat(300_000),
            base + "(!".repeat(50_000) + "(cn=a)" + ")".repeat(50_000),
            base + "(".repeat(200_000),
            base + "(&".repeat(100_000),
            "ldap://" + "a.".repeat(100_000) + "no/",
            "ldap://ldap.buypass.no/" + "dc=a,".repeat(40_000),
            "ldap://ldap.buypass.no/" + "?".repeat(200_000),
            "l".repeat(200_000),
            "ldap:/".repeat(40_000),
            "ldap://".repeat(30_000),
            " ".repeat(250_000),
            base + "(cn=a)" + ".".repeat(200_000)
        }) {
            assertThat(LdapStringReader.read(hostile))
                    .as(hostile.substring(0, 60))
                    .isInstanceOfSatisfying(
                            Unreadable.class,
                            unreadable -> assertThat(unreadable.error()).hasSizeLessThan(600));
        }
        assertThat(LdapStringReader.read(base + "(cn=" + "*a".repeat(60_000) + ")"))
                .isNotNull();
    }

    private static ReasonCode refusal(LdapString string) {
        return DirectoryPolicy.ofEnvironment(Optional.empty())
                .refusals(string)
                .getFirst()
                .code();
    }

    /** What is read once is read the same again when it is written as a URL should be. */
    @Test
    void mutatedStrings_areReadOrRejectedAndNeverThrow() throws Exception {
        long seed = 20_261_124L;
        Random random = new Random(seed);
        List<String> kinds = Stream.concat(
                        StringTableTest.rows().map(row -> StringTableTest.text((String) row.get()[0])),
                        Stream.of(MODERN))
                .toList();
        DirectoryPolicy policy = DirectoryPolicy.ofEnvironment(Optional.empty());
        for (int i = 0; i < 20_000; i++) {
            String text = mutated(kinds, random);
            if (LdapStringReader.read(text) instanceof Readable(LdapString string, var repairs)) {
                String what = "seed " + seed + ", round " + i + ", " + text;
                assertThat(policy.refusals(string)).as(what).isNotNull();
                Readable again = readable(url(string));
                assertThat(again.string()).as(what).isEqualTo(string);
                assertThat(again.repairs()).as(what).isEmpty();
            }
        }
    }

    private static String mutated(List<String> kinds, Random random) {
        String alphabet = "ldap:/?()|&=*%,;! \u0000\n\u202e\u00e60aF[]@.\\\"'<>+#~";
        StringBuilder text = new StringBuilder(kinds.get(random.nextInt(kinds.size())));
        for (int edits = random.nextInt(6); edits >= 0; edits--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + 1);
            char c = alphabet.charAt(random.nextInt(alphabet.length()));
            String other = kinds.get(random.nextInt(kinds.size()));
            switch (random.nextInt(5)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, c);
                case 2 -> text.replace(at, end, String.valueOf(c));
                case 3 -> text.setLength(at);
                default -> text.append(other.substring(random.nextInt(other.length() + 1)));
            }
        }
        return text.toString();
    }

    /** The string as RFC 4516 writes it. */
    private static String url(LdapString string) {
        String host = string.host().contains(":") ? "[" + string.host() + "]" : string.host();
        return (string.tls() ? "ldaps://" : "ldap://") + host + ":" + string.port() + "/" + encoded(string.baseDn())
                + "?" + encoded(String.join(",", string.attributes())) + "?"
                + string.scope().id() + "?" + encoded(string.filter());
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '-';
            encoded.append(plain ? String.valueOf((char) b) : String.format("%%%02X", b & 0xFF));
        }
        return encoded.toString();
    }

    private static Readable readable(String text) {
        return (Readable) LdapStringReader.read(text);
    }
}
