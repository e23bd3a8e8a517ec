package no.sertsynk.validation.verdict;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Sha256;
import org.bouncycastle.asn1.x509.Extension;

/**
 * What the verdicts of many certificates depend on alike: those of one issuer that name the same addresses.
 *
 * @param rules a digest of every setting that has a say, and of the program's version
 * @param trust a digest of every trusted certificate that could stand in a path of theirs
 * @param issuers the path above them, the anchor last
 * @param addresses a digest of where they say that their revocation can be learnt
 * @param lists the revocation lists that told that none of them, nor an issuer below the anchor, is revoked, or the
 *     answers about the one certificate that it is the basis of; empty if nobody was asked
 */
public record VerdictBasis(
        Sha256 rules, Sha256 trust, List<PartnerCertificate> issuers, Sha256 addresses, SortedSet<UsedList> lists) {
    private static final List<String> ADDRESSES = List.of(
            Extension.cRLDistributionPoints.getId(),
            Extension.freshestCRL.getId(),
            Extension.authorityInfoAccess.getId());

    public VerdictBasis {
        issuers = List.copyOf(issuers);
        lists = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(lists));
    }

    /** A list or an answer, by where it came from (of an answer, also whom it is about) and what it is. */
    public record UsedList(String source, Sha256 sha256) implements Comparable<UsedList> {
        @Override
        public int compareTo(UsedList other) {
            int bySource = source.compareTo(other.source);
            return bySource != 0 ? bySource : sha256.compareTo(other.sha256);
        }
    }

    /** Its identity: two that are equal in everything have the same. */
    public String id() {
        List<String> parts = new ArrayList<>(List.of(rules.hex(), trust.hex(), addresses.hex()));
        issuers.forEach(issuer -> parts.add(issuer.sha256().hex()));
        lists.forEach(list -> parts.add(list.sha256() + " " + list.source()));
        return Sha256.of(String.join("\n", parts).getBytes(StandardCharsets.UTF_8))
                .hex();
    }

    /** The path of a certificate, as a revocation check wants it: without the anchor. */
    List<X509Certificate> pathOf(X509Certificate certificate) {
        List<X509Certificate> path = new ArrayList<>(List.of(certificate));
        issuers.subList(0, issuers.size() - 1).forEach(issuer -> path.add(issuer.x509()));
        return path;
    }

    X509Certificate anchor() {
        return issuers.getLast().x509();
    }

    /** Whether every authority of the path is valid at that time, the anchor too. */
    boolean isValid(Instant at) {
        return issuers.stream().allMatch(issuer -> isValid(issuer, at));
    }

    static boolean isValid(PartnerCertificate certificate, Instant at) {
        return !at.isBefore(certificate.notBefore()) && !at.isAfter(certificate.notAfter());
    }

    /** What a certificate says of where its revocation can be learnt. */
    static Sha256 addresses(X509Certificate certificate) {
        StringBuilder text = new StringBuilder();
        for (String extension : ADDRESSES) {
            byte[] value = certificate.getExtensionValue(extension);
            text.append(value == null ? "-" : HexFormat.of().formatHex(value)).append('\n');
        }
        return Sha256.of(text.toString().getBytes(StandardCharsets.US_ASCII));
    }
}
