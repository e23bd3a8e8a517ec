package no.sertsynk.directory;

import java.net.InetAddress;
import java.net.UnknownHostException;
import no.sertsynk.model.InternalAddresses;
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
                if (InternalAddresses.isInternal(address)) {
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
}
