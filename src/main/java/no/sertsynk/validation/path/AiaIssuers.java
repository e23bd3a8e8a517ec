package no.sertsynk.validation.path;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import no.sertsynk.validation.fetch.Fetcher;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * Fetches authorities from where certificates say that they are (caIssuers, RFC 5280, 4.2.2.1): DER, PEM, or PKCS #7 that
 * holds certificates alone. An issuer is needed before its signature can be checked, so these addresses are the only ones
 * that are followed from a certificate that nobody has verified; hence allowed hosts alone, few addresses, small answers,
 * and each address once as long as this object lives.
 */
public final class AiaIssuers implements IssuerSource {
    private static final int MAX_BYTES = 256 * 1024;
    private static final int MAX_ADDRESSES_OF_ONE = 4;
    private static final int MAX_CERTIFICATES_OF_ONE = 16;
    /** In the life of this object: many times what all Norwegian authorities need. */
    private static final int MAX_FETCHES = 64;

    private final Fetcher fetcher;
    private final Map<URI, List<X509Certificate>> fetched = new ConcurrentHashMap<>();
    private final AtomicInteger fetches = new AtomicInteger();

    public AiaIssuers(Fetcher fetcher) {
        this.fetcher = fetcher;
    }

    @Override
    public List<X509Certificate> issuersOf(X509Certificate certificate) {
        List<X509Certificate> issuers = new ArrayList<>();
        for (URI address : addresses(certificate)) {
            issuers.addAll(fetched.computeIfAbsent(address, this::fetch));
        }
        return issuers;
    }

    private List<X509Certificate> fetch(URI address) {
        if (fetches.incrementAndGet() > MAX_FETCHES) {
            return List.of();
        }
        return switch (fetcher.fetch(Fetcher.Request.get(address, MAX_BYTES))) {
            case Fetcher.Answer.Content content -> certificates(content.bytes());
            // Without the issuer no path is found, which is what the verdict tells.
            case Fetcher.Answer.Unchanged unchanged -> List.of();
            case Fetcher.Answer.Failure failure -> List.of();
        };
    }

    private static List<X509Certificate> certificates(byte[] bytes) {
        List<X509Certificate> read = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Certificate certificate : factory.generateCertificates(new ByteArrayInputStream(bytes))) {
                if (certificate instanceof X509Certificate x509 && read.size() < MAX_CERTIFICATES_OF_ONE) {
                    read.add(x509);
                }
            }
        } catch (CertificateException | RuntimeException e) {
            // Something else than certificates is no help.
            return List.of();
        }
        return List.copyOf(read);
    }

    private static List<URI> addresses(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(Extension.authorityInfoAccess.getId());
        List<URI> addresses = new ArrayList<>();
        if (extension == null) {
            return addresses;
        }
        try {
            for (AccessDescription access : AuthorityInformationAccess.getInstance(
                            ASN1OctetString.getInstance(extension).getOctets())
                    .getAccessDescriptions()) {
                GeneralName location = access.getAccessLocation();
                if (access.getAccessMethod().equals(AccessDescription.id_ad_caIssuers)
                        && location.getTagNo() == GeneralName.uniformResourceIdentifier
                        && addresses.size() < MAX_ADDRESSES_OF_ONE) {
                    addresses.add(URI.create(location.getName().toString()));
                }
            }
        } catch (RuntimeException e) {
            // An address that cannot be read is none; those before it count.
            return addresses;
        }
        return addresses;
    }
}
