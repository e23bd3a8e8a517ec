package no.sertsynk.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Security;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import no.sertsynk.keystore.FileStamp;
import no.sertsynk.keystore.Keystore;
import no.sertsynk.keystore.KeystoreChange;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.keystore.KeystoreSpec;
import no.sertsynk.keystore.KeystoreSpec.KeystoreType;
import no.sertsynk.keystore.Keystores;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Secret;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One certificate more in a large keystore: by sertsynk, which proves what it writes and waits for the disk, against nothing
 * but Java's KeyStore, loaded and stored once in the same format. Certificates are about as long as real ones, and parsed
 * anew each time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 4)
@Fork(1)
public class KeystoreBenchmark {
    private static final char[] PASSWORD = "p4ssword".toCharArray();
    private static final int ROUNDS = 21;
    private static final String ADDED = "her-added-encryption";

    @Param({"PKCS12", "JKS", "BCFKS"})
    public String type = "PKCS12";

    @Param("10000")
    public int entries = 10_000;

    private Path folder = Path.of(".");
    private byte[] added = new byte[0];

    /** Prints what sertsynk takes for each format, beside plain Java in the same rounds; each round a pair, warm. */
    public static void main(String[] types) throws Exception {
        for (String each : types.length == 0 ? new String[] {"PKCS12", "JKS", "BCFKS"} : types) {
            KeystoreBenchmark benchmark = new KeystoreBenchmark();
            benchmark.type = each;
            benchmark.prepare();
            double[] plain = new double[ROUNDS];
            double[] sertsynk = new double[ROUNDS];
            for (int round = -ROUNDS; round < ROUNDS; round++) {
                double first = benchmark.millis(benchmark::plain);
                double second = benchmark.millis(benchmark::sertsynk);
                if (round >= 0) {
                    plain[round] = first;
                    sertsynk[round] = second;
                }
            }
            benchmark.remove();
            Arrays.sort(plain);
            Arrays.sort(sertsynk);
            System.out.printf(
                    "%s: plain %.0f ms, sertsynk %.0f ms, ratio of medians %.2f, of the shortest %.2f%n",
                    each,
                    plain[ROUNDS / 2],
                    sertsynk[ROUNDS / 2],
                    sertsynk[ROUNDS / 2] / plain[ROUNDS / 2],
                    sertsynk[0] / plain[0]);
        }
    }

    private double millis(Callable<?> work) throws Exception {
        restore();
        long start = System.nanoTime();
        work.call();
        return (System.nanoTime() - start) / 1e6;
    }

    @Setup
    public void prepare() throws Exception {
        Security.addProvider(new BouncyCastleProvider());
        folder = Files.createTempDirectory("sertsynk-benchmark");
        Map<String, PartnerCertificate> certificates = new HashMap<>();
        Issuer issuer = new Issuer();
        for (int i = 0; i < entries; i++) {
            certificates.put("her-" + i + "-encryption", PartnerCertificate.parse(issuer.certificate(i + 1)));
        }
        added = issuer.certificate(entries + 1);
        try (Keystore keystore = Keystores.open(spec(original()))) {
            keystore.replace(new KeystoreChange(certificates, Set.of()));
        }
    }

    @Setup(Level.Invocation)
    public void restore() throws IOException {
        Files.copy(original(), file(), StandardCopyOption.REPLACE_EXISTING);
    }

    @TearDown
    public void remove() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path each : files.toList()) {
                Files.delete(each);
            }
        }
        Files.delete(folder);
    }

    /** Load, set, store in place: unproven, not durable, and a reader may see half a file. */
    @Benchmark
    public int plain() throws GeneralSecurityException, IOException, MalformedCertificateException {
        KeyStore store = KeyStore.getInstance(type);
        try (InputStream in = Files.newInputStream(file())) {
            store.load(in, PASSWORD);
        }
        store.setCertificateEntry(ADDED, PartnerCertificate.parse(added).x509());
        try (OutputStream out = Files.newOutputStream(file())) {
            store.store(out, PASSWORD);
        }
        return store.size();
    }

    @Benchmark
    public boolean sertsynk() throws KeystoreException, MalformedCertificateException {
        KeystoreChange change = new KeystoreChange(Map.of(ADDED, PartnerCertificate.parse(added)), Set.of());
        try (Keystore keystore = Keystores.open(spec(file()))) {
            return keystore.replace(change);
        }
    }

    /** All that an unchanged keystore costs. */
    @Benchmark
    public FileStamp stamp() throws KeystoreException {
        return Keystores.stamp(spec(file()));
    }

    private KeystoreSpec spec(Path path) {
        return new KeystoreSpec("benchmark", path, KeystoreType.valueOf(type), Optional.of(new Secret(PASSWORD)));
    }

    private Path original() {
        return folder.resolve("original");
    }

    private Path file() {
        return folder.resolve("keystore");
    }

    /** Makes certificates with the key and about the length of real ones. */
    private static final class Issuer {
        /** A real one has policies, addresses and names in its extensions. */
        private static final ASN1ObjectIdentifier FILLER = new ASN1ObjectIdentifier("2.5.29.99");

        private static final int FILLER_BYTES = 700;

        private final KeyPair subject = keys("RSA", 2048);
        private final ContentSigner signer;

        Issuer() throws GeneralSecurityException, OperatorCreationException {
            signer = new JcaContentSignerBuilder("SHA256withECDSA")
                    .build(keys("EC", 256).getPrivate());
        }

        private static KeyPair keys(String algorithm, int size) throws GeneralSecurityException {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(size);
            return generator.generateKeyPair();
        }

        byte[] certificate(int serial) throws IOException {
            return new JcaX509v3CertificateBuilder(
                            new X500Name("CN=Authority,O=Benchmark,C=NO"),
                            BigInteger.valueOf(serial),
                            Date.from(Instant.parse("2026-01-01T00:00:00Z")),
                            Date.from(Instant.parse("2029-01-01T00:00:00Z")),
                            new X500Name("CN=Party " + serial + ",O=Hospital,C=NO"),
                            subject.getPublic())
                    .addExtension(FILLER, false, new DEROctetString(new byte[FILLER_BYTES]))
                    .build(signer)
                    .getEncoded();
        }
    }
}
