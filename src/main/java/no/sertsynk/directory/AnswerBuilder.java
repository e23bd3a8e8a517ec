package no.sertsynk.directory;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.Sha256;

/** Gathers certificates out of entries, each once. The certificate's own serial number counts, not the attribute. */
final class AnswerBuilder {
    static final String CERTIFICATE = "userCertificate";
    private static final int MAX_VALUES = 20;
    private static final int MAX_MALFORMED = 20;

    private final Set<BigInteger> named;
    private final Map<BigInteger, BigInteger> readings;
    private final Set<BigInteger> missing;
    private final Map<Sha256, PartnerCertificate> certificates = new LinkedHashMap<>();
    private final List<Reason> malformed = new ArrayList<>();
    private final List<Reason> warnings = new ArrayList<>();

    /**
     * @param named serial numbers that the string names; empty if any certificate fits
     * @param readings further numbers that may be meant, with the named one they stand for
     */
    AnswerBuilder(Set<BigInteger> named, Map<BigInteger, BigInteger> readings) {
        this.named = named;
        this.readings = readings;
        this.missing = new TreeSet<>(named);
    }

    /** Whether everything is there that the string names. */
    boolean isSatisfied() {
        return !named.isEmpty() && missing.isEmpty();
    }

    /** Whether nothing has come yet that could be a certificate. */
    boolean isEmpty() {
        return certificates.isEmpty() && malformed.isEmpty();
    }

    void warn(ReasonCode code, String message) {
        Reason warning = Reason.of(code, message);
        if (!warnings.contains(warning)) {
            warnings.add(warning);
        }
    }

    void add(SearchResultEntry entry) {
        int values = 0;
        for (Attribute attribute : entry.getAttributes()) {
            if (!attribute.getBaseName().equalsIgnoreCase(CERTIFICATE)) {
                continue;
            }
            for (byte[] value : attribute.getValueByteArrays()) {
                if (++values > MAX_VALUES) {
                    warn(
                            ReasonCode.LIMIT_EXCEEDED,
                            "expected at most " + MAX_VALUES + " certificates in one entry, found more in "
                                    + entry.getDN() + "; the rest was not looked at");
                    return;
                }
                addValue(entry, value);
            }
        }
    }

    private void addValue(SearchResultEntry entry, byte[] value) {
        try {
            PartnerCertificate certificate = PartnerCertificate.parse(value);
            BigInteger meant = readings.get(certificate.serial());
            if (named.isEmpty() || meant != null) {
                certificates.putIfAbsent(certificate.sha256(), certificate);
            }
            if (meant != null) {
                missing.remove(meant);
            }
        } catch (MalformedCertificateException e) {
            if (malformed.size() < MAX_MALFORMED) {
                malformed.add(Reason.of(
                        ReasonCode.MALFORMED_CERTIFICATE, e.reason().message() + ", in the entry " + entry.getDN()));
            }
        }
    }

    DirectoryAnswer build() {
        return new DirectoryAnswer(
                certificates.values().stream().filter(this::isMeant).toList(),
                malformed,
                List.copyOf(missing),
                warnings);
    }

    /** A second reading counts only where no certificate has the first. */
    private boolean isMeant(PartnerCertificate certificate) {
        BigInteger meant = readings.get(certificate.serial());
        return meant == null
                || meant.equals(certificate.serial())
                || certificates.values().stream()
                        .noneMatch(other -> other.serial().equals(meant));
    }
}
