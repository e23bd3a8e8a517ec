package no.sertsynk.benchmark;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
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
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

/**
 * Ratios on a machine that others use too: processor time of the threads, in alternating rounds of one run, and of the
 * rounds the median. Leaves of one issuer, in fresh objects, whose own path a fresh validator proves in each round; against
 * the bare check of each leaf's signature (RSA, 2048 bits) and the platform's parsing and PKIX.
 */
public final class ValidationSpeed {
    private static final int LEAVES = 2_000;
    private static final int WARM = 8;
    private static final int ROUNDS = 15;
    private static final int BLOCKS = 5;
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final SandboxAuthority authority =
            SandboxAuthority.create("Benchmark", NOW, Optional.of("http://localhost"));
    private final PublicKey key = authority.issuer().getPublicKey();
    private final List<byte[]> leaves = new ArrayList<>();
    private final List<byte[]> signedParts = new ArrayList<>();
    private final List<byte[]> signatures = new ArrayList<>();
    private final CrlSource lists;

    private ValidationSpeed() throws GeneralSecurityException, IOException {
        Path folder = Files.createTempDirectory("lists");
        lists = FileCrls.read(List.of(
                Files.write(
                        folder.resolve("issuer.crl"), authority.issuerCrl(NOW).getEncoded()),
                Files.write(folder.resolve("root.crl"), authority.rootCrl(NOW).getEncoded())));
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

    /** A way to go through all leaves once. */
    private interface Work {
        void run() throws GeneralSecurityException, MalformedCertificateException;
    }

    private record Measured(String name, Work work, List<Long> nanos) {
        static Measured of(String name, Work work) {
            return new Measured(name, work, new ArrayList<>());
        }

        void round() throws GeneralSecurityException, MalformedCertificateException {
            long start = THREADS.getCurrentThreadCpuTime();
            work.run();
            nanos.add(THREADS.getCurrentThreadCpuTime() - start);
        }

        double perSecond() {
            return LEAVES * 1e9 / median(nanos.stream().map(Long::doubleValue).toList());
        }

        /** How much of the other's rate this one has, round by round. */
        double shareOf(Measured other) {
            List<Double> shares = new ArrayList<>();
            for (int i = 0; i < nanos.size(); i++) {
                shares.add((double) other.nanos().get(i) / nanos.get(i));
            }
            return median(shares);
        }
    }

    private static double median(List<Double> figures) {
        return figures.stream().sorted().toList().get(figures.size() / 2);
    }

    private void bareSignatures() throws GeneralSecurityException {
        for (int i = 0; i < LEAVES; i++) {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key);
            signature.update(signedParts.get(i));
            require(signature.verify(signatures.get(i)));
        }
    }

    private void platform() throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        for (byte[] der : leaves) {
            X509Certificate leaf = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority.issuer(), null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(NOW));
            CertPathValidator.getInstance("PKIX").validate(factory.generateCertPath(List.of(leaf)), parameters);
        }
    }

    private void assess(Policy policy, RevocationMode mode) throws MalformedCertificateException {
        Validator validator = Validators.create(
                new TrustStore(List.of(authority.root()), List.of(authority.issuer())),
                ValidationSettings.of(NOW, policy, mode),
                lists);
        for (byte[] der : leaves) {
            require(validator.assess(PartnerCertificate.parse(der)).verdict() == Verdict.ACCEPTED);
        }
    }

    private static void require(boolean isTrue) {
        if (!isTrue) {
            throw new IllegalStateException("expected every leaf to be accepted");
        }
    }

    private void oneThread() throws GeneralSecurityException, MalformedCertificateException {
        Measured bare = Measured.of("bare signature", this::bareSignatures);
        List<Measured> all = List.of(
                bare,
                Measured.of("JDK, parse and PKIX", this::platform),
                Measured.of("rfc5280", () -> assess(Policy.RFC5280, RevocationMode.OFF)),
                Measured.of("virksomhet", () -> assess(Policy.VIRKSOMHET, RevocationMode.OFF)),
                Measured.of("virksomhet, with lists", () -> assess(Policy.VIRKSOMHET, RevocationMode.REQUIRE)));
        for (int round = 0; round < WARM + ROUNDS; round++) {
            for (Measured one : all) {
                one.round();
            }
            if (round == WARM - 1) {
                all.forEach(one -> one.nanos().clear());
            }
        }
        for (Measured one : all) {
            System.out.printf(
                    Locale.ROOT,
                    "%-26s %8.0f leaves a second of processor, %3.0f %% of the bare signature's rate%n",
                    one.name(),
                    one.perSecond(),
                    100 * one.shareOf(bare));
        }
    }

    private void twoThreads() throws ExecutionException, InterruptedException {
        List<Double> ratios = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < ROUNDS; round++) {
                long bare = onBoth(threads, this::bareSignatures);
                long ours = onBoth(threads, () -> assess(Policy.VIRKSOMHET, RevocationMode.REQUIRE));
                ratios.add((double) ours / bare);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d leaves on two threads: %.2f times the bare signatures' processor time%n",
                BLOCKS * LEAVES,
                median(ratios));
    }

    /** Processor time of all blocks on two threads. */
    private static long onBoth(ExecutorService threads, Work work) throws ExecutionException, InterruptedException {
        List<Future<Long>> blocks = new ArrayList<>();
        for (int i = 0; i < BLOCKS; i++) {
            blocks.add(threads.submit(() -> {
                long start = THREADS.getCurrentThreadCpuTime();
                work.run();
                return THREADS.getCurrentThreadCpuTime() - start;
            }));
        }
        long sum = 0;
        for (Future<Long> block : blocks) {
            sum += block.get();
        }
        return sum;
    }

    public static void main(String[] arguments)
            throws GeneralSecurityException, IOException, MalformedCertificateException, ExecutionException,
                    InterruptedException {
        ValidationSpeed speed = new ValidationSpeed();
        speed.oneThread();
        speed.twoThreads();
    }
}
