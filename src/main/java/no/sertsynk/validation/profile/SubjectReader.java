package no.sertsynk.validation.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.SubjectIdentity;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** Reads whom a subject names, by the SEID profiles. */
public final class SubjectReader {
    private static final String PREFIX = "NTRNO-";

    private SubjectReader() {}

    /** The identity that the subject's name tells; without any if it cannot be read. */
    public static SubjectIdentity read(X500Principal subject) {
        try {
            return read(X500Name.getInstance(subject.getEncoded()));
        } catch (RuntimeException e) {
            // Bouncy Castle's way to say that it is no name; such a subject names nobody.
            return new SubjectIdentity(Optional.empty(), "", List.of());
        }
    }

    /** The identity that the subject's name tells. */
    public static SubjectIdentity read(X500Name subject) {
        List<String> names = values(subject, BCStyle.CN);
        return new SubjectIdentity(
                organizationNumber(subject), names.isEmpty() ? "" : names.getFirst(), values(subject, BCStyle.OU));
    }

    static String commonName(X500Name name) {
        List<String> names = values(name, BCStyle.CN);
        return names.isEmpty() ? "" : names.getFirst();
    }

    /** Whether the subject names a person: the serial number of such certificates begins with 9578 or UN:NO-9578. */
    static boolean isPerson(X500Name subject) {
        for (String value : values(subject, BCStyle.SERIALNUMBER)) {
            if (value.startsWith("9578-") || value.startsWith("UN:NO-9578-")) {
                return true;
            }
        }
        return false;
    }

    /**
     * SEID v2 first, then SEID v1, then the form of older Commfides certificates ("NAME - 123456789" in O); never OU, which
     * may hold the number of a sub-unit.
     */
    private static Optional<OrganizationNumber> organizationNumber(X500Name name) {
        for (String value : values(name, BCStyle.ORGANIZATION_IDENTIFIER)) {
            if (value.startsWith(PREFIX)) {
                return OrganizationNumber.parse(value.substring(PREFIX.length()));
            }
        }
        for (String value : values(name, BCStyle.SERIALNUMBER)) {
            Optional<OrganizationNumber> number = OrganizationNumber.parse(value.strip());
            if (number.isPresent()) {
                return number;
            }
        }
        for (String value : values(name, BCStyle.O)) {
            int dash = value.lastIndexOf("- ");
            if (dash >= 0) {
                return OrganizationNumber.parse(value.substring(dash + 2).strip());
            }
        }
        return Optional.empty();
    }

    private static List<String> values(X500Name name, ASN1ObjectIdentifier type) {
        List<String> values = new ArrayList<>(1);
        for (RDN rdn : name.getRDNs()) {
            for (AttributeTypeAndValue attribute : rdn.getTypesAndValues()) {
                if (attribute.getType().equals(type) && attribute.getValue() instanceof ASN1String text) {
                    values.add(text.getString());
                }
            }
        }
        return values;
    }
}
