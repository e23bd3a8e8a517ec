package no.sertsynk.register.rest;

import static no.sertsynk.register.rest.RestFixture.HER_ID;
import static no.sertsynk.register.rest.RestFixture.NUMBER;
import static no.sertsynk.register.rest.RestFixture.STRING;
import static no.sertsynk.register.rest.RestFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import no.sertsynk.SharedData;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.register.CommunicationParty;
import no.sertsynk.register.OwnCertificates;
import no.sertsynk.register.Register;
import no.sertsynk.register.RegisterException;
import no.sertsynk.register.rest.CpapiSettings.Model;
import no.sertsynk.register.rest.CpapiSettings.Paths;
import no.sertsynk.sandbox.Sandbox;
import no.sertsynk.sandbox.Sandbox.Pair;
import no.sertsynk.sandbox.SandboxAuthority;
import no.sertsynk.sandbox.SandboxRegisterParty;
import no.sertsynk.sandbox.SandboxRestFault;
import no.sertsynk.sandbox.SandboxRestFault.ExpiredToken;
import no.sertsynk.sandbox.SandboxRestFault.Garbage;
import no.sertsynk.sandbox.SandboxRestFault.Hang;
import no.sertsynk.sandbox.SandboxRestFault.NonceChallenge;
import no.sertsynk.sandbox.SandboxRestFault.Oversize;
import no.sertsynk.sandbox.SandboxRestFault.Slow;
import no.sertsynk.sandbox.SandboxRestFault.Status;
import no.sertsynk.sandbox.SandboxRestFault.Truncated;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Look-ups of an API on loopback, right and wrong. */
class CpapiRegisterTest {
    private static final Instant BEGUN = Instant.now().minus(Duration.ofDays(30));

    @SuppressWarnings("NullAway.Init")
    private static Pair pair;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private RestFixture world;

    @BeforeAll
    static void issue() {
        pair = Sandbox.issuePair(
                SandboxAuthority.create("Sandkasse Class 3", Instant.now(), Optional.empty()),
                "Legekontoret",
                NUMBER,
                BEGUN);
    }

    @BeforeEach
    void start() throws Exception {
        world = new RestFixture(folder);
        world.sandbox.put(party());
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static SandboxRegisterParty party() {
        return SandboxRegisterParty.organization(HER_ID, "Legekontoret", NUMBER)
                .withLdapString(STRING)
                .withCertificate(Purpose.ENCRYPTION, pair.encryption())
                .withCertificate(Purpose.SIGNATURE, pair.signature());
    }

    @Test
    void simplifiedModel_carriesItsCertificatesAndNoString() throws Exception {
        CommunicationParty party = world.open().lookUp(HER_ID);

        assertThat(party.name()).isEqualTo("Legekontoret");
        assertThat(party.organizationNumber()).contains(NUMBER);
        assertThat(party.active()).isTrue();
        assertThat(party.ldapStrings()).isEmpty();
        assertThat(party.certificates()).containsExactly(pair.encryption(), pair.signature());
        assertThat(world.sandbox.calls()).isEqualTo(3);
        assertThat(world.sandbox.lastUserAgent()).isEqualTo("sertsynk/test");
    }

    @Test
    void legacyModel_carriesTheStringInOneCall() throws Exception {
        world.model = Model.LEGACY;
        world.sandbox.put(party().withAnnouncedLdapString("ldap://b", BEGUN.plus(Duration.ofDays(90))));
        CommunicationParty party = world.open().lookUp(HER_ID);

        assertThat(party.ldapStrings()).extracting("text").containsExactly(STRING);
        assertThat(party.announced()).extracting("text").containsExactly("ldap://b");
        assertThat(party.organizationNumber()).contains(NUMBER);
        assertThat(party.certificates()).isEmpty();
        assertThat(world.sandbox.calls()).isEqualTo(1);
    }

    @Test
    void service_hasItsParentsNumber() throws Exception {
        world.sandbox.put(SandboxRegisterParty.service(HER_ID, "Tjeneste", NUMBER)
                .withCertificate(Purpose.ENCRYPTION, pair.encryption()));
        for (Model model : Model.values()) {
            world.model = model;
            CommunicationParty party = world.open().lookUp(HER_ID);
            assertThat(party.organizationNumber()).isEmpty();
            assertThat(party.parentOrganizationNumber()).contains(NUMBER);
        }
    }

    @Test
    void endedParty_isNotActiveInEitherModel() throws Exception {
        world.sandbox.put(party().endedAt(BEGUN));
        for (Model model : Model.values()) {
            world.model = model;
            assertThat(world.open().lookUp(HER_ID).active())
                    .as(model.toString())
                    .isFalse();
        }
    }

    @Test
    void ownCertificates_areAskedForByPurpose() throws Exception {
        OwnCertificates own = world.open().ownCertificates(HER_ID);
        assertThat(own.encryption()).contains(pair.encryption());
        assertThat(own.signature()).contains(pair.signature());

        world.sandbox.put(SandboxRegisterParty.organization(HER_ID, "Uten", NUMBER));
        assertThat(world.open().ownCertificates(HER_ID).isEmpty()).isTrue();
    }

    @Test
    void unknownParty_isToldAsSuch() {
        world.sandbox.remove(HER_ID);

        RegisterException failure = failure(world.open());

        assertThat(failure.reason().code()).isEqualTo(ReasonCode.PARTY_UNKNOWN);
        assertThat(failure.reason().message()).contains("8094866", "test or production");
    }

    @Test
    void realMessages_areRead() throws Exception {
        Path data = SharedData.path("adresseregisteret/cpapi");
        world.sandbox.putRecording(
                "/communicationparty/79768", Files.readAllBytes(data.resolve("NavCommunicationParty.json")));
        world.sandbox.putRecording("/certificate/79768/signing", Files.readAllBytes(data.resolve("NavSignCert.json")));
        world.sandbox.putRecording(
                "/certificate/79768/encryption", Files.readAllBytes(data.resolve("NavEncryptCert.json")));
        world.sandbox.putRecording(
                "/communicationparty/8141705/legacy",
                Files.readAllBytes(data.resolve("legacy-model-CommunicationDetailsRest_8141705.json")));

        CommunicationParty nav = world.open().lookUp(new HerId(79768));
        assertThat(nav.name()).isEqualTo("NAV");
        assertThat(nav.organizationNumber()).contains(new OrganizationNumber("990983291"));
        assertThat(nav.certificates()).hasSize(2);
        world.model = Model.LEGACY;
        CommunicationParty service = world.open().lookUp(new HerId(8141705));
        assertThat(service.name()).isEqualTo("Allmennlege");
        assertThat(service.parentOrganizationNumber()).contains(new OrganizationNumber("999988891"));
        assertThat(service.active()).isTrue();
        assertThat(service.ldapStrings()).hasSize(1).first().satisfies(string -> {
            assertThat(string.inherited()).isTrue();
            assertThat(string.text()).startsWith("ldap://ldap.test4.buypass.no/");
        });
    }

    private void record(String json) {
        world.sandbox.putRecording("/communicationparty/" + HER_ID, json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void answersThatAreNotWhatWasAskedFor_areRefused() {
        for (String json : List.of(
                "[]",
                "{}",
                "null",
                "{\"herId\":5}",
                "{\"herId\":\"x\"}",
                "{\"herId\":8094866} {}",
                "{\"herId\":8094866,\"organizationDetails\":{\"organizationNumber\":\"abc\"}}",
                "{\"herId\":8094866,\"x\":" + "[".repeat(100) + "]".repeat(100) + "}")) {
            record(json);
            RegisterException failure = failure(world.open());
            assertThat(failure.reason().code()).as(json).isEqualTo(ReasonCode.REGISTER_UNAVAILABLE);
            assertThat(failure.reason().message()).as(json).contains("the register at 127.0.0.1:");
        }
    }

    @Test
    void membersOfOtherKindsAndOtherCase_arePassedOver() throws Exception {
        record("{\"HERID\":8094866,\"Name\":\"X\",\"displayName\":null,\"type\":[1],\"validTo\":{\"a\":[]},"
                + "\"electronicAddresses\":\"none\",\"new\":{\"a\":[{}]}}");

        assertThat(world.open().lookUp(HER_ID).name()).isEqualTo("X");
    }

    @Test
    void certificateThatIsNotThatOfItsThumbprint_isRefused() {
        world.sandbox.putRecording(
                "/certificate/" + HER_ID + "/encryption",
                ("{\"thumbprint\":\"00AA\",\"certificateValue\":\""
                                + java.util.Base64.getEncoder()
                                        .encodeToString(pair.encryption().der()) + "\"}")
                        .getBytes(StandardCharsets.UTF_8));

        RegisterException failure = failure(world.open());

        assertThat(failure.reason().code()).isEqualTo(ReasonCode.MALFORMED_CERTIFICATE);
        assertThat(failure.reason().message()).contains("00AA");
    }

    @Test
    void troubleThatPasses_isOvercome() throws Exception {
        for (SandboxRestFault fault : List.of(
                new Status(503, Optional.of("2")),
                new Status(429, Optional.empty()),
                new Truncated(),
                new NonceChallenge(),
                new ExpiredToken(),
                new Slow(Duration.ofMillis(20)))) {
            world.pauses.clear();
            world.sandbox.failNext(1, fault);
            assertThat(world.open().lookUp(HER_ID).certificates())
                    .as(fault.toString())
                    .hasSize(2);
            if (fault instanceof Status(int code, var after) && after.isPresent()) {
                assertThat(world.pauses).containsExactly(Duration.ofSeconds(2));
            }
        }
    }

    @Test
    void troubleThatStays_isTold() {
        for (SandboxRestFault fault : List.of(
                new Status(500, Optional.empty()),
                new Status(503, Optional.empty()),
                new Status(302, Optional.empty()),
                new Status(403, Optional.empty()),
                new Truncated(),
                new Garbage(),
                new ExpiredToken(),
                new Oversize(6_000_000))) {
            world.sandbox.fail(fault);
            RegisterException failure = failure(world.open());
            assertThat(failure.reason().code())
                    .as(fault.toString())
                    .isEqualTo(fault instanceof Oversize ? ReasonCode.LIMIT_EXCEEDED : ReasonCode.REGISTER_UNAVAILABLE);
            assertThat(failure.isFatal())
                    .as(fault.toString())
                    .isEqualTo(fault instanceof ExpiredToken || fault.equals(new Status(403, Optional.empty())));
        }
    }

    @Test
    void apiThatHangs_isGivenUpInTime() {
        world.sandbox.fail(new Hang());
        world.timeout = Duration.ofMillis(300);

        assertThat(failure(world.open()).reason().message()).contains("no whole answer within");
    }

    @Test
    void unchangedAnswers_areNotSentAgain() throws Exception {
        CpapiSession session = world.session();
        world.open(session).lookUp(HER_ID);
        CommunicationParty again = world.open(session).lookUp(HER_ID);
        assertThat(again.certificates()).hasSize(2);
        assertThat(world.sandbox.notModified()).isEqualTo(3);

        world.sandbox.put(party().withDisplayName("Nytt navn"));
        assertThat(world.open(session).lookUp(HER_ID).name()).isEqualTo("Nytt navn");
    }

    @Test
    void callsInFlight_areBounded() throws Exception {
        world.sandbox.fail(new Slow(Duration.ofMillis(20)));
        Register register = world.open();
        List<Future<CommunicationParty>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                answers.add(threads.submit(() -> register.lookUp(HER_ID)));
            }
        }
        for (Future<CommunicationParty> answer : answers) {
            assertThat(answer.get().certificates()).hasSize(2);
        }

        assertThat(world.sandbox.mostCallsAtOnce()).isBetween(2, 4);
    }

    @Test
    void address_isTakenAsItIsUnlessItHasNoPath() {
        assertThat(base("https://a.example")).isEqualTo("https://a.example/api/v1/");
        assertThat(base("https://a.example/")).isEqualTo("https://a.example/api/v1/");
        assertThat(base("https://a.example/x/v2")).isEqualTo("https://a.example/x/v2/");
    }

    private static String base(String url) {
        return new CpapiSettings(
                        URI.create(url),
                        Model.LEGACY,
                        Paths.DEFAULT,
                        new TokenSettings(
                                URI.create("https://sts.example"),
                                "a",
                                Path.of("a"),
                                Optional.empty(),
                                "s",
                                Duration.ofSeconds(1)),
                        Duration.ofSeconds(1),
                        1,
                        1,
                        no.sertsynk.register.wire.Network.direct("x"),
                        java.time.Clock.systemUTC())
                .base()
                .toString();
    }
}
