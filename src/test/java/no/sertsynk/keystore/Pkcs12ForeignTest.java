package no.sertsynk.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.pkcs.SafeBag;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.MacCalculator;
import org.bouncycastle.pkcs.PKCS12PfxPdu;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBagFactory;
import org.bouncycastle.pkcs.bc.BcPKCS12MacCalculatorBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.jcajce.JcePBMac1CalculatorBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others have put into a PKCS #12 file stays. */
class Pkcs12ForeignTest {
    private static final String KEY_PASSWORD = "p4ssword";
    private static final KeystoreChange ADD = Stores.put("her-1-encryption", TestCertificates.number(1));

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("dit.p12");
    }

    @Test
    void jdksPrivateKey_survivesWithChainAndPassword() throws Exception {
        KeyStore store = Stores.empty();
        Stores.addKey(store, "own", KEY_PASSWORD);
        Stores.addKey(store, "other", "another password");
        store.setEntry(
                "secret",
                new KeyStore.SecretKeyEntry(new SecretKeySpec(new byte[16], "AES")),
                new KeyStore.PasswordProtection(KEY_PASSWORD.toCharArray()));
        store.setCertificateEntry("Foreign CA", TestCertificates.x509(5, "CN=Foreign CA"));
        Stores.store(store, file);

        Stores.replace(Stores.pkcs12(file), ADD);
        Stores.replace(Stores.pkcs12(file), Stores.put("her-1-encryption", TestCertificates.number(2)));
        Stores.replace(Stores.pkcs12(file), Stores.remove("her-1-encryption"));
        Stores.replace(Stores.pkcs12(file), ADD);

        KeyStore after = Stores.load(file);
        assertThat(after.size()).isEqualTo(5);
        for (String alias : Set.of("own", "other", "secret")) {
            char[] password = (alias.equals("other") ? "another password" : KEY_PASSWORD).toCharArray();
            assertThat(after.getKey(alias, password)).isEqualTo(store.getKey(alias, password));
            assertThat(after.getCertificateChain(alias)).isEqualTo(store.getCertificateChain(alias));
        }
        assertThat(after.getCertificate("Foreign CA")).isEqualTo(store.getCertificate("Foreign CA"));
        KeystoreContents contents = Keystores.read(Stores.pkcs12(file));
        assertThat(contents.keyAliases()).containsExactlyInAnyOrder("own", "other", "secret");
        assertThat(contents.certificates()).containsOnlyKeys("her-1-encryption", "Foreign CA");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-J-Dkeystore.pkcs12.legacy", "-J-Dkeystore.pkcs12.certProtectionAlgorithm=NONE"})
    void filesOfOtherJavaSettings_areReadAndKept(String setting) throws Exception {
        Command.keytool(
                        "-genkeypair",
                        "-alias",
                        "own",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=Own",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        Stores.PASSWORD,
                        setting)
                .succeeded();
        KeyStore before = Stores.load(file);

        Stores.replace(Stores.pkcs12(file), ADD);

        KeyStore after = Stores.load(file);
        assertThat(after.size()).isEqualTo(2);
        assertThat(after.getKey("own", Stores.PASSWORD.toCharArray()))
                .isEqualTo(before.getKey("own", Stores.PASSWORD.toCharArray()));
        assertThat(after.getCertificateChain("own")).isEqualTo(before.getCertificateChain("own"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-legacy",
                "-certpbe NONE -keypbe NONE",
                "-certpbe AES-192-CBC -keypbe AES-128-CBC",
                "-certpbe PBE-SHA1-3DES -macalg sha1",
                "-certpbe PBE-SHA1-2DES",
                "-macalg sha512",
                "-iter 100000"
            })
    void opensslsKeyAndCertificates_survive(String options) throws Exception {
        assumeTrue(
                !options.equals("-legacy") || Command.has("openssl", "list", "-providers", "-provider", "legacy"),
                "skipped: openssl without its old algorithms");
        Path pem = folder.resolve("own.pem");
        Command.openssl(
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:P-256",
                        "-nodes",
                        "-subj",
                        "/CN=Own",
                        "-keyout",
                        pem.toString(),
                        "-out",
                        folder.resolve("cert.pem").toString())
                .succeeded();
        Files.writeString(pem, Files.readString(folder.resolve("cert.pem")), StandardOpenOption.APPEND);
        List<String> line = new ArrayList<>(List.of(
                "pkcs12",
                "-export",
                "-in",
                pem.toString(),
                "-name",
                "own",
                "-out",
                file.toString(),
                "-passout",
                "pass:" + Stores.PASSWORD));
        if (!options.isEmpty()) {
            line.addAll(Arrays.asList(options.split(" ")));
        }
        Command.openssl(line.toArray(String[]::new)).succeeded();

        Stores.replace(Stores.pkcs12(file), ADD);

        String shown = Command.openssl(
                        "pkcs12", "-legacy", "-in", file.toString(), "-nodes", "-passin", "pass:" + Stores.PASSWORD)
                .succeeded();
        assertThat(shown.lines()).containsAll(Files.readAllLines(pem));
        assertThat(Keystores.read(Stores.pkcs12(file)).keyAliases()).containsExactly("own");
        assertThat(Keystores.read(Stores.pkcs12(file)).certificates()).containsOnlyKeys("her-1-encryption");
    }

    @Test
    void opensslsCertificatesWithoutKeys_surviveThoughJavaDoesNotShowThem() throws Exception {
        Path pem = folder.resolve("cas.pem");
        Stores.replace(
                Stores.pem(pem),
                new KeystoreChange(
                        Map.of("a", TestCertificates.number(10), "b", TestCertificates.number(11)), Set.of()));
        Command.openssl(
                        "pkcs12",
                        "-export",
                        "-nokeys",
                        "-in",
                        pem.toString(),
                        "-caname",
                        "her-9-encryption",
                        "-out",
                        file.toString(),
                        "-passout",
                        "pass:" + Stores.PASSWORD)
                .succeeded();

        assertThat(Keystores.read(Stores.pkcs12(file)).certificates()).isEmpty();
        Stores.replace(Stores.pkcs12(file), ADD);

        String shown = Command.openssl(
                        "pkcs12", "-in", file.toString(), "-nokeys", "-passin", "pass:" + Stores.PASSWORD)
                .succeeded();
        assertThat(shown.split("-----BEGIN CERTIFICATE-----", -1)).hasSize(4);
        assertThat(Stores.load(file).size()).isEqualTo(1);
    }

    @Test
    void bagsOfEveryKind_surviveWithTheirAttributes() throws Exception {
        ASN1ObjectIdentifier unknown = new ASN1ObjectIdentifier("1.3.6.1.4.1.55555.1");
        PKCS12SafeBagBuilder named = new JcaPKCS12SafeBagBuilder(TestCertificates.x509(20, "CN=Named"));
        named.addBagAttribute(PKCSObjectIdentifiers.pkcs_9_at_friendlyName, new DERBMPString("Named"));
        named.addBagAttribute(unknown, new DERUTF8String("attribute"));
        X509Certificate plain = TestCertificates.x509(21, "CN=Plain");
        PKCS12SafeBag[] foreign = {
            named.build(),
            new PKCS12SafeBagBuilder(new JcaX509CertificateHolder(plain)).build(),
            new PKCS12SafeBagBuilder(new JcaX509CertificateHolder(plain)).build(),
            new JcaPKCS12SafeBagBuilder(TestCertificates.KEYS.getPrivate()).build(),
            bag(PKCSObjectIdentifiers.crlBag, new DEROctetString(new byte[] {1, 2, 3})),
            bag(unknown, DERNull.INSTANCE)
        };
        PKCS12PfxPduBuilder builder = new PKCS12PfxPduBuilder();
        for (PKCS12SafeBag bag : foreign) {
            builder.addData(bag);
        }
        Files.write(file, mac(builder).getEncoded());

        Stores.replace(Stores.pkcs12(file), ADD);
        Stores.replace(Stores.pkcs12(file), Stores.put("her-1-encryption", TestCertificates.number(2)));

        ContentInfo[] contents = new PKCS12PfxPdu(Files.readAllBytes(file)).getContentInfos();
        assertThat(contents).hasSize(foreign.length + 1);
        for (int i = 0; i < foreign.length; i++) {
            PKCS12SafeBag[] bags = new PKCS12SafeBagFactory(contents[i]).getSafeBags();
            assertThat(bags).hasSize(1);
            assertThat(bags[0].toASN1Structure()).isEqualTo(foreign[i].toASN1Structure());
        }
    }

    private static PKCS12SafeBag bag(ASN1ObjectIdentifier type, ASN1Encodable value) throws Exception {
        ContentInfo content = new ContentInfo(
                PKCSObjectIdentifiers.data, new DEROctetString(new DERSequence(new SafeBag(type, value))));
        return new PKCS12SafeBagFactory(content).getSafeBags()[0];
    }

    private static PKCS12PfxPdu mac(PKCS12PfxPduBuilder builder) throws Exception {
        return builder.build(
                new BcPKCS12MacCalculatorBuilder(
                        new SHA1Digest(), new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1, DERNull.INSTANCE)),
                Stores.PASSWORD.toCharArray());
    }

    @Test
    void fileWithPbmac1_isReadAndReplaced() throws Exception {
        PKCS12SafeBag foreign = new JcaPKCS12SafeBagBuilder(TestCertificates.x509(20, "CN=Foreign")).build();
        MacCalculator calculator = new JcePBMac1CalculatorBuilder("HmacSHA256", 256)
                .setProvider(new BouncyCastleProvider())
                .build(Stores.PASSWORD.toCharArray());
        ContentInfo authSafe = mac(new PKCS12PfxPduBuilder().addData(foreign))
                .toASN1Structure()
                .getAuthSafe();
        try (OutputStream out = calculator.getOutputStream()) {
            out.write(ASN1OctetString.getInstance(authSafe.getContent()).getOctets());
        }
        MacData mac =
                new MacData(new DigestInfo(calculator.getAlgorithmIdentifier(), calculator.getMac()), new byte[8], 1);
        Files.write(file, new Pfx(authSafe, mac).getEncoded());

        assertThat(Stores.replace(Stores.pkcs12(file), ADD)).isTrue();
        assertThat(Stores.load(file).size()).isEqualTo(1);
        assertThat(new PKCS12PfxPdu(Files.readAllBytes(file)).getContentInfos()).hasSize(2);
    }

    @Test
    void privateKeyUnderTheAlias_isAConflictAndNothingIsWritten() throws Exception {
        KeyStore store = Stores.empty();
        Stores.addKey(store, "her-1-encryption", KEY_PASSWORD);
        Stores.store(store, file);

        conflict(ADD, "private key");
        conflict(Stores.remove("her-1-encryption"), "private key");
        conflict(Stores.remove("HER-1-encryption"), "private key");
    }

    @Test
    void entryThatDiffersInCase_isAConflictAndNothingIsWritten() throws Exception {
        KeyStore store = Stores.empty();
        store.setCertificateEntry("Her-1-Encryption", TestCertificates.x509(5, "CN=Foreign"));
        Stores.store(store, file);

        conflict(ADD, "Her-1-Encryption");
    }

    @Test
    void certificateThatJavaDoesNotShow_isAConflictUnderItsAlias() throws Exception {
        PKCS12SafeBagBuilder named = new JcaPKCS12SafeBagBuilder(TestCertificates.x509(20, "CN=Named"));
        named.addBagAttribute(PKCSObjectIdentifiers.pkcs_9_at_friendlyName, new DERBMPString("her-1-encryption"));
        Files.write(file, mac(new PKCS12PfxPduBuilder().addData(named.build())).getEncoded());

        conflict(ADD, "not one trusted certificate alone");
    }

    @Test
    void twoEntriesOfOneName_stayUntouched() throws Exception {
        PKCS12PfxPduBuilder builder = new PKCS12PfxPduBuilder();
        for (int serial = 30; serial < 32; serial++) {
            PKCS12SafeBagBuilder bag = new JcaPKCS12SafeBagBuilder(TestCertificates.x509(serial, "CN=Twin"));
            bag.addBagAttribute(PKCSObjectIdentifiers.pkcs_9_at_friendlyName, new DERBMPString("twin"));
            bag.addBagAttribute(
                    new ASN1ObjectIdentifier("2.16.840.1.113894.746875.1.1"), KeyPurposeId.anyExtendedKeyUsage);
            builder.addData(bag.build());
        }
        Files.write(file, mac(builder).getEncoded());

        conflict(Stores.remove("twin"), "twin");
        assertThat(Stores.replace(Stores.pkcs12(file), ADD)).isTrue();
        assertThat(new PKCS12PfxPdu(Files.readAllBytes(file)).getContentInfos()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Her-1", "her 1", "hér-1", "her\n1"})
    void aliasThatClientsWouldReadDifferently_isRefused(String alias) {
        assertThatExceptionOfType(KeystoreException.class)
                .isThrownBy(() -> Stores.replace(Stores.pkcs12(file), Stores.put(alias, TestCertificates.number(1))))
                .withMessageContaining("lower-case ASCII");
        assertThat(file).doesNotExist();
    }

    private void conflict(KeystoreChange change, String finding) throws Exception {
        byte[] before = Files.readAllBytes(file);
        assertThatExceptionOfType(KeystoreException.class)
                .isThrownBy(() -> Stores.replace(Stores.pkcs12(file), change))
                .withMessageContaining("keystore dit (" + file + ")")
                .withMessageContaining(finding);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }
}
