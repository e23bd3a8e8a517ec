package no.sertsynk.sandbox;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import no.sertsynk.model.PartnerCertificate;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/**
 * A certificate authority's LDAP directory on a loopback port, with trees as the real ones have them. It is strict: a base
 * that does not exist is noSuchObject. Safe for threads.
 */
public final class SandboxDirectory implements AutoCloseable {
    /** A base as Buypass has them: the authority's name is the top of the tree. */
    public static final String BUYPASS_CA_3 = "dc=Buypass,dc=no,CN=Buypass Class 3 Test4 CA 3";

    public static final String BUYPASS_G2 = "dc=Buypass,dc=no,CN=Buypass Class 3 Test4 CA G2 ST Business";

    private final InMemoryDirectoryServer server;
    private final AtomicLong number = new AtomicLong(1_000_000);

    private SandboxDirectory(InMemoryDirectoryServer server) {
        this.server = server;
    }

    /** A directory with Buypass' bases of organisation certificates. */
    public static SandboxDirectory start() throws LDAPException {
        return start(List.of(BUYPASS_CA_3, BUYPASS_G2));
    }

    /** A directory with those bases. */
    public static SandboxDirectory start(List<String> bases) throws LDAPException {
        List<String> tops = new ArrayList<>();
        for (String base : bases) {
            RDN[] rdns = new DN(base).getRDNs();
            tops.add(new DN(rdns[rdns.length - 1]).toString());
        }
        InMemoryDirectoryServerConfig config =
                new InMemoryDirectoryServerConfig(tops.stream().distinct().toArray(String[]::new));
        config.setSchema(null);
        config.setMaxSizeLimit(0);
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPConfig("sandbox", InetAddress.getLoopbackAddress(), 0, null));
        InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
        for (String base : bases) {
            addTree(server, new DN(base));
        }
        server.startListening();
        return new SandboxDirectory(server);
    }

    private static void addTree(InMemoryDirectoryServer server, DN dn) throws LDAPException {
        DN parent = dn.getParent();
        if (parent != null && !parent.isNullDN()) {
            addTree(server, parent);
        }
        if (server.getEntry(dn.toString()) == null) {
            RDN rdn = dn.getRDN();
            server.add(new Entry(
                    dn,
                    new Attribute("objectClass", "top"),
                    new Attribute(rdn.getAttributeNames()[0], rdn.getAttributeValues()[0])));
        }
    }

    public int port() {
        return server.getListenPort();
    }

    /** Where it is reached. */
    public String url() {
        return "ldap://127.0.0.1:" + port();
    }

    /** Publishes a certificate, decimal serial number and all. */
    public void publish(String base, PartnerCertificate certificate) throws LDAPException {
        publish(base, certificate, certificate.serial().toString());
    }

    /** Publishes a certificate under the serial number as it is to be written. */
    public void publish(String base, PartnerCertificate certificate, String serialText) throws LDAPException {
        add(base, certificate, certificate.der(), serialText);
    }

    /** Puts bytes where a certificate should be, under that serial number. */
    public void publishGarbage(String base, byte[] bytes, String serialText) throws LDAPException {
        String id = Long.toString(number.incrementAndGet());
        server.add(new Entry(
                "pssUniqueIdentifier=" + id + "," + base,
                new Attribute("objectClass", "top"),
                new Attribute("pssUniqueIdentifier", id),
                new Attribute("certificateSerialNumber", serialText),
                new Attribute("userCertificate;binary", bytes)));
    }

    private void add(String base, PartnerCertificate certificate, byte[] der, String serialText) throws LDAPException {
        String id = Long.toString(number.incrementAndGet());
        Entry entry = new Entry(
                "pssUniqueIdentifier=" + id + "," + base,
                new Attribute("objectClass", "top"),
                new Attribute("pssUniqueIdentifier", id),
                new Attribute("certificateSerialNumber", serialText),
                new Attribute("userCertificate;binary", der));
        subject(certificate, entry);
        server.add(entry);
    }

    /** The subject's attributes under the names that the real directories give them. */
    private static void subject(PartnerCertificate certificate, Entry entry) {
        X500Name name = X500Name.getInstance(
                certificate.x509().getSubjectX500Principal().getEncoded());
        copy(name, BCStyle.ORGANIZATION_IDENTIFIER, "organizationIdentifier", entry);
        copy(name, BCStyle.SERIALNUMBER, "serialNumber", entry);
        copy(name, BCStyle.SERIALNUMBER, "sn", entry);
        copy(name, BCStyle.CN, "cn", entry);
        copy(name, BCStyle.OU, "ou", entry);
        copy(name, BCStyle.O, "o", entry);
    }

    private static void copy(X500Name name, ASN1ObjectIdentifier type, String attribute, Entry entry) {
        for (org.bouncycastle.asn1.x500.RDN rdn : name.getRDNs(type)) {
            entry.addAttribute(attribute, IETFUtils.valueToString(rdn.getFirst().getValue()));
        }
    }

    /** How many entries it has, tree nodes included. */
    public long entries() {
        return server.countEntries();
    }

    @Override
    public void close() {
        server.shutDown(true);
    }
}
