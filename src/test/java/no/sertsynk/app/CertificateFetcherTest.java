package no.sertsynk.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.Attribute;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import no.sertsynk.directory.DirectoryPolicy;
import no.sertsynk.directory.DirectorySettings;
import no.sertsynk.directory.LdapValues;
import no.sertsynk.validation.fetch.AllowedHosts;
import no.sertsynk.validation.fetch.Fetcher.Answer;
import no.sertsynk.validation.fetch.Fetcher.Request;
import no.sertsynk.validation.fetch.HttpFetcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** LDAP distribution points as SEID v1 certificates have them, against a directory on loopback. */
class CertificateFetcherTest {
    private static final String BASE = "dc=Buypass,dc=NO,CN=Buypass Class 3 Test4 CA 3";
    private static final String POINT =
            "/dc=Buypass,dc=NO,CN=Buypass%20Class%203%20Test4%20CA%203?certificateRevocationList";
    private static final byte[] LIST = {0x30, 3, 2, 1, 0};

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private InMemoryDirectoryServer directory;

    @BeforeEach
    void start() throws Exception {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
        config.setSchema(null);
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPConfig("ldap", InetAddress.getLoopbackAddress(), 0, null));
        directory = new InMemoryDirectoryServer(config);
        directory.startListening();
    }

    @AfterEach
    void stop() {
        directory.shutDown(true);
    }

    private void publish(String attribute, byte[] value) throws Exception {
        directory.add(BASE, new Attribute("objectClass", "cRLDistributionPoint"), new Attribute(attribute, value));
    }

    private Answer fetch(String address, List<String> named, Map<String, URI> hostMap, int maxBytes) {
        AllowedHosts allowed = AllowedHosts.of(Optional.of("test"), named);
        DirectorySettings settings = new DirectorySettings(
                new DirectoryPolicy(List.of(), hostMap), 1, Duration.ofMillis(700), Optional.empty());
        try (CertificateFetcher fetcher = new CertificateFetcher(
                new HttpFetcher(allowed, Duration.ofSeconds(5), Optional.empty(), Optional.empty()),
                new LdapValues(settings),
                allowed)) {
            return fetcher.fetch(Request.get(URI.create(address), maxBytes));
        }
    }

    private Answer fetchHere(int maxBytes) {
        return fetch("ldap://127.0.0.1:" + directory.getListenPort() + POINT, List.of("127.0.0.1"), Map.of(), maxBytes);
    }

    private static void assertFailure(Answer answer, String told) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Failure.class,
                        failure -> assertThat(failure.why()).contains(told));
    }

    @ParameterizedTest
    @ValueSource(strings = {"certificateRevocationList;binary", "certificateRevocationList"})
    void list_isReadWithAndWithoutTheBinaryOption(String attribute) throws Exception {
        publish(attribute, LIST);

        assertThat(fetchHere(1000))
                .isInstanceOfSatisfying(
                        Answer.Content.class,
                        content -> assertThat(content.bytes()).isEqualTo(LIST));
    }

    @Test
    void knownHost_isReachedWhereTheHostMapSays() throws Exception {
        publish("certificateRevocationList;binary", LIST);

        Answer answer = fetch(
                "ldap://ldap.test4.buypass.no" + POINT,
                List.of(),
                Map.of("ldap.test4.buypass.no", URI.create("ldap://127.0.0.1:" + directory.getListenPort())),
                1000);

        assertThat(answer).isInstanceOf(Answer.Content.class);
    }

    @Test
    void hostThatIsNotAllowed_isNotAsked() {
        assertFailure(fetch("ldap://ldap.example.test" + POINT, List.of(), Map.of(), 1000), "is not allowed");
    }

    @Test
    void entryThatIsNotThere_isToldSo() {
        assertFailure(fetchHere(1000), "has no such value");
    }

    @Test
    void answerBeyondTheBytesAllowed_isRefused() throws Exception {
        publish("certificateRevocationList;binary", new byte[5000]);

        assertThat(fetchHere(1000)).isInstanceOf(Answer.Failure.class);
    }

    @Test
    void directoryThatTakesTheQuestionAndIsSilent_isGivenUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertFailure(
                    fetch("ldap://127.0.0.1:" + silent.getLocalPort() + POINT, List.of("127.0.0.1"), Map.of(), 1000),
                    "no whole answer within");
        }
    }

    @Test
    void directoryThatIsNotThere_isToldSo() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        assertFailure(fetch("ldap://127.0.0.1:" + port + POINT, List.of("127.0.0.1"), Map.of(), 1000), "no connection");
    }
}
