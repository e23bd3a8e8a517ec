package no.sertsynk.keystore.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.BERSequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DerElementsTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 120, 123, 124, 125, 126, 127, 128, 250, 256, 65_529, 65_536, 70_000})
    void elements_joinToTheSameBytes(int length) throws Exception {
        byte[] sequence = sequence(length).getEncoded();

        assertThat(DerElements.of(sequence)).hasSize(2);
        assertThat(DerElements.joined(DerElements.of(sequence))).isEqualTo(sequence);
        assertThat(DerElements.of(new DERSequence().getEncoded())).isEmpty();
    }

    @Test
    void lengthsNotToldBeforehand_areToldAfterwards() throws Exception {
        ASN1Encodable[] inner = {new BERSequence(new DEROctetString(new byte[] {1}))};
        byte[] indefinite = new BERSequence(inner).getEncoded();

        byte[] joined = DerElements.joined(DerElements.of(indefinite));

        assertThat(joined).isEqualTo(new DERSequence(new DERSequence(new DEROctetString(new byte[] {1}))).getEncoded());
    }

    @Test
    void cutOrExtendedSequence_isRefused() throws Exception {
        byte[] sequence = sequence(200).getEncoded();
        for (int length = 0; length <= sequence.length + 1; length++) {
            byte[] other = Arrays.copyOf(sequence, length);
            if (length != sequence.length) {
                assertThatException()
                        .as("length %d", length)
                        .isThrownBy(() -> DerElements.of(other))
                        .isInstanceOf(IOException.class);
            }
        }
    }

    private static DERSequence sequence(int length) {
        return new DERSequence(new ASN1Encodable[] {
            new DEROctetString(new byte[length]), new DERSequence(new DEROctetString(new byte[1]))
        });
    }
}
