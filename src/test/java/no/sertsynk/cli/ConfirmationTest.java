package no.sertsynk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import no.sertsynk.app.UsageException;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.sandbox.SandboxAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfirmationTest {
    private static final PartnerCertificate CERTIFICATE = certificate();

    private static PartnerCertificate certificate() {
        try {
            return PartnerCertificate.of(
                    SandboxAuthority.create("Ny", Instant.parse("2026-01-01T00:00:00Z"), Optional.empty())
                            .root());
        } catch (MalformedCertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"y, true", "ja, true", "'', false", "n, false", "yep, false"})
    void answerOnATerminal_counts(String answer, boolean given) throws Exception {
        Confirmation confirmation = new Confirmation(Optional.empty(), Optional.of(() -> answer));

        assertThat(confirmation.isGiven(CERTIFICATE)).isEqualTo(given);
    }

    @Test
    void fingerprintAsOpensslWritesIt_isRead() throws Exception {
        String hex = CERTIFICATE.sha256().hex().toUpperCase(Locale.ROOT);
        String written = hex.replaceAll("(..)(?=.)", "$1:");

        assertThat(new Confirmation(Optional.of(written), Optional.empty()).isGiven(CERTIFICATE))
                .isTrue();
    }

    @Test
    void otherFingerprint_isRefusedAlsoOnATerminal() {
        Confirmation confirmation = new Confirmation(Optional.of("00".repeat(32)), Optional.of(() -> "y"));

        assertThatThrownBy(() -> confirmation.isGiven(CERTIFICATE))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(CERTIFICATE.sha256().hex());
    }

    @Test
    void nobodyToAsk_isRefused() {
        Confirmation confirmation = new Confirmation(Optional.empty(), Optional.empty());

        assertThatThrownBy(() -> confirmation.isGiven(CERTIFICATE))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--sha256");
    }
}
