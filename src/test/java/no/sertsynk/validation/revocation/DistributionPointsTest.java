package no.sertsynk.validation.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import no.sertsynk.SharedData;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.validation.TrustFiles;
import no.sertsynk.validation.fetch.AllowedHosts;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;

class DistributionPointsTest {
    @Test
    void seidV1_namesHttpThenLdapAndAResponder() throws Exception {
        X509Certificate certificate = TrustFiles.readFile(SharedData.path("certificates/org/93238-encryption.pem"))
                .getFirst()
                .x509();

        DistributionPoints points = DistributionPoints.of(certificate);

        assertThat(points.plain()).isTrue();
        assertThat(points.groups())
                .containsExactly(List.of(
                        URI.create("http://crl.test4.buypass.no/crl/BPClass3T4CA3.crl"),
                        URI.create("ldap://ldap.test4.buypass.no/dc=Buypass,dc=NO,"
                                + "CN=Buypass%20Class%203%20Test4%20CA%203?certificateRevocationList")));
        assertThat(points.responders()).containsExactly(URI.create("http://ocsp.test4.buypass.no/ocsp/BPClass3T4CA3"));
    }

    @Test
    void everyAddressInRealCertificates_isOfAKnownHost() throws Exception {
        AllowedHosts hosts = AllowedHosts.of(Optional.empty(), List.of());
        try (Stream<Path> files = Files.walk(SharedData.path("certificates"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".pem")).toList()) {
                for (PartnerCertificate certificate : TrustFiles.readFile(file)) {
                    DistributionPoints points = DistributionPoints.of(certificate.x509());
                    Stream.concat(points.groups().stream().flatMap(List::stream), points.responders().stream())
                            .forEach(address -> assertThat(hosts.target(address))
                                    .as(file + " " + address)
                                    .isInstanceOf(AllowedHosts.Target.Allowed.class));
                }
            }
        }
    }

    @Test
    void addressesThatAreNone_arePassedOver() throws Exception {
        DistributionPoints points = DistributionPoints.of(new RevocationPki("CN=Authority")
                .leaf(RevocationPki.points("http://a b/", "ftp://a.test/x", "http://b.test/x", "")));

        assertThat(points.groups()).containsExactly(List.of(URI.create("http://b.test/x")));
    }

    @Test
    void moreAddressesThanAnyoneNeeds_areCutOff() throws Exception {
        String[] many = Stream.iterate(0, i -> i + 1)
                .limit(500)
                .map(i -> "http://a.test/" + i)
                .toArray(String[]::new);

        DistributionPoints points =
                DistributionPoints.of(new RevocationPki("CN=Authority").leaf(RevocationPki.points(many)));

        assertThat(points.groups().getFirst()).hasSize(16);
    }

    @Test
    void extensionThatCannotBeRead_namesNothing() throws Exception {
        X509Certificate broken = new RevocationPki("CN=Authority")
                .leaf(new RevocationPki.Ext(
                        Extension.cRLDistributionPoints, false, new DEROctetString(new byte[] {1, 2, 3})));

        assertThat(DistributionPoints.of(broken).groups()).isEmpty();
    }
}
