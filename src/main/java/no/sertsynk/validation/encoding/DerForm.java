package no.sertsynk.validation.encoding;

import java.util.Arrays;

/**
 * Tells whether bytes are the one DER encoding (X.690, 10 and 11) of what they hold, looking at each once. That what they
 * hold makes sense is for whoever reads it: this class looks at form alone, and asks for no more than every type's own
 * rules. Says the same as encoding what a library has read anew and comparing, which is what its tests hold it to, and
 * takes a tenth of the time.
 */
final class DerForm {
    private static final int BOOLEAN = 1;
    private static final int INTEGER = 2;
    private static final int BIT_STRING = 3;
    private static final int ENUMERATED = 10;
    private static final int SEQUENCE = 16;
    private static final int SET = 17;
    private static final int GENERALIZED_TIME = 24;
    private static final int CONSTRUCTED = 0x20;
    private static final int CLASS = 0xC0;
    private static final int LONG_TAG = 0x1F;
    /** Honest certificates nest a dozen deep. */
    private static final int MAX_DEPTH = 100;

    private final byte[] bytes;
    private int at;

    private DerForm(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Whether the bytes are one value in DER and nothing behind it. */
    static boolean isOneValue(byte[] bytes) {
        DerForm form = new DerForm(bytes);
        return form.value(bytes.length, 0) && form.at == bytes.length;
    }

    /** Goes past one value that ends there at the latest. */
    private boolean value(int limit, int depth) {
        if (at >= limit || depth > MAX_DEPTH) {
            return false;
        }
        int tag = bytes[at++] & 0xFF;
        if ((tag & LONG_TAG) == LONG_TAG && !longTag(limit)) {
            return false;
        }
        int length = length(limit);
        if (length < 0 || length > limit - at) {
            return false;
        }
        int end = at + length;
        boolean isConstructed = (tag & CONSTRUCTED) != 0;
        boolean isRight = (tag & CLASS) == 0
                ? universal(tag & LONG_TAG, isConstructed, end, depth)
                : !isConstructed || values(end, depth);
        at = end;
        return isRight;
    }

    /** A tag number of 31 or more, in as few bytes as it takes. */
    private boolean longTag(int limit) {
        int first = at;
        int number = 0;
        while (at < limit && at - first < 4) {
            int next = bytes[at++] & 0xFF;
            number = number << 7 | (next & 0x7F);
            if ((next & 0x80) == 0) {
                return number >= LONG_TAG && (bytes[first] & 0x7F) != 0;
            }
        }
        return false;
    }

    /** Definite and in as few bytes as it takes; negative if it is not. */
    private int length(int limit) {
        if (at >= limit) {
            return -1;
        }
        int first = bytes[at++] & 0xFF;
        if (first < 0x80) {
            return first;
        }
        int count = first & 0x7F;
        if (count == 0 || count > 4 || count > limit - at || bytes[at] == 0) {
            return -1;
        }
        int length = 0;
        for (int i = 0; i < count; i++) {
            length = length << 8 | (bytes[at++] & 0xFF);
        }
        return length < 0x80 ? -1 : length;
    }

    private boolean universal(int type, boolean isConstructed, int end, int depth) {
        return switch (type) {
            case SEQUENCE -> isConstructed && values(end, depth);
            case SET -> isConstructed && sorted(end, depth);
            case BOOLEAN -> !isConstructed && end - at == 1 && (bytes[at] == 0 || bytes[at] == -1);
            case INTEGER, ENUMERATED -> !isConstructed && isShort(end);
            case BIT_STRING -> !isConstructed && isPadded(end);
            case GENERALIZED_TIME -> !isConstructed && isUniversalTime(end);
            default -> !isConstructed;
        };
    }

    private boolean values(int end, int depth) {
        while (at < end) {
            if (!value(end, depth + 1)) {
                return false;
            }
        }
        return true;
    }

    /** The values of a set are in the order of their tags, and those of one tag in that of their bytes (X.690, 10.3, 11.6). */
    private boolean sorted(int end, int depth) {
        int before = -1;
        int beforeEnd = -1;
        while (at < end) {
            int start = at;
            if (!value(end, depth + 1)) {
                return false;
            }
            if (before >= 0) {
                int tags = Integer.compare(bytes[before] & ~CONSTRUCTED & 0xFF, bytes[start] & ~CONSTRUCTED & 0xFF);
                if (tags > 0
                        || (tags == 0
                                && Arrays.compareUnsigned(bytes, before + 1, beforeEnd, bytes, start + 1, at) > 0)) {
                    return false;
                }
            }
            before = start;
            beforeEnd = at;
        }
        return true;
    }

    /** As few bytes as it takes (X.690, 8.3.2). */
    private boolean isShort(int end) {
        if (at >= end) {
            return false;
        }
        boolean isLongerThanNeeded =
                end - at > 1 && ((bytes[at] == 0 && bytes[at + 1] >= 0) || (bytes[at] == -1 && bytes[at + 1] < 0));
        return !isLongerThanNeeded;
    }

    /** The bits that are not used are zero (X.690, 11.2.1). */
    private boolean isPadded(int end) {
        if (at >= end) {
            return false;
        }
        int unused = bytes[at];
        if (unused < 0 || unused > 7 || (unused > 0 && end - at < 2)) {
            return false;
        }
        return (bytes[end - 1] & ((1 << unused) - 1)) == 0 || unused == 0;
    }

    /** Has minutes and seconds, ends in Z, and a fraction of a second ends in no zero (X.690, 11.7). */
    private boolean isUniversalTime(int end) {
        if (end - at < 15 || bytes[end - 1] != 'Z') {
            return false;
        }
        for (int i = at + 10; i < at + 14; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
        }
        return end - at == 15 || (bytes[at + 14] == '.' && end - at > 16 && bytes[end - 2] != '0');
    }
}
