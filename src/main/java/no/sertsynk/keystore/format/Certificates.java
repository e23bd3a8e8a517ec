package no.sertsynk.keystore.format;

import java.nio.ByteBuffer;
import java.util.Optional;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;

/** Certificates out of other programs' keystores. */
final class Certificates {
    private Certificates() {}

    /**
     * Empty for one that cannot be read: that is somebody else's, since sertsynk writes readable ones only, and is carried
     * over like all that is foreign.
     */
    static Optional<PartnerCertificate> parse(ByteBuffer der) {
        byte[] bytes = new byte[der.remaining()];
        der.get(der.position(), bytes);
        try {
            return Optional.of(PartnerCertificate.parse(bytes));
        } catch (MalformedCertificateException e) {
            return Optional.empty();
        }
    }
}
