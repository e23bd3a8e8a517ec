package no.sertsynk.validation.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import no.sertsynk.validation.fetch.AllowedHosts.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedHostsTest {
    @ParameterizedTest
    @CsvSource({
        "http://crl.buypass.no/crl/a.crl, true",
        "http://CRL.BUYPASS.NO/crl/a.crl, true",
        "http://crl.buypass.no:80/a, true",
        "http://crl.buypass.no:8080/a, false",
        "ldap://ldap.buypass.no/dc=no?certificateRevocationList, true",
        "ldap://ldap.buypass.no:389/dc=no, true",
        "ldap://ldap.buypass.no:80/dc=no, false",
        "ftp://crl.buypass.no/a, false",
        "ftp://named.test/a, false",
        "http://crl.test4.buypass.no/a, false",
        "http://evil.test/crl.buypass.no, false",
        "http://crl.buypass.no@evil.test/, false",
        "http://named.test:99/, true",
        "http://exact.test:8080/, true",
        "http://exact.test:8081/, false",
        "http:///nowhere, false"
    })
    void hosts_areAllowedByNameAndPort(String address, boolean allowed) {
        AllowedHosts hosts = AllowedHosts.of(Optional.of("production"), List.of("named.test", "exact.test:8080"));

        assertThat(hosts.target(URI.create(address)) instanceof Target.Allowed).isEqualTo(allowed);
    }

    @Test
    void knownHostThatResolvesToThisHost_isRefusedUnlessNamed() {
        URI here = URI.create("http://localhost/a");

        assertThat(new AllowedHosts(List.of("localhost"), List.of()).target(here, InetAddress::getAllByName))
                .isInstanceOfSatisfying(
                        Target.Refused.class,
                        refused -> assertThat(refused.why()).contains("internal address"));
        assertThat(new AllowedHosts(List.of("localhost"), List.of("localhost")).target(here, InetAddress::getAllByName))
                .isInstanceOf(Target.Allowed.class);
    }
}
