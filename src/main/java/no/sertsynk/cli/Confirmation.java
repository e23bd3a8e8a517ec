package no.sertsynk.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import no.sertsynk.app.UsageException;
import no.sertsynk.model.PartnerCertificate;

/**
 * The administrator's word that a certificate is the right one.
 *
 * @param sha256 the fingerprint that was given with the command, as people write it
 * @param terminal asks a person and tells the answer; empty where nobody is there
 */
record Confirmation(Optional<String> sha256, Optional<Supplier<String>> terminal) {
    private static final Set<String> YES = Set.of("y", "yes", "j", "ja");

    /** @throws UsageException if the fingerprint is another one, or nobody can be asked */
    boolean isGiven(PartnerCertificate certificate) throws UsageException {
        if (sha256.isPresent()) {
            String given = sha256.get().toLowerCase(Locale.ROOT).replaceAll("[:\\s]", "");
            if (!given.equals(certificate.sha256().hex())) {
                throw new UsageException("--sha256: expected the certificate's fingerprint " + certificate.sha256()
                        + ", found " + sha256.get() + "; nothing was added");
            }
            return true;
        }
        if (terminal.isEmpty()) {
            throw new UsageException("expected --sha256 with the fingerprint that the authority publishes, since there"
                    + " is no terminal to ask on, found none; nothing was added");
        }
        return YES.contains(terminal.get().get());
    }
}
