package no.sertsynk.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.sertsynk.config.Configuration.Directories;
import org.junit.jupiter.api.Test;

class DirectoriesReaderTest extends WrittenConfiguration {
    @Test
    void defaults_leaveTheHostsToTheEnvironment() throws Exception {
        assertThat(written.loaded("").directories())
                .isEqualTo(new Directories(Optional.empty(), Map.of(), 2, Duration.ofSeconds(10)));
        assertThat(written.loaded("directories: {allow: []}\n").directories().allow())
                .contains(List.of());
    }

    @Test
    void everyKey_isMapped() throws Exception {
        assertThat(written.loaded("""
            directories:
              allow: [ldap.test4.buypass.no, "ldap.example:1389", "[2001:db8::1]:389"]
              hostMap: {LDAP.test4.buypass.no: "ldap://127.0.0.1:3890", ldap.example: "ldaps://[::1]"}
              connectionsPerHost: 4
              timeout: 2m
            """).directories())
                .isEqualTo(new Directories(
                        Optional.of(List.of("ldap.test4.buypass.no", "ldap.example:1389", "[2001:db8::1]:389")),
                        Map.of(
                                "ldap.test4.buypass.no",
                                URI.create("ldap://127.0.0.1:3890"),
                                "ldap.example",
                                URI.create("ldaps://[::1]")),
                        4,
                        Duration.ofMinutes(2)));
    }

    @Test
    void mistakes_areToldWithTheirPlaces() throws Exception {
        assertThat(written.mistakesIn("""
            directories:
              allow: ["ldap://a.no", "a b", "*.buypass.no", "a.no:0", "a.no:70000", [x], a.no]
              hostMap:
                a.no: "http://127.0.0.1"
                b.no: "ldap://127.0.0.1/dc=no"
                c.no: 127.0.0.1
                "d.no:389": "ldap://127.0.0.1"
                e.no: [f]
              connectionsPerHost: 0
              timeout: 0s
              connections: 3
            """))
                .containsExactly(
                        "5:11: directories.allow: expected host or host:port without a scheme, found 'ldap://a.no'",
                        "5:26: directories.allow: expected host or host:port without a scheme, found 'a b'",
                        "5:33: directories.allow: expected host or host:port without a scheme, found '*.buypass.no'",
                        "5:49: directories.allow: expected host or host:port without a scheme, found 'a.no:0'",
                        "5:59: directories.allow: expected host or host:port without a scheme, found 'a.no:70000'",
                        "5:73: directories.allow: expected one value, found a list",
                        "7:11: directories.hostMap.a.no: expected an address such as ldap://127.0.0.1:3890, found"
                                + " 'http://127.0.0.1'",
                        "8:11: directories.hostMap.b.no: expected an address such as ldap://127.0.0.1:3890, found"
                                + " 'ldap://127.0.0.1/dc=no'",
                        "9:11: directories.hostMap.c.no: expected an address such as ldap://127.0.0.1:3890, found"
                                + " '127.0.0.1'",
                        "10:17: directories.hostMap.d.no:389: expected a host as key, without scheme and port, found"
                                + " 'd.no:389'",
                        "11:11: directories.hostMap.e.no: expected one value, found a list",
                        "12:23: directories.connectionsPerHost: expected a number from 1 to 32, found '0'",
                        "13:12: directories.timeout: expected a time limit from 1ms to 10m, found '0s'",
                        "14:3: directories.connections: unknown key");
    }

    @Test
    void mappedHostThatIsNotAllowed_isWarnedOf() throws Exception {
        assertThat(written.warnings("directories:\n"
                        + "  allow: [a.no, \"B.no:1389\"]\n"
                        + "  hostMap: {A.no: \"ldap://x\", b.no: \"ldap://y\", c.no: \"ldap://z\"}\n"))
                .containsExactly("6:55: directories.hostMap.c.no: directories.allow does not name this host, so that no"
                        + " string may use it");
    }
}
