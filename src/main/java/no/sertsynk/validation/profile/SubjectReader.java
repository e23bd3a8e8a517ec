package no.sertsynk.validation.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.SubjectIdentity;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/** Reads whom a subject names, by the SEID profiles. */
public final class SubjectReader {
    private static final String PREFIX = "NTRNO-";

    private SubjectReader() {}

    /** The identity that the subject's name tells. */
    public static SubjectIdentity read(X500Principal subject) {
        X500Name name = X500Name.getInstance(subject.getEncoded());
        return new SubjectIdentity(
                organizationNumber(name), first(name, BCStyle.CN).orElse(""), values(name, BCStyle.OU));
    }

    /** Whether the subject names a person: the serial number of such certificates begins with 9578 or UN:NO-9578. */
    public static boolean isPerson(X500Principal subject) {
        return values(X500Name.getInstance(subject.getEncoded()), BCStyle.SERIALNUMBER).stream()
                .anyMatch(value -> value.startsWith("9578-") || value.startsWith("UN:NO-9578-"));
    }

    /** SEID v2 first, then SEID v1, then the form of older Commfides certificates ("NAME - 123456789" in O). */
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

    private static Optional<String> first(X500Name name, ASN1ObjectIdentifier type) {
        return values(name, type).stream().findFirst();
    }

    private static List<String> values(X500Name name, ASN1ObjectIdentifier type) {
        List<String> values = new ArrayList<>();
        for (RDN rdn : name.getRDNs()) {
            for (AttributeTypeAndValue attribute : rdn.getTypesAndValues()) {
                if (attribute.getType().equals(type)) {
                    values.add(IETFUtils.valueToString(attribute.getValue()));
                }
            }
        }
        return values;
    }
}
