package no.sertsynk.keystore.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;

/** One bundle file of PEM blocks and text (RFC 7468). For one thread. */
final class PemFormat implements StoreFormat {
    /** Parsing is dear, and the same certificates are read again when the new file is proven. */
    private final Map<ByteBuffer, PartnerCertificate> known = new HashMap<>();

    @Override
    public StoreImage parse(byte[] file) throws KeystoreException {
        // Latin-1 keeps every byte as it is, whatever the text around the blocks is encoded in.
        String text = new String(file, StandardCharsets.ISO_8859_1);
        return PemImage.of(this, new PemReading(text, this).segments());
    }

    @Override
    public StoreImage absent() {
        return PemImage.absent(this);
    }

    PartnerCertificate certificate(byte[] der) throws MalformedCertificateException {
        PartnerCertificate earlier = known.get(ByteBuffer.wrap(der));
        if (earlier != null) {
            return earlier;
        }
        PartnerCertificate parsed = PartnerCertificate.parse(der);
        remember(parsed);
        return parsed;
    }

    void remember(PartnerCertificate certificate) {
        known.put(ByteBuffer.wrap(certificate.der()), certificate);
    }
}
