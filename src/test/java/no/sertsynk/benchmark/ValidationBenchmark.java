package no.sertsynk.benchmark;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import no.sertsynk.model.Assessment;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Verdict;
import no.sertsynk.sandbox.SandboxAuthority;
import no.sertsynk.validation.TrustStore;
import no.sertsynk.validation.ValidationSettings;
import no.sertsynk.validation.ValidationSettings.Policy;
import no.sertsynk.validation.ValidationSettings.RevocationMode;
import no.sertsynk.validation.Validator;
import no.sertsynk.validation.Validators;
import no.sertsynk.validation.revocation.CrlSource;
import no.sertsynk.validation.revocation.FileCrls;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Leaves of one issuer a second, one thread, against what a verdict cannot do without: the bare check of the leaf's
 * signature (RSA, 2048 bits). Certificate objects are fresh in every operation, since those that were verified once
 * remember it; the validator is fresh in every round of leaves, so each is judged and not remembered.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class ValidationBenchmark {
    private static final int LEAVES = 2_000;
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final List<byte[]> leaves = new ArrayList<>();
    private final List<byte[]> signedParts = new ArrayList<>();
    private final List<byte[]> signatures = new ArrayList<>();
    private CrlSource lists = CrlSource.none();
    private final SandboxAuthority authority =
            SandboxAuthority.create("Benchmark", NOW, Optional.of("http://localhost"));

    @Setup(Level.Trial)
    public void makeLeaves() throws GeneralSecurityException, IOException {
        Path folder = Files.createTempDirectory("lists");
        Path ofIssuer = Files.write(
                folder.resolve("issuer.crl"), authority.issuerCrl(NOW).getEncoded());
        Path ofRoot =
                Files.write(folder.resolve("root.crl"), authority.rootCrl(NOW).getEncoded());
        lists = FileCrls.read(List.of(ofIssuer, ofRoot));
        for (int i = 0; i < LEAVES; i++) {
            PartnerCertificate leaf = authority.issue(SandboxAuthority.Order.of(
                    "Party " + i,
                    new OrganizationNumber("983544622"),
                    SandboxAuthority.ENCRYPTION_USAGE,
                    NOW.minusSeconds(86_400)));
            leaves.add(leaf.der());
            signedParts.add(leaf.x509().getTBSCertificate());
            signatures.add(leaf.x509().getSignature());
        }
    }

    @Benchmark
    @OperationsPerInvocation(LEAVES)
    public int bareSignature() throws GeneralSecurityException {
        int good = 0;
        for (int i = 0; i < LEAVES; i++) {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(authority.issuer().getPublicKey());
            signature.update(signedParts.get(i));
            good += signature.verify(signatures.get(i)) ? 1 : 0;
        }
        return all(good);
    }

    @Benchmark
    @OperationsPerInvocation(LEAVES)
    public int platformPkix() throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        int good = 0;
        for (byte[] der : leaves) {
            X509Certificate leaf = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority.issuer(), null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(NOW));
            CertPathValidator.getInstance("PKIX").validate(factory.generateCertPath(List.of(leaf)), parameters);
            good++;
        }
        return all(good);
    }

    @Benchmark
    @OperationsPerInvocation(LEAVES)
    public int wholeAssessment() throws MalformedCertificateException {
        return assess(RevocationMode.OFF, CrlSource.none());
    }

    @Benchmark
    @OperationsPerInvocation(LEAVES)
    public int wholeAssessmentWithLists() throws MalformedCertificateException {
        return assess(RevocationMode.REQUIRE, lists);
    }

    private int assess(RevocationMode mode, CrlSource lists) throws MalformedCertificateException {
        Validator validator = Validators.create(
                new TrustStore(List.of(authority.root()), List.of(authority.issuer())),
                ValidationSettings.of(NOW, Policy.VIRKSOMHET, mode),
                lists);
        int good = 0;
        for (byte[] der : leaves) {
            Assessment assessment = validator.assess(PartnerCertificate.parse(der));
            good += assessment.verdict() == Verdict.ACCEPTED ? 1 : 0;
        }
        return all(good);
    }

    private static int all(int good) {
        if (good != LEAVES) {
            throw new IllegalStateException("expected " + LEAVES + " accepted leaves, found " + good);
        }
        return good;
    }
}
