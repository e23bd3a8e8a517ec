package no.sertsynk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.Attribute;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import no.sertsynk.sandbox.SandboxCrlServer;
import no.sertsynk.sandbox.SandboxOcspResponder;
import no.sertsynk.validation.TestAuthority;
import no.sertsynk.validation.TestAuthority.Change;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code validate} that asks: for issuers, lists and answers, over HTTP and LDAP, by the hosts of a configuration. */
@Timeout(120)
class ValidateOnlineTest {
    private static final String ENTRY = "cn=Authority,dc=example";

    private final TestAuthority root = TestAuthority.root("CN=Root");

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private SandboxCrlServer web;

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private InMemoryDirectoryServer directory;

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private TestAuthority authority;

    private record Ended(int code, String out, String err) {}

    @BeforeEach
    void start() throws Exception {
        web = SandboxCrlServer.start();
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example");
        config.setSchema(null);
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPConfig("ldap", InetAddress.getLoopbackAddress(), 0, null));
        directory = new InMemoryDirectoryServer(config);
        directory.startListening();
        authority = root.authority("CN=Authority", points(web.url() + "/root.crl"));
        web.put("/root.crl", list(root));
        web.put("/authority.cer", authority.certificate.getEncoded());
        directory.add("dc=example", new Attribute("objectClass", "domain"), new Attribute("dc", "example"));
        Files.writeString(folder.resolve("password"), "secret");
        Files.write(folder.resolve("root.der"), root.certificate.getEncoded());
        Files.writeString(folder.resolve("sertsynk.yaml"), """
            environment: test
            register: {soap: {username: a, passwordFile: password}}
            revocation: {allow: [127.0.0.1]}
            state: state
            """);
    }

    @AfterEach
    void stop() {
        web.close();
        directory.shutDown(true);
    }

    private String ldap(String attribute) {
        return "ldap://127.0.0.1:" + directory.getListenPort() + "/cn=Authority,dc=example?" + attribute;
    }

    private void publish(byte[] list) throws Exception {
        directory.add(
                ENTRY,
                new Attribute("objectClass", "pkiCA"),
                new Attribute("cn", "Authority"),
                new Attribute("cACertificate;binary", authority.certificate.getEncoded()),
                new Attribute("certificateRevocationList;binary", list));
    }

    private static byte[] list(TestAuthority by, BigInteger... revoked) throws Exception {
        return TestLists.of(by, TestAuthority.NOW.plusSeconds(34_000), revoked);
    }

    private static GeneralName address(String url) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, url);
    }

    private static Change points(String url) {
        return Change.add(Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {
            new DistributionPoint(new DistributionPointName(new GeneralNames(address(url))), null, null)
        }));
    }

    private static Change access(AccessDescription... access) {
        return Change.add(Extension.authorityInfoAccess, false, new AuthorityInformationAccess(access));
    }

    private static AccessDescription issuers(String url) {
        return new AccessDescription(AccessDescription.id_ad_caIssuers, address(url));
    }

    private Ended validate(byte[] leaf, String... options) throws Exception {
        Path file = Files.write(folder.resolve("leaf.der"), leaf);
        List<String> arguments = new ArrayList<>(List.of(
                "--config",
                folder.resolve("sertsynk.yaml").toString(),
                "validate",
                "--trust",
                folder.resolve("root.der").toString()));
        arguments.addAll(List.of(options));
        arguments.add(file.toString());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                arguments.toArray(String[]::new),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Clock.fixed(TestAuthority.NOW, ZoneOffset.UTC),
                name -> Optional.empty());
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void issuerOverHttpAndListOverLdap_areFound() throws Exception {
        publish(list(authority));
        byte[] leaf = authority
                .leaf(
                        "CN=Leaf",
                        access(issuers(web.url() + "/authority.cer")),
                        points(ldap("certificateRevocationList;binary")))
                .der();

        Ended ended = validate(leaf, "--json");

        assertThat(ended.out() + ended.err()).contains("\"verdict\":\"accepted\"");
        assertThat(ended.code()).isZero();
    }

    @Test
    void issuerAndListOverLdap_areFoundAndTheListRevokes() throws Exception {
        var leaf = authority.leaf(
                "CN=Leaf",
                access(issuers(ldap("cACertificate;binary"))),
                points(ldap("certificateRevocationList;binary")));
        publish(list(authority, leaf.serial()));

        Ended ended = validate(leaf.der(), "--json");

        assertThat(ended.out()).contains("REVOKED").contains("ldap://127.0.0.1");
        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void answerOfAResponder_isShownInThePath() throws Exception {
        web.respond(
                "/ocsp",
                new SandboxOcspResponder(
                        authority.certificate,
                        authority.keys.getPrivate(),
                        false,
                        Clock.fixed(TestAuthority.NOW, ZoneOffset.UTC)));
        byte[] leaf = authority
                .leaf(
                        "CN=Leaf",
                        access(
                                issuers(web.url() + "/authority.cer"),
                                new AccessDescription(AccessDescription.id_ad_ocsp, address(web.url() + "/ocsp"))))
                .der();

        Ended ended = validate(leaf);

        assertThat(ended.out())
                .contains("accepted")
                .contains("OCSP " + web.url() + "/ocsp, issued ")
                .contains("CRL " + web.url() + "/root.crl, issued");
        assertThat(ended.code()).isZero();
    }

    @Test
    void namedConfigurationThatCannotBeUsed_isAMistake() throws Exception {
        Files.delete(folder.resolve("password"));

        Ended ended = validate(authority.leaf("CN=Leaf").der(), "--json");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void offline_asksNobody() throws Exception {
        byte[] leaf = authority
                .leaf("CN=Leaf", access(issuers(web.url() + "/authority.cer")), points(web.url() + "/a.crl"))
                .der();

        Ended ended = validate(leaf, "--offline", "--json");

        assertThat(ended.out()).contains("UNTRUSTED");
        assertThat(web.requests()).isZero();
    }

    @Test
    void hostThatTheConfigurationDoesNotName_isNotAsked() throws Exception {
        Files.writeString(folder.resolve("sertsynk.yaml"), """
            environment: test
            register: {soap: {username: a, passwordFile: password}}
            state: state
            """);
        byte[] leaf = authority
                .leaf("CN=Leaf", access(issuers(web.url() + "/authority.cer")))
                .der();

        assertThat(validate(leaf, "--json").out()).contains("UNTRUSTED");
        assertThat(web.requests()).isZero();
    }

    @Test
    void directoryWithoutTheList_leavesItUndetermined() throws Exception {
        byte[] leaf = authority
                .leaf(
                        "CN=Leaf",
                        access(issuers(web.url() + "/authority.cer")),
                        points(ldap("certificateRevocationList;binary")))
                .der();

        Ended ended = validate(leaf, "--json");

        assertThat(ended.out()).contains("\"undetermined\"").contains("no such value");
    }
}
