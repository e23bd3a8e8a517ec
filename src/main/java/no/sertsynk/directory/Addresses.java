package no.sertsynk.directory;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
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
        int first = bytes[0] & 0xFF;
        if (address instanceof Inet4Address) {
            int second = bytes[1] & 0xFF;
            return first == 0 || (first == 100 && second >= 64 && second < 128) || first >= 240;
        }
        return (first & 0xFE) == 0xFC;
    }
}
