package no.sertsynk.validation.path;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
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
 * and each address once as long as this object lives. What turns out to have signed is kept for later runs, which ask
 * again only when it is old or has not signed; a server that is down is stood in for by what is kept.
 */
public final class AiaIssuers implements IssuerSource {
    static final int MAX_BYTES = 256 * 1024;
    private static final int MAX_ADDRESSES_OF_ONE = 4;
    private static final int MAX_CERTIFICATES_OF_ONE = 16;
    /** In the life of this object: many times what all Norwegian authorities need. */
    private static final int MAX_FETCHES = 64;
    /** Authorities live for years; what is kept is asked for anew this often. */
    private static final Duration YOUNG = Duration.ofDays(30);

    private final Fetcher fetcher;
    private final KeptIssuers kept;
    private final Clock clock;
    private final Map<URI, KeptIssuers.Kept> earlier = new ConcurrentHashMap<>();
    private final Map<URI, List<X509Certificate>> fetched = new ConcurrentHashMap<>();
    private final AtomicInteger fetches = new AtomicInteger();

    /** @param clock of when something was fetched */
    public AiaIssuers(Fetcher fetcher, KeptIssuers kept, Clock clock) {
        this.fetcher = fetcher;
        this.kept = kept;
        this.clock = clock;
    }

    @Override
    public List<X509Certificate> issuersOf(X509Certificate certificate) {
        List<X509Certificate> issuers = new ArrayList<>();
        for (URI address : addresses(certificate)) {
            issuers.addAll(from(address, certificate));
        }
        return issuers;
    }

    private List<X509Certificate> from(URI address, X509Certificate certificate) {
        List<X509Certificate> known = fetched.get(address);
        if (known != null) {
            return known;
        }
        KeptIssuers.Kept before = earlier.computeIfAbsent(address, kept::read);
        boolean isYoung = before.fetchedAt().isAfter(clock.instant().minus(YOUNG));
        if (isYoung && anySigned(before.certificates(), certificate)) {
            return before.certificates();
        }
        return fetched.computeIfAbsent(address, asked -> fetch(asked, certificate, before));
    }

    private List<X509Certificate> fetch(URI address, X509Certificate certificate, KeptIssuers.Kept before) {
        if (fetches.incrementAndGet() > MAX_FETCHES) {
            return before.certificates();
        }
        return switch (fetcher.fetch(Fetcher.Request.get(address, MAX_BYTES))) {
            case Fetcher.Answer.Content content -> {
                List<X509Certificate> found = certificates(content.bytes());
                if (anySigned(found, certificate)) {
                    kept.keep(address, new KeptIssuers.Kept(clock.instant(), found));
                    yield found;
                }
                List<X509Certificate> both = new ArrayList<>(found);
                both.addAll(before.certificates());
                yield List.copyOf(both);
            }
            // Without the issuer no path is found, which is what the verdict tells.
            case Fetcher.Answer.Unchanged unchanged -> before.certificates();
            case Fetcher.Answer.Failure failure -> before.certificates();
        };
    }

    private static boolean anySigned(List<X509Certificate> issuers, X509Certificate certificate) {
        return issuers.stream()
                .anyMatch(issuer -> issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
                        && hasSigned(issuer, certificate));
    }

    private static boolean hasSigned(X509Certificate issuer, X509Certificate certificate) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException | RuntimeException e) {
            // Nothing to rely on later; the search finds out for itself.
            return false;
        }
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
