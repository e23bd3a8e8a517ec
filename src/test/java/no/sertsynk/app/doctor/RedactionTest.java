package no.sertsynk.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    @Test
    void knownSecrets_areTakenOut_theLongerFirst() {
        Redaction redaction = new Redaction(List.of("secret", "secret-and-more", " padded \n"));

        assertThat(redaction.of("x secret-and-more y secret z padded")).isEqualTo("x (masked) y (masked) z (masked)");
    }

    @Test
    void secretsOfAFewCharacters_leaveTheTextReadable() {
        assertThat(new Redaction(List.of("a", "")).of("a man")).isEqualTo("a man");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer hunter2hunter2",
                "authorization: basic aHVudGVyMmh1bnRlcjI=hunter2",
                "password=hunter2",
                "{\"password\": \"hunter2\"}",
                "--token=hunter2",
                "http://user:hunter2@host/",
                "passphrase: hunter2",
                "id eyJhbGciOiJSUzI1NiJ9.hunter2.hunter2",
                "-----BEGIN RSA PRIVATE KEY-----\nhunter2\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nhunter2 and cut off"
            })
    void whatLooksLikeASecret_isTakenOut(String text) {
        assertThat(new Redaction(List.of()).of("before " + text))
                .startsWith("before ")
                .doesNotContain("hunter2");
    }

    @Test
    void otherText_staysAsItIs() {
        String text =
                "passwordFile: /etc/x\nhttp://host/path\n-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----";

        assertThat(new Redaction(List.of("hunter2")).of(text)).isEqualTo(text);
    }
}
