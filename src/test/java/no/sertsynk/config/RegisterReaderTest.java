package no.sertsynk.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import no.sertsynk.config.Configuration.Cpapi;
import no.sertsynk.config.Configuration.CpapiPaths;
import no.sertsynk.config.Configuration.RegisterSection;
import no.sertsynk.model.Secret;
import org.junit.jupiter.api.Test;

class RegisterReaderTest extends WrittenConfiguration {
    @Test
    void defaults_areTheEnvironmentsOwn() throws Exception {
        RegisterSection production = written.loaded("").register();

        assertThat(production.sources()).containsExactly("soap");
        assertThat(production.cpapi()).isEmpty();
        assertThat(production.url()).isEqualTo(URI.create("https://ws.nhn.no/v1/AR/Basic"));
        assertThat(production.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(written.loaded("environment: test\n").register().url())
                .isEqualTo(URI.create("https://ws-web.test.nhn.no/v1/AR/Basic"));
    }

    @Test
    void everyKey_isMapped() throws Exception {
        written.set("AR_USER", "meg");
        ConfigurationResult result = written.read("""
            register:
              source: file
              soap: {url: "http://127.0.0.1:8080/x", username: "${AR_USER}", passwordFile: password}
              cpapi:
                url: https://cpapi.example
                eventsUrl: https://events.example
                tokenIssuer: https://sts.example
                clientId: a
                jwkFile: key.jwk
                keyId: k
                scope: b
                model: legacy
                paths: {party: "p/{herId}", legacy: "l/{herId}", signing: "s/{herId}", encryption: "e/{herId}"}
                callsInFlight: 3
                callsPerSecond: 4
              file: {path: parties.yaml}
              timeout: 1500ms
            state: state
            """);

        assertThat(((ConfigurationResult.Loaded) result).configuration().register())
                .isEqualTo(new RegisterSection(
                        List.of("file"),
                        URI.create("http://127.0.0.1:8080/x"),
                        "meg",
                        Optional.of(new Secret("hemmelig".toCharArray())),
                        Optional.of(new Cpapi(
                                URI.create("https://cpapi.example"),
                                Optional.of(URI.create("https://events.example")),
                                URI.create("https://sts.example"),
                                "a",
                                folder.resolve("key.jwk"),
                                Optional.of("k"),
                                "b",
                                "legacy",
                                new CpapiPaths(
                                        Optional.of("p/{herId}"),
                                        Optional.of("l/{herId}"),
                                        Optional.of("s/{herId}"),
                                        Optional.of("e/{herId}")),
                                3,
                                4)),
                        Optional.of(folder.resolve("parties.yaml")),
                        Duration.ofMillis(1500)));
    }

    @Test
    void plainHttp_isRefusedBeyondLoopback() throws Exception {
        for (String host : new String[] {"ws.nhn.no", "10.0.0.1", "127.0.0.1.example", "localhost.example", "[::2]"}) {
            assertThat(written.mistakes(soap("url: \"http://" + host + "/x\"")))
                    .containsExactly("1:24: register.soap.url: expected https, since a secret is sent there, found"
                            + " 'http://" + host + "/x'");
        }
    }

    @Test
    void plainHttp_isTakenOnLoopback() throws Exception {
        for (String host : new String[] {"localhost:8080", "127.0.0.1", "127.1.2.3:1", "[::1]:80"}) {
            assertThat(written.read(soap("url: \"http://" + host + "/x\"")))
                    .isInstanceOf(ConfigurationResult.Loaded.class);
        }
    }

    @Test
    void badAddresses_areMistakes() throws Exception {
        for (String url : new String[] {
            "ws.nhn.no/v1",
            "ftp://a.no/",
            "https://a b/",
            "https://me:secret@a.no/",
            "https://a.no:99999/",
            "https:///x"
        }) {
            assertThat(written.mistakes(soap("url: \"" + url + "\"")))
                    .singleElement()
                    .asString()
                    .startsWith("1:24: register.soap.url: expected an address that begins with https:// or http://");
        }
    }

    @Test
    void badTimeouts_areMistakes() throws Exception {
        for (String timeout : new String[] {"10", "-1s", "ten", "1.5s", "P1X", "1w", "''", "9999999999s"}) {
            assertThat(written.mistakes("register:\n  timeout: " + timeout + "\n  soap: {username: demo,"
                            + " passwordFile: password}\nstate: x\n"))
                    .singleElement()
                    .asString()
                    .startsWith("2:12: register.timeout: expected a duration such as 10s");
        }
        for (String timeout : new String[] {"0s", "0ms", "11m", "PT0S"}) {
            assertThat(written.mistakes("register:\n  timeout: " + timeout + "\n  soap: {username: demo,"
                            + " passwordFile: password}\nstate: x\n"))
                    .containsExactly(
                            "2:12: register.timeout: expected a time limit from 1ms to 10m, found '" + timeout + "'");
        }
    }

    @Test
    void typosInSourcesOfLaterUse_areToldToo() throws Exception {
        assertThat(written.mistakes("""
            register:
              soap: {username: demo, passwordFile: password}
              cpapi: {url: "http://cp.example", clientID: a}
              file: {paht: x}
            state: x
            """))
                .containsExactly(
                        "3:16: register.cpapi.url: expected https, since a secret is sent there, found"
                                + " 'http://cp.example'",
                        "3:37: register.cpapi.clientID: unknown key; did you mean 'clientId'?",
                        "4:10: register.file.paht: unknown key; did you mean 'path'?");
    }

    @Test
    void sources_areOneOrAList() throws Exception {
        String more = ", soap: {username: demo, passwordFile: password}, cpapi: {clientId: a, jwkFile: k}}\nstate: x\n";
        assertThat(written.read("register: {source: [cpapi, soap]" + more))
                .isInstanceOfSatisfying(
                        ConfigurationResult.Loaded.class,
                        loaded -> assertThat(loaded.configuration().register().sources())
                                .containsExactly("cpapi", "soap"));
        assertThat(written.mistakes("register: {source: [cpapi, sope, cpapi]" + more))
                .containsExactly(
                        "1:28: register.source: expected one of soap, cpapi, file, found 'sope'",
                        "1:34: register.source: expected each source once, found cpapi again");
        assertThat(written.mistakes("register: {source: []" + more))
                .containsExactly("1:20: register.source: expected at least one source, found none");
    }

    @Test
    void cpapi_needsAClientAndItsKeyAndHasTheEnvironmentsDefaults() throws Exception {
        assertThat(written.mistakes("environment: test\nregister: {source: cpapi}\nstate: x\n"))
                .containsExactly(
                        "2:11: register.cpapi.clientId: expected this key, found none",
                        "2:11: register.cpapi.jwkFile: expected this key, found none");
        assertThat(written.read(
                        "environment: test\nregister: {source: cpapi, cpapi: {clientId: a, jwkFile: k}}\nstate: x\n"))
                .isInstanceOfSatisfying(ConfigurationResult.Loaded.class, loaded -> {
                    Cpapi cpapi = loaded.configuration().register().cpapi().orElseThrow();
                    assertThat(cpapi.url()).isEqualTo(URI.create("https://cpapi.test.grunndata.nhn.no"));
                    assertThat(cpapi.tokenIssuer()).isEqualTo(URI.create("https://helseid-sts.test.nhn.no"));
                    assertThat(cpapi.scope()).isEqualTo("nhn:cp-api/access-v2-dpop");
                    assertThat(cpapi.model()).isEqualTo("simplified");
                });
        assertThat(written.mistakes("register: {source: cpapi, cpapi: {clientId: a, jwkFile: k, paths: {party: /x}}}\n"
                        + "state: x\n"))
                .containsExactly("1:75: register.cpapi.paths.party: expected a path below register.cpapi.url with"
                        + " {herId} in it, found '/x'");
    }

    private static String soap(String more) {
        return "register: {soap: {" + more + ", username: demo, passwordFile: password}}\nstate: x\n";
    }
}
