package no.sertsynk.validation.revocation;

import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import no.sertsynk.model.Sha256;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Extension;

/**
 * Answers from the only kind of list that Norwegian authorities issue: complete, direct, signed by the issuer's own key.
 * Its signature is verified once and an entry is found by its number. Anything else is for {@link ListProcessing}.
 */
final class PlainListCheck {
    private static final int CRL_SIGN = 6;
    private static final int MAX_REMEMBERED = 1000;

    private final Instant at;
    private final Duration maxStale;
    private final Duration clockSkew;
    /** Saves work: which key has signed a list. */
    private final Map<Sha256, PublicKey> verified = new ConcurrentHashMap<>();
    /** Saves work: whether addresses are of plain lists; nearly all certificates of an issuer name the same. */
    private final Map<Addresses, Boolean> plain = new ConcurrentHashMap<>();

    PlainListCheck(Instant at, Duration maxStale, Duration clockSkew) {
        this.at = at;
        this.maxStale = maxStale;
        this.clockSkew = clockSkew;
    }

    /** The list that answers for the certificate; empty if one of the lists is of another kind. */
    Optional<KnownList> listFor(X509Certificate certificate, X509Certificate issuer, List<KnownList> lists) {
        boolean plain = !lists.isEmpty()
                && maySignLists(issuer)
                && namesPlainLists(certificate)
                && lists.stream().allMatch(list -> isPlainOf(list, issuer));
        return plain
                ? lists.stream().max(Comparator.comparing(list -> list.header().thisUpdate()))
                : Optional.empty();
    }

    private record Addresses(ByteBuffer points, ByteBuffer freshest) {
        static Addresses of(X509Certificate certificate) {
            return new Addresses(
                    value(certificate, Extension.cRLDistributionPoints), value(certificate, Extension.freshestCRL));
        }

        private static ByteBuffer value(X509Certificate certificate, ASN1ObjectIdentifier oid) {
            byte[] value = certificate.getExtensionValue(oid.getId());
            return value == null ? ByteBuffer.allocate(0) : ByteBuffer.wrap(value);
        }
    }

    private boolean namesPlainLists(X509Certificate certificate) {
        Addresses addresses = Addresses.of(certificate);
        Boolean known = plain.get(addresses);
        if (known == null) {
            known = DistributionPoints.of(certificate).plain();
            if (plain.size() < MAX_REMEMBERED) {
                plain.put(addresses, known);
            }
        }
        return known;
    }

    private boolean isPlainOf(KnownList list, X509Certificate issuer) {
        CrlHeader header = list.header();
        return header.plain()
                && header.nextUpdate().isPresent()
                && !header.thisUpdate().isAfter(at.plus(clockSkew))
                && header.issuer().equals(issuer.getSubjectX500Principal())
                && isSigned(list, issuer.getPublicKey());
    }

    private boolean isSigned(KnownList list, PublicKey key) {
        if (key.equals(verified.get(list.header().sha256()))) {
            return true;
        }
        boolean signed = list.isSignedBy(key);
        if (signed) {
            verified.put(list.header().sha256(), key);
        }
        return signed;
    }

    static boolean maySignLists(X509Certificate issuer) {
        boolean[] usage = issuer.getKeyUsage();
        return usage == null || (usage.length > CRL_SIGN && usage[CRL_SIGN]);
    }

    /** What the list says; what it says is revoked stays so, however old it is. */
    RevocationStatus status(X509Certificate certificate, KnownList list) {
        Evidence evidence = list.evidence(maxStale);
        Optional<CrlEntries.Entry> entry = list.entries().find(certificate.getSerialNumber());
        if (entry.isPresent()) {
            return RevocationStatus.Revoked.since(
                    entry.get().revokedAt(), entry.get().reason(), evidence);
        }
        return at.isAfter(evidence.holdsUntil())
                ? new RevocationStatus.Unknown(List.of(evidence.source() + ": the list of " + evidence.thisUpdate()
                        + " counted until " + evidence.holdsUntil()))
                : new RevocationStatus.Good(List.of(evidence));
    }
}
