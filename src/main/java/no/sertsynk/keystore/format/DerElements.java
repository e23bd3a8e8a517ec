package no.sertsynk.keystore.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;

/** Takes a sequence apart into the very bytes of its elements (X.690 section 8.1), and puts it together again. */
final class DerElements {
    private static final int SEQUENCE = 0x30;
    private static final int HIGH_TAG = 0x1f;
    private static final int LONG_LENGTH = 0x80;
    private static final int MAX_LENGTH_BYTES = 4;

    private DerElements() {}

    /**
     * The elements' bytes. If their lengths are not told beforehand, which BER allows, they are written anew with them.
     *
     * @throws IOException if the bytes are not one sequence
     */
    static List<ByteBuffer> of(byte[] sequence) throws IOException {
        Optional<List<ByteBuffer>> elements = split(ByteBuffer.wrap(sequence));
        if (elements.isPresent()) {
            return elements.get();
        }
        if (sequence.length == 0) {
            throw new IOException("expected a sequence, found nothing");
        }
        byte[] anew = ASN1Primitive.fromByteArray(sequence).getEncoded(ASN1Encoding.DL);
        return split(ByteBuffer.wrap(anew)).orElseThrow(() -> new IOException("expected a sequence"));
    }

    static byte[] joined(List<ByteBuffer> elements) {
        int length = 0;
        for (ByteBuffer element : elements) {
            length += element.remaining();
        }
        int lengthBytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
        ByteArrayOutputStream sequence = new ByteArrayOutputStream(length + 2 + lengthBytes);
        sequence.write(SEQUENCE);
        if (length < LONG_LENGTH) {
            sequence.write(length);
        } else {
            sequence.write(LONG_LENGTH | lengthBytes);
            for (int i = lengthBytes - 1; i >= 0; i--) {
                sequence.write(length >> (8 * i));
            }
        }
        for (ByteBuffer element : elements) {
            sequence.write(element.array(), element.arrayOffset() + element.position(), element.remaining());
        }
        return sequence.toByteArray();
    }

    /** Empty if some length is not told, or anything else is not as plain as it should be. */
    private static Optional<List<ByteBuffer>> split(ByteBuffer bytes) {
        if (!bytes.hasRemaining() || bytes.get(0) != SEQUENCE) {
            return Optional.empty();
        }
        int end = bytes.limit();
        if (skipHeader(bytes) != end) {
            return Optional.empty();
        }
        List<ByteBuffer> elements = new ArrayList<>();
        while (bytes.position() < end) {
            int start = bytes.position();
            int next = skipHeader(bytes);
            if (next < 0) {
                return Optional.empty();
            }
            elements.add(bytes.slice(start, next - start));
            bytes.position(next);
        }
        return Optional.of(elements);
    }

    /** Moves to the content; where that ends, or a negative number if that cannot be told. */
    private static int skipHeader(ByteBuffer bytes) {
        if (bytes.remaining() < 2 || (bytes.get() & HIGH_TAG) == HIGH_TAG) {
            return -1;
        }
        int length = bytes.get() & 0xff;
        if (length >= LONG_LENGTH) {
            int lengthBytes = length - LONG_LENGTH;
            if (lengthBytes == 0 || lengthBytes > MAX_LENGTH_BYTES || lengthBytes > bytes.remaining()) {
                return -1;
            }
            length = 0;
            for (int i = 0; i < lengthBytes; i++) {
                length = (length << 8) | (bytes.get() & 0xff);
            }
        }
        return length < 0 || length > bytes.remaining() ? -1 : bytes.position() + length;
    }
}
