package no.sertsynk.sync;

import java.util.Locale;
import no.sertsynk.model.HerId;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;

/**
 * How entries are named: the current certificate by the template alone, a parallel one with its serial number behind it.
 *
 * @param text with the placeholders {@code {herId}} and {@code {purpose}}
 */
public record AliasTemplate(String text) {
    private static final int DIGEST_DIGITS = 8;

    public AliasTemplate {
        if (!text.contains("{herId}") || !text.contains("{purpose}")) {
            throw new IllegalArgumentException("an alias template needs {herId} and {purpose}, found '" + text + "'");
        }
    }

    /** The alias of the current certificate. */
    public String current(HerId herId, Purpose purpose) {
        return text.replace("{herId}", herId.toString())
                .replace("{purpose}", purpose.id())
                .toLowerCase(Locale.ROOT);
    }

    /** The alias of a parallel certificate. */
    public String parallel(HerId herId, Purpose purpose, PartnerCertificate certificate) {
        return current(herId, purpose) + "-" + certificate.serialHex();
    }

    /** The alias of a parallel certificate where two issuers used one serial number. */
    public String parallelWithDigest(HerId herId, Purpose purpose, PartnerCertificate certificate) {
        return parallel(herId, purpose, certificate) + "-"
                + certificate.sha256().hex().substring(0, DIGEST_DIGITS);
    }

    /** Whether the alias is one that this template could have given to that party and purpose. */
    public boolean fits(String alias, HerId herId, Purpose purpose) {
        String current = current(herId, purpose);
        if (!alias.startsWith(current)) {
            return false;
        }
        String rest = alias.substring(current.length());
        return rest.isEmpty() || rest.matches("-[0-9a-f]+(-[0-9a-f]{8})?");
    }
}
