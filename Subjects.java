package no.sertsynk.validation.profile;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.model.SubjectIdentity;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** Whom a certificate's subject names. */
public final class Subjects {
    private static final String ORGANIZATION_PREFIX = "NTRNO-";
    private static final int NUMBER_LENGTH = 9;

    private Subjects() {}

    /** The identity in the subject; without number, name and units if the name cannot be read. */
    public static SubjectIdentity identity(X509Certificate certificate) {
        RDN[] name = names(certificate);
        List<String> commonNames = values(name, BCStyle.CN);
        return new SubjectIdentity(
                organizationNumber(name),
                commonNames.isEmpty() ? "" : commonNames.getLast(),
                values(name, BCStyle.OU));
    }

    /** The subject's serialNumber attributes, which mark persons. */
    static List<String> serialNumbers(X509Certificate certificate) {
        return values(names(certificate), BCStyle.SERIALNUMBER);
    }

    /** The reason if a certificate that was assessed is not of that organisation; empty if it is. */
    public static Optional<Reason> wrongOrganization(Assessment assessment, OrganizationNumber wanted) {
        Optional<OrganizationNumber> found = assessment.subject().organizationNumber();
        return found.isPresent() && found.get().equals(wanted)
                ? Optional.empty()
                : Optional.of(Reason.of(
                        ReasonCode.WRONG_ORGANIZATION,
                        "expected a certificate of organisation " + wanted + ", found "
                                + found.map(number -> "one of " + number).orElse("no organisation number")));
    }

    /**
     * organizationIdentifier (SEID version 2) before serialNumber (version 1) before the end of the organisation's name;
     * never OU, which may hold the number of a sub-unit.
     */
    private static Optional<OrganizationNumber> organizationNumber(RDN[] name) {
        for (String identifier : values(name, BCStyle.ORGANIZATION_IDENTIFIER)) {
            if (identifier.startsWith(ORGANIZATION_PREFIX)) {
                Optional<OrganizationNumber> number = digits(identifier.substring(ORGANIZATION_PREFIX.length()));
                if (number.isPresent()) {
                    return number;
                }
            }
        }
        for (String serialNumber : values(name, BCStyle.SERIALNUMBER)) {
            Optional<OrganizationNumber> number = digits(serialNumber);
            if (number.isPresent()) {
                return number;
            }
        }
        for (String organization : values(name, BCStyle.O)) {
            int dash = organization.lastIndexOf("- ");
            if (dash >= 0) {
                Optional<OrganizationNumber> number = digits(organization.substring(dash + 2));
                if (number.isPresent()) {
                    return number;
                }
            }
        }
        return Optional.empty();
    }

    /** Asked for each certificate: the length first, so that the number's own reading runs for likely text alone. */
    private static Optional<OrganizationNumber> digits(String text) {
        return text.length() == NUMBER_LENGTH ? OrganizationNumber.parse(text) : Optional.empty();
    }

    private static RDN[] names(X509Certificate certificate) {
        try {
            return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded())
                    .getRDNs();
        } catch (RuntimeException e) {
            // Bouncy Castle reports a wrong encoding by unchecked exceptions; such a name names nobody.
            return new RDN[0];
        }
    }

    private static List<String> values(RDN[] name, ASN1ObjectIdentifier type) {
        List<String> values = new ArrayList<>();
        for (RDN rdn : name) {
            for (AttributeTypeAndValue attribute : rdn.getTypesAndValues()) {
                if (attribute.getType().equals(type) && attribute.getValue() instanceof ASN1String text) {
                    values.add(text.getString().strip());
                }
            }
        }
        return values;
    }
}
