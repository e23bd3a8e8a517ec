package no.sertsynk.directory;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;

/** Turns a host name into the one address that will be connected to, so that it cannot change after the check. */
final class Addresses {
    private Addresses() {}

    /** The first address of a host that the configuration names itself. */
    static InetAddress trusted(String host) throws DirectoryException {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw unknown(host, e);
        }
    }

    /** The first address of a host, all of whose addresses are public. */
    static InetAddress publicOnly(String host) throws DirectoryException {
        try {
            InetAddress[] all = InetAddress.getAllByName(host);
            for (InetAddress address : all) {
                if (isInternal(address)) {
                    throw new DirectoryException(Reason.of(
                            ReasonCode.HOST_NOT_ALLOWED,
                            "expected a public address for " + host + ", found " + address.getHostAddress()
                                    + "; name it under directories.hostMap if it is right"));
                }
            }
            return all[0];
        } catch (UnknownHostException e) {
            throw unknown(host, e);
        }
    }

    private static DirectoryException unknown(String host, UnknownHostException cause) {
        return new DirectoryException(
                Reason.of(
                        ReasonCode.DIRECTORY_UNAVAILABLE,
                        "expected an address for " + host + ", found none; check the name service of this host"),
                cause);
    }

    /** Loopback, private, link-local, shared (RFC 6598), unique local and other addresses that are not public. */
    static boolean isInternal(InetAddress address) {
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
