package no.sertsynk.validation.revocation;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The entries of a list, as few bytes as they can be and sorted by serial number: one array of rows of equal width, each a
 * serial number in two's complement, the time in seconds and the reason.
 */
final class CrlEntries {
    /** RFC 5280, 4.1.2.2, allows 20; a few more do no harm, thousands of them would. */
    static final int MAX_SERIAL_BYTES = 32;

    private static final int TIME_BYTES = Integer.BYTES;
    private static final int TAIL_BYTES = TIME_BYTES + 1;
    private static final byte[] NO_ROWS = {};

    static final CrlEntries NONE = new CrlEntries(1, NO_ROWS);

    private final int serialBytes;
    private final int rowBytes;
    private final byte[] rows;

    private CrlEntries(int serialBytes, byte[] rows) {
        this.serialBytes = serialBytes;
        this.rowBytes = serialBytes + TAIL_BYTES;
        this.rows = rows;
    }

    /** @param reason the code of RFC 5280, 5.3.1; 0 if none is given */
    record Entry(Instant revokedAt, int reason) {}

    /** Collects the entries of a list in any order. */
    static final class Builder {
        private final List<byte[]> rows = new ArrayList<>();
        private int serialBytes = 1;

        /** @return whether the serial number is one that can be kept */
        boolean add(BigInteger serial, Instant revokedAt, int reason) {
            byte[] number = serial.toByteArray();
            if (number.length > MAX_SERIAL_BYTES) {
                return false;
            }
            serialBytes = Math.max(serialBytes, number.length);
            rows.add(ByteBuffer.allocate(number.length + TAIL_BYTES)
                    .put(number)
                    .putInt((int) revokedAt.getEpochSecond())
                    .put((byte) reason)
                    .array());
            return true;
        }

        int size() {
            return rows.size();
        }

        CrlEntries build() {
            int rowBytes = serialBytes + TAIL_BYTES;
            byte[][] padded = new byte[rows.size()][];
            for (int i = 0; i < padded.length; i++) {
                padded[i] = padded(rows.get(i), rowBytes);
            }
            Arrays.sort(padded, Arrays::compareUnsigned);
            ByteBuffer all = ByteBuffer.allocate(Math.multiplyExact(rowBytes, padded.length));
            for (byte[] row : padded) {
                all.put(row);
            }
            return new CrlEntries(serialBytes, all.array());
        }
    }

    int size() {
        return rows.length / rowBytes;
    }

    Optional<Entry> find(BigInteger serial) {
        byte[] number = serial.toByteArray();
        if (number.length > serialBytes) {
            return Optional.empty();
        }
        byte[] wanted = padded(number, serialBytes);
        int low = 0;
        int high = size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int at = middle * rowBytes;
            int order = Arrays.compareUnsigned(rows, at, at + serialBytes, wanted, 0, serialBytes);
            if (order == 0) {
                return Optional.of(entry(at + serialBytes));
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }

    private Entry entry(int at) {
        long seconds = Integer.toUnsignedLong(ByteBuffer.wrap(rows).getInt(at));
        return new Entry(Instant.ofEpochSecond(seconds), rows[at + TIME_BYTES]);
    }

    /** Fills up at the front with the sign. */
    private static byte[] padded(byte[] number, int length) {
        if (number.length == length) {
            return number;
        }
        byte[] padded = new byte[length];
        int missing = length - number.length;
        if (number[0] < 0) {
            Arrays.fill(padded, 0, missing, (byte) -1);
        }
        System.arraycopy(number, 0, padded, missing, number.length);
        return padded;
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(serialBytes);
        out.writeInt(rows.length);
        out.write(rows);
    }

    /** What {@link #write} has written; the caller has made sure that nobody has changed it since. */
    static CrlEntries read(DataInput in) throws IOException {
        int serialBytes = in.readUnsignedByte();
        byte[] rows = new byte[in.readInt()];
        in.readFully(rows);
        return new CrlEntries(serialBytes, rows);
    }
}
