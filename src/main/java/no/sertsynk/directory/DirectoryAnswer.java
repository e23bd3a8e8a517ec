package no.sertsynk.directory;

import java.math.BigInteger;
import java.util.List;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;

/**
 * What a directory gave for one LDAP string.
 *
 * @param certificates readable certificates without duplicates, in no particular order; where the string names serial
 *     numbers, only certificates that have one of them
 * @param malformed one MALFORMED_CERTIFICATE for each value that is no certificate
 * @param missingSerials serial numbers that the string names and no returned certificate has
 * @param warnings such as a result that was cut off
 */
public record DirectoryAnswer(
        List<PartnerCertificate> certificates,
        List<Reason> malformed,
        List<BigInteger> missingSerials,
        List<Reason> warnings) {
    public DirectoryAnswer {
        certificates = List.copyOf(certificates);
        malformed = List.copyOf(malformed);
        missingSerials = List.copyOf(missingSerials);
        warnings = List.copyOf(warnings);
    }
}
