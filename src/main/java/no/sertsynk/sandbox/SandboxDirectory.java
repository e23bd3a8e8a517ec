package no.sertsynk.sandbox;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.schema.Schema;
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
 * A certificate authority's LDAP directory on a loopback port, with trees as the real ones have them and, by its profile,
 * their peculiarities. Safe for threads.
 */
public final class SandboxDirectory implements AutoCloseable {
    /** A base as Buypass has them: the authority's name is the top of the tree. */
    public static final String BUYPASS_CA_3 = "dc=Buypass,dc=no,CN=Buypass Class 3 Test4 CA 3";

    public static final String BUYPASS_G2 = "dc=Buypass,dc=no,CN=Buypass Class 3 Test4 CA G2 ST Business";
    public static final String COMMFIDES_ENTERPRISE = "ou=Encryption,ou=Enterprise,dc=commfides,dc=com";
    public static final String COMMFIDES_G3 = "ou=Encryption,ou=Legal-Person-G3,dc=commfides,dc=com";

    private static final String[] INDEXED = {
        "certificateSerialNumber", "pssUniqueIdentifier", "uid", "organizationIdentifier", "serialNumber", "sn", "cn"
    };

    private final InMemoryDirectoryServer server;
    private final SandboxDirectoryProfile profile;
    private final AtomicLong number = new AtomicLong(1_000_000);

    private SandboxDirectory(InMemoryDirectoryServer server, SandboxDirectoryProfile profile) {
        this.server = server;
        this.profile = profile;
    }

    /** A strict directory with Buypass' bases of organisation certificates. */
    public static SandboxDirectory start() throws LDAPException {
        return start(SandboxDirectoryProfile.STRICT);
    }

    /** A strict directory with those bases. */
    public static SandboxDirectory start(List<String> bases) throws LDAPException {
        return start(SandboxDirectoryProfile.STRICT.withBases(bases));
    }

    /** A directory that behaves as the profile says. */
    public static SandboxDirectory start(SandboxDirectoryProfile profile) throws LDAPException {
        List<String> tops = new ArrayList<>();
        for (String base : profile.bases()) {
            RDN[] rdns = new DN(base).getRDNs();
            tops.add(new DN(rdns[rdns.length - 1]).toString());
        }
        InMemoryDirectoryServerConfig config =
                new InMemoryDirectoryServerConfig(tops.stream().distinct().toArray(String[]::new));
        config.setSchema(schema());
        config.setEqualityIndexAttributes(INDEXED);
        config.setEnforceAttributeSyntaxCompliance(false);
        config.setEnforceSingleStructuralObjectClass(false);
        config.setMaxSizeLimit(0);
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPConfig("sandbox", InetAddress.getLoopbackAddress(), 0, null));
        SandboxDirectoryQuirks quirks = new SandboxDirectoryQuirks(profile);
        if (profile.hasPeculiarities()) {
            config.addInMemoryOperationInterceptor(quirks);
        }
        InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
        quirks.serve(server);
        for (String base : profile.bases()) {
            addTree(server, new DN(base));
        }
        server.startListening();
        return new SandboxDirectory(server, profile);
    }

    /** The attributes that are looked up by index; and the one class of entry that has them all. */
    private static Schema schema() throws LDAPException {
        Entry entry = new Entry("cn=schema", new Attribute("objectClass", "top", "ldapSubEntry", "subschema"));
        int number = 0;
        for (String name : new String[] {"certificateSerialNumber", "pssUniqueIdentifier", "organizationIdentifier"}) {
            number++;
            entry.addAttribute(
                    "attributeTypes",
                    "( 1.3.6.1.4.1.99999.1." + number + " NAME '" + name
                            + "' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )");
        }
        entry.addAttribute(
                "objectClasses",
                "( 1.3.6.1.4.1.99999.2.1 NAME 'sandboxEntry' SUP top STRUCTURAL MAY ( dc $ cn $ ou $ o $ sn $"
                        + " serialNumber $ uid $ userCertificate $ certificateSerialNumber $ pssUniqueIdentifier $"
                        + " organizationIdentifier ) )");
        return Schema.mergeSchemas(Schema.getDefaultStandardSchema(), new Schema(entry));
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
                    new Attribute("objectClass", "top", "sandboxEntry"),
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

    /** Publishes a certificate, with its serial number written as the profile has it. */
    public void publish(String base, PartnerCertificate certificate) throws LDAPException {
        publish(
                base,
                certificate,
                profile.hexadecimalSerials()
                        ? certificate.serialHex()
                        : certificate.serial().toString());
    }

    /** Publishes a certificate under the serial number as it is to be written. */
    public void publish(String base, PartnerCertificate certificate, String serialText) throws LDAPException {
        Entry entry = entry(base, serialText);
        entry.addAttribute("userCertificate;binary", certificate.der());
        subject(certificate, entry);
        server.add(entry);
    }

    /** Puts bytes where a certificate should be, under that serial number. */
    public void publishGarbage(String base, byte[] bytes, String serialText) throws LDAPException {
        publishValues(base, "userCertificate;binary", List.of(bytes), serialText);
    }

    /** Publishes an entry with those values of the attribute; without the attribute if there are none. */
    public void publishValues(String base, String attribute, List<byte[]> values, String serialText)
            throws LDAPException {
        Entry entry = entry(base, serialText);
        if (!values.isEmpty()) {
            entry.addAttribute(attribute, values.toArray(byte[][]::new));
        }
        server.add(entry);
    }

    private Entry entry(String base, String serialText) throws LDAPException {
        String id = Long.toString(number.incrementAndGet());
        return new Entry(
                profile.entryName() + "=" + id + "," + base,
                new Attribute("objectClass", "top", "sandboxEntry"),
                new Attribute(profile.entryName(), id),
                new Attribute("certificateSerialNumber", serialText));
    }

    /** The subject's attributes under the names that the real directories give them. */
    private void subject(PartnerCertificate certificate, Entry entry) {
        X500Name name = X500Name.getInstance(
                certificate.x509().getSubjectX500Principal().getEncoded());
        copy(name, BCStyle.ORGANIZATION_IDENTIFIER, "organizationIdentifier", entry);
        copy(name, BCStyle.SERIALNUMBER, "serialNumber", entry);
        copy(name, profile.surnameIsSerialNumber() ? BCStyle.SERIALNUMBER : BCStyle.SURNAME, "sn", entry);
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
