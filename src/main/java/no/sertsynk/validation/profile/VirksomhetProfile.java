package no.sertsynk.validation.profile;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.PolicyInformation;

/**
 * The rules for Norwegian organisation certificates (virksomhetssertifikat, SEID version 1 and 2) beyond RFC 5280. By
 * which version, by which policies and in which environment a certificate was issued is decided by its issuer alone. An
 * issuer that the program does not know may use what policies it likes, but not those of persons.
 */
public final class VirksomhetProfile {
    /** Extended key usages that go with the exchange of messages. */
    private static final Set<KeyPurposeId> MESSAGE_USAGES = Set.of(
            KeyPurposeId.anyExtendedKeyUsage,
            KeyPurposeId.id_kp_serverAuth,
            KeyPurposeId.id_kp_clientAuth,
            KeyPurposeId.id_kp_emailProtection);

    private static final PolicySet PERSONS = PolicySet.of(DataLines.of("person-policies.txt"));

    private final Optional<String> environment;
    private final StrongAlgorithms algorithms;

    /** @param environment whose authorities alone count; empty if those of all do */
    public VirksomhetProfile(int minimumRsaBits, Optional<String> environment) {
        this.algorithms = new StrongAlgorithms(minimumRsaBits);
        this.environment = environment;
    }

    /**
     * What was found.
     *
     * @param reasons what breaks the rules
     * @param warnings what is odd but allowed
     */
    public record Findings(List<Reason> reasons, List<Reason> warnings) {
        public Findings {
            reasons = List.copyOf(reasons);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Looks at the certificate itself.
     *
     * @param read the same certificate
     */
    public Findings check(X509Certificate certificate, Certificate read, Optional<OrganizationNumber> number) {
        List<Reason> reasons = new ArrayList<>(algorithms.problems(certificate, "the certificate"));
        Optional<KnownIssuer> issuer = KnownIssuer.named(SubjectReader.commonName(read.getIssuer()));
        issuer.flatMap(this::wrongEnvironment).ifPresent(reasons::add);
        wrongHolder(read, issuer).ifPresent(reasons::add);
        wrongUsage(certificate, read).ifPresent(reasons::add);
        return new Findings(reasons, warnings(issuer, number));
    }

    /** Looks at an authority between the certificate and the anchor. */
    public List<Reason> checkIssuer(X509Certificate issuer) {
        return algorithms.problems(issuer, "its issuer");
    }

    /** By which SEID version the certificate was issued, for display; empty if its issuer is unknown. */
    public static Optional<String> profileName(Certificate read) {
        return KnownIssuer.named(SubjectReader.commonName(read.getIssuer()))
                .map(issuer -> "SEID v" + issuer.seid() + ", " + issuer.environment());
    }

    private Optional<Reason> wrongEnvironment(KnownIssuer issuer) {
        return environment.isEmpty() || environment.get().equals(issuer.environment())
                ? Optional.empty()
                : Optional.of(Reason.of(
                        ReasonCode.UNTRUSTED,
                        "expected a certificate by an authority of the environment " + environment.get()
                                + ", found one of the environment " + issuer.environment()
                                + "; it is never installed here, ask the party for its "
                                + environment.get() + " certificate"));
    }

    private static Optional<Reason> wrongHolder(Certificate read, Optional<KnownIssuer> issuer) {
        if (SubjectReader.isPerson(read.getSubject())) {
            return wrongPolicy("a person's (by the serialNumber of its subject); it is never installed");
        }
        List<String> policies = policies(read);
        for (String policy : policies) {
            if (PERSONS.contains(policy)) {
                return wrongPolicy("one under the policy " + policy + " of persons; it is never installed");
            }
        }
        if (issuer.isEmpty()) {
            return Optional.empty();
        }
        Optional<PolicySet> expected = issuer.get().organizationPolicies();
        if (expected.isEmpty()) {
            return wrongPolicy("one by an authority that issues to persons; it is never installed");
        }
        return policies.stream().anyMatch(expected.get()::contains)
                ? Optional.empty()
                : wrongPolicy("one under the policies " + policies + ", none of them its issuer's for organisations");
    }

    private static Optional<Reason> wrongPolicy(String found) {
        return Optional.of(
                Reason.of(ReasonCode.WRONG_POLICY, "expected an organisation's certificate, found " + found));
    }

    private static Optional<Reason> wrongUsage(X509Certificate certificate, Certificate read) {
        if (certificate.getBasicConstraints() >= 0) {
            return wrongKeyUsage("an organisation's certificate", "a certificate authority's");
        }
        if (certificate.getKeyUsage() == null) {
            return wrongKeyUsage("a key usage that tells the purpose", "none in the certificate");
        }
        if (KeyUsageRule.purposes(certificate).isEmpty()) {
            return wrongKeyUsage("a key usage for encryption, signature or authentication", "none of them");
        }
        Optional<Extension> extended = extension(read, Extension.extendedKeyUsage);
        return extended.isPresent() && extended.get().isCritical() && !isForMessages(extended.get())
                ? wrongKeyUsage(
                        "a certificate for the exchange of messages",
                        "a critical extendedKeyUsage that limits it to something else")
                : Optional.empty();
    }

    private static Optional<Reason> wrongKeyUsage(String expected, String found) {
        return Optional.of(Reason.of(ReasonCode.WRONG_KEY_USAGE, "expected " + expected + ", found " + found));
    }

    private static boolean isForMessages(Extension extension) {
        for (KeyPurposeId usage :
                ExtendedKeyUsage.getInstance(extension.getParsedValue()).getUsages()) {
            if (MESSAGE_USAGES.contains(usage)) {
                return true;
            }
        }
        return false;
    }

    /** Test authorities issue to made-up numbers, so the check digit says something in production alone. */
    private static List<Reason> warnings(Optional<KnownIssuer> issuer, Optional<OrganizationNumber> number) {
        if (number.isEmpty()) {
            return List.of(Reason.of(
                    ReasonCode.WRONG_ORGANIZATION,
                    "expected an organisation number in the subject, found none (organizationIdentifier NTRNO-,"
                            + " serialNumber, end of O)"));
        }
        boolean isReal = issuer.isPresent() && issuer.get().environment().equals("production");
        return isReal && !number.get().hasValidCheckDigit()
                ? List.of(Reason.of(
                        ReasonCode.WRONG_ORGANIZATION,
                        "expected an organisation number with a right check digit, found " + number.get()))
                : List.of();
    }

    private static List<String> policies(Certificate read) {
        Optional<Extension> extension = extension(read, Extension.certificatePolicies);
        if (extension.isEmpty()) {
            return List.of();
        }
        List<String> policies = new ArrayList<>();
        for (PolicyInformation policy : CertificatePolicies.getInstance(
                        extension.get().getParsedValue())
                .getPolicyInformation()) {
            policies.add(policy.getPolicyIdentifier().getId());
        }
        return policies;
    }

    private static Optional<Extension> extension(Certificate read, ASN1ObjectIdentifier oid) {
        Extensions extensions = read.getExtensions();
        return Optional.ofNullable(extensions == null ? null : extensions.getExtension(oid));
    }
}
