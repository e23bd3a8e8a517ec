package no.sertsynk.keystore.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERNumericString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.DERUniversalString;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against OpenSSL itself, with names of all kinds of text. */
class SubjectHashTest {
    @TempDir
    Path folder;

    @Test
    void hash_isOpenSsls() throws Exception {
        assumeTrue(openssl("version").isPresent(), "skipped: no openssl here");
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair keys = generator.generateKeyPair();
        ContentSigner signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
        for (X500Name name : names()) {
            byte[] certificate = new JcaX509v3CertificateBuilder(
                            new X500Name("CN=Test authority"),
                            BigInteger.ONE,
                            Date.from(Instant.parse("2026-01-01T00:00:00Z")),
                            Date.from(Instant.parse("2036-01-01T00:00:00Z")),
                            name,
                            keys.getPublic())
                    .build(signer)
                    .getEncoded();
            Path file = Files.write(folder.resolve("certificate.der"), certificate);

            assertThat(SubjectHash.of(certificate))
                    .as(name.toString())
                    .isEqualTo(openssl("x509", "-inform", "DER", "-noout", "-subject_hash", "-in", file.toString())
                            .orElseThrow());
        }
    }

    private static List<X500Name> names() {
        List<X500Name> names = new ArrayList<>();
        names.add(new X500Name(new RDN[0]));
        String[] texts = {
            "Plain", "  Two  Blanks\t\n and\r\u000b\fmore  ", "ÆØÅ Äußerst", "   ", "a\u00a0b\u2003c", "日本"
        };
        for (String text : texts) {
            names.add(name(new DERUTF8String(text)));
            names.add(name(new DERBMPString(text)));
            names.add(name(new DERUniversalString(text.getBytes(Charset.forName("UTF-32BE")))));
            names.add(name(new DERT61String(text.getBytes(StandardCharsets.ISO_8859_1))));
            if (text.chars().allMatch(c -> c < 128)) {
                names.add(name(new DERPrintableString(text)));
                names.add(name(new DERIA5String(text)));
            }
        }
        names.add(name(new DERNumericString("0123 45")));
        names.add(new X500Name(new RDN[] {
            new RDN(BCStyle.C, new DERPrintableString("NO")),
            new RDN(new AttributeTypeAndValue[] {
                new AttributeTypeAndValue(BCStyle.SERIALNUMBER, new DERPrintableString("983544622")),
                new AttributeTypeAndValue(BCStyle.CN, new DERUTF8String("NORSK  HELSENETT SF")),
                new AttributeTypeAndValue(BCStyle.OU, new DERUTF8String("Z"))
            }),
            new RDN(BCStyle.EmailAddress, new DERIA5String("Post@NHN.no"))
        }));
        Random random = new Random(7);
        for (int i = 0; i < 40; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(12); j >= 0; j--) {
                text.append((char) (1 + random.nextInt(random.nextBoolean() ? 126 : 0x7ff)));
            }
            names.add(name(new DERUTF8String(text.toString())));
        }
        return names;
    }

    private static X500Name name(ASN1Encodable text) {
        return new X500Name(new RDN[] {new RDN(BCStyle.O, text), new RDN(BCStyle.CN, new DERUTF8String("X"))});
    }

    private static Optional<String> openssl(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("openssl"));
        line.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            try (InputStream out = process.getInputStream()) {
                String output = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
                return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
