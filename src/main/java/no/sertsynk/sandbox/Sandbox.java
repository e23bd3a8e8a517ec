package no.sertsynk.sandbox;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.unboundid.ldap.sdk.LDAPException;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Secret;
import no.sertsynk.sandbox.SandboxAuthority.Order;

/**
 * A whole world on loopback: register, directory, certificate authority with revocation lists, and a folder with a
 * configuration for the real program. Closing it stops the servers and leaves the folder.
 */
public final class Sandbox implements AutoCloseable {
    private static final String HOST = "ldap.test4.buypass.no";
    private static final String PASSWORD = "sandkasse";
    private static final String CLIENT = "sandkasse-klient";
    /** Its place among the key usages (RFC 5280, 4.2.1.3). */
    private static final int KEY_ENCIPHERMENT = 2;

    private final Path folder;
    private final Clock clock;
    private final SandboxCrlServer lists;
    private final SandboxAuthority authority;
    private final SandboxDirectory directory;
    private final SandboxRegister register;
    private final List<SandboxRelay> relays = new ArrayList<>();
    private Optional<SandboxRest> rest = Optional.empty();
    private String source = "soap";

    private Sandbox(
            Path folder,
            Clock clock,
            SandboxCrlServer lists,
            SandboxAuthority authority,
            SandboxDirectory directory,
            SandboxRegister register) {
        this.folder = folder;
        this.clock = clock;
        this.lists = lists;
        this.authority = authority;
        this.directory = directory;
        this.register = register;
    }

    /** Starts the servers and writes trust anchors and passwords into the folder. */
    public static Sandbox start(Path folder, Clock clock) throws IOException {
        SandboxCrlServer lists = SandboxCrlServer.start();
        SandboxAuthority authority =
                SandboxAuthority.create("Sandkasse Class 3", clock.instant(), Optional.of(lists.url()));
        lists.serve(authority, clock);
        SandboxDirectory directory;
        try {
            directory = SandboxDirectory.start();
        } catch (LDAPException e) {
            throw new IOException("the sandbox directory cannot start", e);
        }
        SandboxRegister register = SandboxRegister.start("demo", new Secret(PASSWORD.toCharArray()));
        Sandbox sandbox = new Sandbox(folder, clock, lists, authority, directory, register);
        Files.createDirectories(folder.resolve("trust"));
        Files.writeString(folder.resolve("trust/root.pem"), pem(authority.root()));
        Files.writeString(folder.resolve("issuer.pem"), pem(authority.issuer()));
        Path password = folder.resolve("password");
        Files.writeString(password, PASSWORD + "\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        return sandbox;
    }

    public Path folder() {
        return folder;
    }

    public SandboxAuthority authority() {
        return authority;
    }

    public SandboxDirectory directory() {
        return directory;
    }

    public SandboxRegister register() {
        return register;
    }

    public SandboxCrlServer lists() {
        return lists;
    }

    /** Which source, or list of sources in brackets, the configurations written from now on name. */
    public void useSource(String named) {
        source = named;
    }

    /** Starts token service and REST interface too, with what is registered from now on; a client's key is written. */
    public SandboxRest startRest() throws IOException {
        SandboxRest started = SandboxRest.start(0);
        rest = Optional.of(started);
        try {
            JWK key = new ECKeyGenerator(Curve.P_256).keyID("sandkasse").generate();
            Path file = folder.resolve("client.jwk");
            Files.writeString(file, key.toJSONString() + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            started.registerClient(CLIENT, key.toPublicJWK().toJSONString());
        } catch (JOSEException e) {
            throw new IOException("a key cannot be made", e);
        }
        return started;
    }

    /** The two certificates of a party, as Buypass issues them. */
    public record Pair(PartnerCertificate encryption, PartnerCertificate signature) {}

    /** Issues a pair that begins then, publishes it in the directory and returns it. */
    public Pair publishPair(String name, OrganizationNumber organization, Instant notBefore) throws IOException {
        Pair pair = issuePair(authority, name, organization, notBefore);
        publish(pair.encryption());
        publish(pair.signature());
        return pair;
    }

    /** Issues a pair of another authority, without publishing it. */
    public static Pair issuePair(
            SandboxAuthority authority, String name, OrganizationNumber organization, Instant notBefore) {
        return new Pair(
                authority.issue(Order.of(name, organization, SandboxAuthority.ENCRYPTION_USAGE, notBefore)),
                authority.issue(Order.of(name, organization, SandboxAuthority.SIGNATURE_USAGE, notBefore)));
    }

    /** Puts the certificate into the directory. */
    public void publish(PartnerCertificate certificate) throws IOException {
        try {
            directory.publish(SandboxDirectory.BUYPASS_G2, certificate);
        } catch (LDAPException e) {
            throw new IOException("the sandbox directory refuses a certificate", e);
        }
    }

    /** Registers the party with a string that names these certificates. */
    public void register(HerId herId, String name, OrganizationNumber organization, PartnerCertificate... named) {
        SandboxRegisterParty party =
                SandboxRegisterParty.organization(herId, name, organization).withLdapString(ldapString(named));
        register.put(party);
        rest.ifPresent(running -> running.put(withCertificates(party, named)));
    }

    /** The last certificate of each purpose is what the register itself has found. */
    private static SandboxRegisterParty withCertificates(SandboxRegisterParty party, PartnerCertificate... named) {
        SandboxRegisterParty found = party;
        for (PartnerCertificate certificate : named) {
            boolean[] usage = certificate.x509().getKeyUsage();
            found = found.withCertificate(
                    usage != null && usage[KEY_ENCIPHERMENT] ? Purpose.ENCRYPTION : Purpose.SIGNATURE, certificate);
        }
        return found;
    }

    /** A string as the register holds them: a cut-off base and raw bars. */
    public static String ldapString(PartnerCertificate... named) {
        StringBuilder terms = new StringBuilder();
        for (PartnerCertificate certificate : named) {
            terms.append("(certificateSerialNumber=")
                    .append(certificate.serial())
                    .append(')');
        }
        return "ldap://" + HOST + "/dc=Buypass,dc=no,CN=Buypass%20Class%203%20Test4%20CA%20G2"
                + "?usercertificate;binary?sub?(|" + terms + ")";
    }

    /** Registers and publishes that many parties, each with a pair; returns their HER-ids. */
    public List<HerId> populate(int parties) throws IOException {
        List<HerId> herIds = new ArrayList<>();
        Instant begun = clock.instant().minus(Duration.ofDays(30));
        for (int i = 1; i <= parties; i++) {
            HerId herId = new HerId(100_000 + i);
            OrganizationNumber number = new OrganizationNumber(String.format("9%08d", i));
            String name = "Legekontor " + i;
            Pair pair = publishPair(name, number, begun);
            register(herId, name, number, pair.encryption(), pair.signature());
            herIds.add(herId);
        }
        return herIds;
    }

    /** Writes a configuration for those parties and returns its file. */
    public Path configure(List<HerId> parties) throws IOException {
        return configure(parties, register.url().toString(), directory.url());
    }

    /** Writes a configuration that reaches register and directory over long lines: every answer comes that much later. */
    public Path configure(List<HerId> parties, Duration delay) throws IOException {
        SandboxRelay toRegister = SandboxRelay.start(register.url().getPort(), delay);
        relays.add(toRegister);
        SandboxRelay toDirectory = SandboxRelay.start(directory.port(), delay);
        relays.add(toDirectory);
        return configure(
                parties,
                "http://127.0.0.1:" + toRegister.port() + register.url().getPath(),
                "ldap://127.0.0.1:" + toDirectory.port());
    }

    /** Writes a configuration that reaches register and directory at those addresses. */
    public Path configure(List<HerId> parties, String registerUrl, String directoryUrl) throws IOException {
        Path file = folder.resolve("sertsynk.yaml");
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write("environment: test\nregister:\n  source: " + source + "\n  soap: {url: \"" + registerUrl
                    + "\", username: demo, passwordFile: password}\n");
            if (rest.isPresent()) {
                out.write("  cpapi: {url: \"" + rest.get().url() + "\", tokenIssuer: \""
                        + rest.get().issuer() + "\", clientId: " + CLIENT + ", jwkFile: client.jwk}\n");
            }
            out.write("directories:\n  allow: [" + HOST + "]\n  hostMap: {" + HOST + ": \"" + directoryUrl + "\"}\n");
            out.write("trust:\n  anchors: [trust]\n  intermediates: [issuer.pem]\n");
            out.write("revocation:\n  mode: require\n  allow: [127.0.0.1]\n");
            out.write("keystores:\n  - {name: dit, path: dit.p12, type: PKCS12, passwordFile: password}\n");
            out.write("  - {name: bundle, path: dit.pem, type: PEM}\n");
            out.write("state: state\nadmin: {listen: \"127.0.0.1:0\"}\nparties:\n");
            for (HerId herId : parties) {
                out.write("  - herId: " + herId + "\n");
            }
            if (parties.isEmpty()) {
                out.write("  []\n");
            }
        }
        return file;
    }

    private static String pem(X509Certificate certificate) throws IOException {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IOException("a certificate cannot be encoded", e);
        }
    }

    @Override
    public void close() {
        relays.forEach(SandboxRelay::close);
        rest.ifPresent(SandboxRest::close);
        register.close();
        directory.close();
        lists.close();
    }
}
