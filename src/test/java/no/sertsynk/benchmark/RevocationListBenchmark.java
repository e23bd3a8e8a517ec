package no.sertsynk.benchmark;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.sandbox.SandboxAuthority;
import no.sertsynk.validation.TrustStore;
import no.sertsynk.validation.ValidationSettings;
import no.sertsynk.validation.fetch.Fetcher;
import no.sertsynk.validation.revocation.FileCrls;
import no.sertsynk.validation.revocation.OnlineSources;
import no.sertsynk.validation.revocation.PathRevocation;
import no.sertsynk.validation.revocation.RevocationCheck;
import no.sertsynk.validation.revocation.RevocationFolder;
import no.sertsynk.validation.revocation.RevocationSettings;
import no.sertsynk.validation.revocation.RevocationStatus;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * A list of 200,000 entries: from the file to the first look-up, its signature checked, and the heap that is held
 * afterwards; beside it the JDK's own list, and the reopening of the compact form that an earlier run has kept.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 5, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class RevocationListBenchmark {
    private static final int ENTRIES = 200_000;
    private static final int SERIAL_BITS = 79;
    private static final long SEED = 20_260_301;
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String LISTS = "http://127.0.0.1";

    @SuppressWarnings("NullAway.Init") // by makeWorld
    private World world;

    /** What all of them look at. */
    private record World(Path file, Path folder, List<X509Certificate> leaf, X509Certificate issuer) {}

    @Setup
    public void makeWorld() throws IOException, GeneralSecurityException {
        SandboxAuthority authority = SandboxAuthority.create("Big", NOW, Optional.of(LISTS));
        Random random = new Random(SEED);
        Map<BigInteger, Integer> entries = new HashMap<>();
        while (entries.size() < ENTRIES) {
            entries.put(new BigInteger(SERIAL_BITS, random), random.nextInt(2) * 4);
        }
        Path folder = Files.createTempDirectory("lists");
        Path file = folder.resolve("big.crl");
        Files.write(file, authority.issuerCrl(NOW, entries).getEncoded());
        X509Certificate leaf = authority
                .issue(SandboxAuthority.Order.of(
                        "Leaf", new OrganizationNumber("911111111"), SandboxAuthority.ENCRYPTION_USAGE, NOW))
                .x509();
        world = new World(file, folder.resolve("kept"), List.of(leaf), authority.issuer());
        byte[] der = Files.readAllBytes(file);
        online(request -> new Fetcher.Answer.Content(der, Fetcher.Version.NONE));
    }

    private PathRevocation online(Fetcher fetcher) {
        RevocationSettings usual = RevocationSettings.USUAL;
        return RevocationCheck.online(
                        new TrustStore(List.of(world.issuer()), List.of()),
                        settings(),
                        new RevocationSettings(usual.order(), usual.clockSkew(), Duration.ofHours(1), List.of()),
                        new OnlineSources(
                                fetcher,
                                RevocationFolder.open(world.folder(), file -> {}),
                                Clock.fixed(NOW, ZoneOffset.UTC)))
                .check(world.leaf(), world.issuer());
    }

    private static ValidationSettings settings() {
        return ValidationSettings.of(NOW, ValidationSettings.Policy.RFC5280, ValidationSettings.RevocationMode.REQUIRE);
    }

    @Benchmark
    public Object jdk() throws IOException, GeneralSecurityException {
        X509CRL list = (X509CRL) CertificateFactory.getInstance("X.509")
                .generateCRL(new ByteArrayInputStream(Files.readAllBytes(world.file())));
        list.verify(world.issuer().getPublicKey());
        if (list.getRevokedCertificate(world.leaf().getFirst()) != null) {
            throw new IllegalStateException("the leaf is not on the list");
        }
        return list;
    }

    @Benchmark
    public Object sertsynk() throws IOException {
        FileCrls lists = FileCrls.read(List.of(world.file()));
        RevocationCheck check =
                RevocationCheck.create(new TrustStore(List.of(world.issuer()), List.of()), settings(), lists);
        return List.of(check, good(check.check(world.leaf(), world.issuer())));
    }

    @Benchmark
    public Object reopened() {
        return good(online(request -> {
            throw new IllegalStateException("nobody is to be asked");
        }));
    }

    private static PathRevocation good(PathRevocation found) {
        if (!(found.statuses().getFirst() instanceof RevocationStatus.Good)) {
            throw new IllegalStateException("expected a good certificate, found " + found);
        }
        return found;
    }

    public static void main(String[] arguments) throws RunnerException, IOException, GeneralSecurityException {
        Map<String, Double> millis = new HashMap<>();
        for (RunResult result : new Runner(new OptionsBuilder()
                        .include(RevocationListBenchmark.class.getSimpleName())
                        .build())
                .run()) {
            millis.put(
                    result.getPrimaryResult().getLabel(),
                    result.getPrimaryResult().getScore());
        }
        RevocationListBenchmark benchmark = new RevocationListBenchmark();
        benchmark.makeWorld();
        Held jdk = held(benchmark::jdk);
        Held ours = held(benchmark::sertsynk);
        double jdkMillis = millis.getOrDefault("jdk", Double.NaN);
        double ourMillis = millis.getOrDefault("sertsynk", Double.NaN);
        double reopenedMillis = millis.getOrDefault("reopened", Double.NaN);
        System.out.printf(
                Locale.ROOT,
                "first look-up: JDK %.0f ms, sertsynk %.0f ms (ratio %.2f), reopened %.0f ms (ratio %.2f)%n",
                jdkMillis,
                ourMillis,
                ourMillis / jdkMillis,
                reopenedMillis,
                reopenedMillis / jdkMillis);
        System.out.printf(
                Locale.ROOT,
                "heap held: JDK %.1f MB, sertsynk %.1f MB (ratio %.2f)%n",
                jdk.bytes() / 1e6,
                ours.bytes() / 1e6,
                (double) ours.bytes() / jdk.bytes());
    }

    private record Held(Object what, long bytes) {}

    @FunctionalInterface
    private interface Making {
        Object make() throws IOException, GeneralSecurityException;
    }

    /** Makes it twice, so that what is loaded once for all is not counted. */
    private static Held held(Making making) throws IOException, GeneralSecurityException {
        making.make();
        long before = used();
        Object made = making.make();
        return new Held(made, used() - before);
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
