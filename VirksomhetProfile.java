package no.sertsynk.validation.profile;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;

/** The rules for Norwegian organisation certificates that look at the certificate alone. */
final class VirksomhetProfile implements CertificateProfile {
    /** Extended key usages that go with the exchange of messages. */
    private static final Set<String> MESSAGE_USAGES = Set.of(
            "2.5.29.37.0", // any
            "1.3.6.1.5.5.7.3.1", // serverAuth
            "1.3.6.1.5.5.7.3.2", // clientAuth
            "1.3.6.1.5.5.7.3.4"); // emailProtection

    private static final List<String> PERSON_PREFIXES = List.of("9578-", "UN:NO-9578-");

    private final PersonPolicies personPolicies;

    VirksomhetProfile(PersonPolicies personPolicies) {
        this.personPolicies = personPolicies;
    }

    @Override
    public Findings inspect(X509Certificate certificate) {
        List<Reason> reasons = new ArrayList<>();
        person(certificate).ifPresent(reasons::add);
        Optional<Reason> wrongUsage = wrongUsage(certificate);
        wrongUsage.ifPresent(reasons::add);
        Set<Purpose> purposes = wrongUsage.isPresent() ? Set.of() : KeyUsages.purposes(certificate);
        return new Findings(purposes, Subjects.identity(certificate), reasons, List.of());
    }

    private Optional<Reason> person(X509Certificate certificate) {
        for (String oid : ExtensionReading.policies(certificate)) {
            if (personPolicies.contains(oid)) {
                return wrongPolicy("the policy " + oid + " of persons' certificates");
            }
        }
        for (String serialNumber : Subjects.serialNumbers(certificate)) {
            for (String prefix : PERSON_PREFIXES) {
                if (serialNumber.startsWith(prefix)) {
                    return wrongPolicy("the serialNumber of a person in the subject");
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Reason> wrongUsage(X509Certificate certificate) {
        if (certificate.getBasicConstraints() != -1) {
            return wrongKeyUsage("the certificate of a certificate authority");
        }
        if (certificate.getKeyUsage() == null) {
            return wrongKeyUsage("a certificate without keyUsage");
        }
        if (KeyUsages.purposes(certificate).isEmpty()) {
            return wrongKeyUsage("a keyUsage that allows none of them");
        }
        List<String> limits = ExtensionReading.criticalExtendedKeyUsages(certificate);
        if (!limits.isEmpty() && limits.stream().noneMatch(MESSAGE_USAGES::contains)) {
            return wrongKeyUsage("a critical extendedKeyUsage that limits it to " + String.join(", ", limits));
        }
        return Optional.empty();
    }

    private static Optional<Reason> wrongPolicy(String found) {
        return Optional.of(
                Reason.of(ReasonCode.WRONG_POLICY, "expected an organisation's certificate, found " + found));
    }

    private static Optional<Reason> wrongKeyUsage(String found) {
        return Optional.of(Reason.of(
                ReasonCode.WRONG_KEY_USAGE,
                "expected a certificate for encryption, signature or authentication, found " + found));
    }
}
