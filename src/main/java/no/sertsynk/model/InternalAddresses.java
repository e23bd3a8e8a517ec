package no.sertsynk.model;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Tells addresses of this host and its surroundings from public ones. Asks nobody. */
public final class InternalAddresses {
    private InternalAddresses() {}

    /** Loopback, private, link-local, shared (RFC 6598), unique local and others that are not public. */
    public static boolean isInternal(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return true;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? isSpecial4(bytes) : isSpecial6(bytes);
    }

    /** What RFC 6890 lists as not globally reachable and the platform does not know. */
    private static boolean isSpecial4(byte[] bytes) {
        int first = bytes[0] & 0xFF;
        int second = bytes[1] & 0xFF;
        return first == 0
                || first >= 240
                || (first == 100 && second >= 64 && second < 128)
                || (first == 192 && second == 0 && bytes[2] == 0)
                || (first == 198 && (second == 18 || second == 19));
    }

    /** Unique local addresses, and forms that carry an IPv4 address: compatible, mapped, NAT64 and 6to4. */
    private static boolean isSpecial6(byte[] bytes) {
        int start = (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
        if ((start & 0xFE00) == 0xFC00) {
            return true;
        }
        if (start == 0x2002) {
            return isInternal4(bytes, 2);
        }
        boolean nat64 = start == 0x64 && (bytes[2] & 0xFF) == 0xFF && (bytes[3] & 0xFF) == 0x9B;
        return (start == 0 || nat64) && isInternal4(bytes, 12);
    }

    private static boolean isInternal4(byte[] bytes, int from) {
        try {
            return isInternal(InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
