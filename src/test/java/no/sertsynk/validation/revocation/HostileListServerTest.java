package no.sertsynk.validation.revocation;

import static no.sertsynk.validation.revocation.RevocationPki.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import no.sertsynk.sandbox.SandboxFault;
import no.sertsynk.validation.revocation.RevocationStatus.Good;
import no.sertsynk.validation.revocation.RevocationStatus.Revoked;
import no.sertsynk.validation.revocation.RevocationStatus.Unknown;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that are broken or mean no well, on real sockets. */
class HostileListServerTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private RevocationFixture fixture;

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private X509Certificate leaf;

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private byte[] list;

    @BeforeEach
    void start() throws Exception {
        fixture = new RevocationFixture(folder);
        leaf = fixture.pki.leaf(RevocationPki.points(fixture.url("/a.crl")));
        list = fixture.pki.list(7, NOW.minus(Duration.ofHours(1)), Map.of());
        fixture.server.put("/a.crl", list);
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(new SandboxFault.Endless(), "more than the 33554432 bytes allowed"),
                Arguments.of(new SandboxFault.SlowDrip(Duration.ofMillis(100)), "no whole answer within"),
                Arguments.of(new SandboxFault.Hang(), "no whole answer within"),
                Arguments.of(
                        new SandboxFault.Redirect(URI.create("http://localhost:1/")), "localhost:1 is not allowed"),
                Arguments.of(new SandboxFault.Redirect(URI.create("file:///etc/passwd")), "the scheme of"),
                Arguments.of(new SandboxFault.Truncated(), "cut off"),
                Arguments.of(new SandboxFault.Disconnect(), "cut off"),
                Arguments.of(new SandboxFault.Garbage(42), "no revocation list"),
                Arguments.of(new SandboxFault.HugeHeader(1024 * 1024), "header"),
                Arguments.of(new SandboxFault.Status(500), "HTTP 500"),
                Arguments.of(new SandboxFault.Status(404), "HTTP 404"),
                Arguments.of(new SandboxFault.Status(304), "HTTP 304"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void faultyServer_leavesItUnknownAndSaysWhy(SandboxFault fault, String told) {
        if (fault instanceof SandboxFault.SlowDrip || fault instanceof SandboxFault.Hang) {
            fixture.beImpatient();
        }
        fixture.server.setFault(fault);

        assertThat(fixture.status(leaf))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(String.join("; ", unknown.why()))
                                .containsIgnoringCase(told)
                                .contains(fixture.url("/a.crl")));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void faultyServer_takesNothingFromTheKeptList(SandboxFault fault, String told) {
        assertThat(fixture.status(leaf)).isInstanceOf(Good.class);
        if (fault instanceof SandboxFault.SlowDrip || fault instanceof SandboxFault.Hang) {
            fixture.beImpatient();
        }
        fixture.server.setFault(fault);

        assertThat(fixture.status(leaf))
                .isInstanceOfSatisfying(
                        Good.class,
                        good -> assertThat(good.evidence())
                                .singleElement()
                                .satisfies(
                                        evidence -> assertThat(evidence.text()).contains(fixture.url("/a.crl"))));
    }

    @Test
    void redirectToAnAllowedHost_isFollowed() {
        fixture.server.put("/b.crl", list);
        try (var other = startWith("/b.crl")) {
            fixture.server.setFault(new SandboxFault.Redirect(URI.create(other.url() + "/b.crl")));

            assertThat(fixture.status(leaf)).isInstanceOf(Good.class);
        }
    }

    private no.sertsynk.sandbox.SandboxCrlServer startWith(String path) {
        try {
            var server = no.sertsynk.sandbox.SandboxCrlServer.start();
            server.put(path, list);
            return server;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void redirectInARing_ends() {
        fixture.server.setFault(new SandboxFault.Redirect(URI.create(fixture.url("/a.crl"))));

        assertThat(fixture.status(leaf))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.why().getFirst()).contains("more than 3 redirects"));
    }

    @Test
    void listOfAnotherIssuer_isNotUsed() throws Exception {
        RevocationPki other = new RevocationPki("CN=Other");
        fixture.server.put("/a.crl", other.list(9, NOW, Map.of()));

        assertThat(fixture.status(leaf))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.why().getFirst()).contains("another issuer, CN=Other"));
    }

    @Test
    void listWithABrokenSignature_isNotUsed() throws Exception {
        byte[] broken = list.clone();
        broken[broken.length - 1] ^= 1;
        fixture.server.put("/a.crl", broken);

        assertThat(fixture.status(leaf))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.why().getFirst()).contains("no key of CN=Authority has signed"));
    }

    @Test
    void replayedOlderList_doesNotReplaceTheNewer() throws Exception {
        BigInteger serial = leaf.getSerialNumber();
        fixture.server.put("/a.crl", fixture.pki.list(8, NOW, Map.of(serial, RevocationPki.KEY_COMPROMISE)));
        assertThat(fixture.status(leaf)).isInstanceOf(Revoked.class);
        fixture.server.put("/a.crl", list);

        assertThat(fixture.status(leaf)).isInstanceOf(Revoked.class);
        assertThat(fixture.cache.lists())
                .singleElement()
                .satisfies(
                        kept -> assertThat(kept.header().number().orElseThrow()).isEqualTo(8));
    }

    @Test
    void manyAddresses_areTriedInOrderUntilOneAnswers() throws Exception {
        X509Certificate two = fixture.pki.leaf(RevocationPki.points(fixture.url("/gone.crl"), fixture.url("/a.crl")));

        assertThat(fixture.status(two)).isInstanceOf(Good.class);
    }

    @Test
    void forbiddenHost_isNotAsked() throws Exception {
        X509Certificate elsewhere = fixture.pki.leaf(RevocationPki.points("http://crl.example.test/a.crl"));

        assertThat(fixture.status(elsewhere))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.why().getFirst())
                                .contains("crl.example.test is not allowed")
                                .contains("revocation.allow"));
        assertThat(fixture.server.requests()).isZero();
    }
}
