package no.sertsynk.validation.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import no.sertsynk.SharedData;
import no.sertsynk.validation.TestAuthority;
import no.sertsynk.validation.TrustFiles;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The form says the same as reading, encoding anew and comparing. */
class DerFormTest {
    private static final HexFormat HEX = HexFormat.of();

    /** What the library makes of it, if it can read it at all. */
    private static boolean isSameEncodedAnew(byte[] bytes) {
        try {
            return Arrays.equals(ASN1Primitive.fromByteArray(bytes).getEncoded(ASN1Encoding.DER), bytes);
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private static boolean isRead(byte[] bytes) {
        try {
            return ASN1Primitive.fromByteArray(bytes) != null;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void damagedValues_areJudgedAsByTheLibrary(long seed) throws Exception {
        Random random = new Random(seed);
        List<byte[]> right = List.of(
                TestAuthority.root("CN=Root").certificate.getEncoded(),
                TestAuthority.root("C=NO,O=A+OU=B,CN=Root")
                        .leaf("E=a@b.no,CN=Leaf+SERIALNUMBER=1")
                        .der(),
                new DERSequence(new ASN1Encodable[] {
                            new DERSet(new ASN1Encodable[] {new DERUTF8String("a"), new DERUTF8String("bb")}),
                            new DERBitString(new byte[] {4, 8}, 3),
                            new DERGeneralizedTime("20260301120000Z"),
                            new DERTaggedObject(false, 40, new DERUTF8String("long tag"))
                        })
                        .getEncoded());
        int same = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = right.get(random.nextInt(right.size())).clone();
            int changes = 1 + random.nextInt(2);
            for (int j = 0; j < changes; j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            if (isRead(damaged)) {
                boolean expected = isSameEncodedAnew(damaged);
                assertThat(DerForm.isOneValue(damaged))
                        .as("seed " + seed + ", case " + i + ": " + HEX.formatHex(damaged))
                        .isEqualTo(expected);
                same += expected ? 1 : 0;
            }
        }
        assertThat(same).as("some are sound still").isGreaterThan(1000);
    }

    @Test
    void realCertificatesAndLists_areJudgedAsByTheLibrary() throws Exception {
        List<byte[]> all = new ArrayList<>();
        for (String folder : List.of("certificates/org", "pkits/certs")) {
            try (Stream<Path> files = Files.list(SharedData.path(folder))) {
                for (Path file : files.sorted().toList()) {
                    byte[] bytes = Files.readAllBytes(file);
                    all.add(
                            TrustFiles.isPem(bytes)
                                    ? TrustFiles.blocks(bytes).getFirst().der()
                                    : bytes);
                }
            }
        }
        assertThat(all).hasSizeGreaterThan(50);
        for (byte[] der : all) {
            assertThat(DerForm.isOneValue(der)).isEqualTo(isSameEncodedAnew(der));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0101ff, true", // boolean
        "010101, false",
        "0100, false",
        "020100, true", // integer
        "02020001, false",
        "02020080, true",
        "0202ffff, false",
        "0200, false",
        "03020780, true", // bit string
        "03020701, false",
        "0301 00, true",
        "03010 1, false",
        "3000, true", // sequence
        "3080 0000, false",
        "308100, false",
        "1000, false",
        "3103 020101, true", // set
        "3106 020101 020102, true",
        "3106 020102 020101, false",
        "180f 32303236303330313132303030305a, true", // time
        "180d 323032363033303131323030 5a, false",
        "1811 32303236303330313132303030302e355a, true",
        "1811 32303236303330313132303030302e305a, false",
        "2403 040101, false", // octet string in parts
        "1f1e00, false", // tag
        "9f1f00, true",
        "9f8001 00, false",
        "'', false",
        "30, false",
        "3001, false",
        "30847fffffff00, false",
        "0500 00, false"
    })
    void forms(String hex, boolean right) {
        assertThat(DerForm.isOneValue(HEX.parseHex(hex.replace(" ", "")))).isEqualTo(right);
    }

    @Test
    void deepNesting_endsAtTheLimit() {
        byte[] deep = new byte[40_000];
        for (int i = 0; i < 10_000; i++) {
            int rest = deep.length - i * 4 - 4;
            deep[i * 4] = 0x30;
            deep[i * 4 + 1] = (byte) 0x82;
            deep[i * 4 + 2] = (byte) (rest >> 8);
            deep[i * 4 + 3] = (byte) rest;
        }

        assertThat(DerForm.isOneValue(deep)).isFalse();
    }
}
