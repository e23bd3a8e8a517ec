package no.sertsynk.validation.path;

import java.security.cert.X509Certificate;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;

/**
 * What a path would cost the engine. It compares every name with every constraint above it, and every constraint with
 * those of the next authority; a few certificates made for the purpose keep it busy for hours.
 */
final class PathCost {
    /** Comparisons that take a few seconds; honest paths need some hundreds. */
    private static final long MAX_COMPARISONS = 5_000_000;

    private PathCost() {}

    /** What is too much; empty if nothing is. */
    static Optional<String> excess(CertificationPath path) {
        long constraints = 0;
        long comparisons = 0;
        for (int i = path.certificates().size() - 1; i >= 0; i--) {
            X509Certificate certificate = path.certificates().get(i);
            long own = constraints(certificate);
            comparisons += constraints * (names(certificate) + own);
            constraints += own;
        }
        return comparisons > MAX_COMPARISONS
                ? Optional.of(comparisons + " comparisons of names with name constraints, where at most "
                        + MAX_COMPARISONS + " are made")
                : Optional.empty();
    }

    /** Names in subject and subjectAltName. */
    private static long names(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(Extension.subjectAlternativeName.getId());
        return 1L + (extension == null ? 0 : sequence(extension).size());
    }

    private static long constraints(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(Extension.nameConstraints.getId());
        if (extension == null) {
            return 0;
        }
        NameConstraints constraints = NameConstraints.getInstance(sequence(extension));
        return count(constraints.getPermittedSubtrees()) + count(constraints.getExcludedSubtrees());
    }

    private static long count(GeneralSubtree[] subtrees) {
        return subtrees == null ? 0 : subtrees.length;
    }

    private static ASN1Sequence sequence(byte[] extension) {
        return ASN1Sequence.getInstance(ASN1OctetString.getInstance(extension).getOctets());
    }
}
