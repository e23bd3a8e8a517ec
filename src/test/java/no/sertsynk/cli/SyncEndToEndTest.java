package no.sertsynk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.sandbox.Sandbox;
import no.sertsynk.sandbox.Sandbox.Pair;
import no.sertsynk.sandbox.SandboxAuthority;
import no.sertsynk.sandbox.SandboxAuthority.Order;
import no.sertsynk.sandbox.SandboxDirectory;
import no.sertsynk.sandbox.SandboxRegisterParty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program against real servers on loopback; each kind of bad input beside a healthy party. */
class SyncEndToEndTest {
    private static final HerId GOOD = new HerId(1001);
    private static final HerId BAD = new HerId(1002);
    private static final OrganizationNumber GOOD_NUMBER = new OrganizationNumber("911111111");
    private static final OrganizationNumber BAD_NUMBER = new OrganizationNumber("922222222");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final Clock clock = Clock.systemUTC();
    private final Instant begun = clock.instant().minus(Duration.ofDays(30));

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private ProgramFixture program;

    @SuppressWarnings("NullAway.Init")
    private Pair good;

    @BeforeEach
    void start() throws Exception {
        program = new ProgramFixture(folder, clock);
        Sandbox sandbox = program.sandbox;
        good = sandbox.publishPair("God", GOOD_NUMBER, begun);
        sandbox.register(GOOD, "God", GOOD_NUMBER, good.encryption(), good.signature());
        sandbox.configure(List.of(GOOD, BAD));
    }

    @AfterEach
    void stop() {
        program.close();
    }

    private Set<String> aliases() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("dit.p12"))) {
            store.load(in, "sandkasse".toCharArray());
        }
        return new TreeSet<>(Collections.list(store.aliases()));
    }

    private void expectRejected(int code, String reason) throws Exception {
        assertThat(program.run("sync", "--json")).as(program.out()).isEqualTo(code);
        assertThat(program.out()).contains("\"code\":\"" + reason + "\"");
        assertThat(aliases()).contains("her-1001-encryption", "her-1001-signature");
    }

    private PartnerCertificate issue(Order order) throws Exception {
        PartnerCertificate certificate = program.sandbox.authority().issue(order);
        program.sandbox.publish(certificate);
        return certificate;
    }

    private Order order(int usage) {
        return Order.of("Annen", BAD_NUMBER, usage, begun);
    }

    private void registerBad(PartnerCertificate... named) {
        program.sandbox.register(BAD, "Annen", BAD_NUMBER, named);
    }

    @Test
    void unknownParty_isToldAndTheOtherInstalled() throws Exception {
        expectRejected(1, "PARTY_UNKNOWN");
    }

    @Test
    void inactiveParty_isTold() throws Exception {
        program.sandbox
                .register()
                .put(SandboxRegisterParty.organization(BAD, "Annen", BAD_NUMBER).endedAt(begun));
        expectRejected(1, "PARTY_INACTIVE");
    }

    @Test
    void partyWithoutString_isTold() throws Exception {
        program.sandbox.register().put(SandboxRegisterParty.organization(BAD, "Annen", BAD_NUMBER));
        expectRejected(1, "LDAP_STRING_MISSING");
    }

    @Test
    void malformedString_isTold() throws Exception {
        program.sandbox
                .register()
                .put(SandboxRegisterParty.organization(BAD, "Annen", BAD_NUMBER).withLdapString("ldap://CN=foo"));
        expectRejected(1, "LDAP_STRING_MALFORMED");
    }

    @Test
    void hostThatIsNotAllowed_isNotAsked() throws Exception {
        program.sandbox
                .register()
                .put(SandboxRegisterParty.organization(BAD, "Annen", BAD_NUMBER)
                        .withLdapString("ldap://127.0.0.1/dc=no?userCertificate?sub?(cn=a)"));
        expectRejected(1, "HOST_NOT_ALLOWED");
    }

    @Test
    void missingEntry_isTold() throws Exception {
        registerBad(program.sandbox.authority().issue(order(SandboxAuthority.ENCRYPTION_USAGE)));
        expectRejected(1, "ENTRY_NOT_FOUND");
    }

    @Test
    void garbageInTheDirectory_isMalformed() throws Exception {
        PartnerCertificate named = program.sandbox.authority().issue(order(SandboxAuthority.ENCRYPTION_USAGE));
        program.sandbox
                .directory()
                .publishGarbage(
                        SandboxDirectory.BUYPASS_G2,
                        new byte[] {1, 2, 3},
                        named.serial().toString());
        registerBad(named);
        expectRejected(1, "MALFORMED_CERTIFICATE");
    }

    @Test
    void expiredCertificate_isRejected() throws Exception {
        registerBad(issue(order(SandboxAuthority.ENCRYPTION_USAGE).until(begun.plus(Duration.ofDays(1)))));
        expectRejected(1, "EXPIRED");
    }

    @Test
    void certificateOfTheFuture_waitsAndIsInstalledAtItsTime() throws Exception {
        Instant later = clock.instant().plus(Duration.ofDays(2));
        Pair next = program.sandbox.publishPair("God", GOOD_NUMBER, later);
        program.sandbox.register(
                GOOD, "God", GOOD_NUMBER, good.encryption(), good.signature(), next.encryption(), next.signature());
        program.sandbox.configure(List.of(GOOD));

        assertThat(program.run("sync", "--json")).as(program.out()).isZero();
        assertThat(program.out()).contains("\"role\":\"next\",\"action\":\"wait\"");
        assertThat(aliases()).hasSize(2);

        Instant after = later.plus(Duration.ofHours(1));
        assertThat(program.run("plan", "--at", after.toString(), "--exit-code", "--json"))
                .as(program.out())
                .isIn(1, 10);
        assertThat(program.out()).contains("\"dryRun\":true");
    }

    @Test
    void revokedCertificate_isRemoved() throws Exception {
        Pair other = program.sandbox.publishPair("Annen", BAD_NUMBER, begun);
        registerBad(other.encryption(), other.signature());
        assertThat(program.run("sync")).as(program.out()).isZero();
        assertThat(aliases()).hasSize(4);

        program.sandbox.authority().revoke(other.encryption(), false);

        expectRejected(1, "REVOKED");
        assertThat(aliases())
                .as(program.out())
                .doesNotContain("her-1002-encryption")
                .contains("her-1002-signature");
    }

    @Test
    void wrongOrganization_isRejectedOnceAnotherIsRemembered() throws Exception {
        Pair other = program.sandbox.publishPair("Annen", BAD_NUMBER, begun);
        registerBad(other.encryption(), other.signature());
        assertThat(program.run("sync")).isZero();

        Pair foreign =
                program.sandbox.publishPair("Fremmed", new OrganizationNumber("933333333"), begun.plusSeconds(60));
        registerBad(foreign.encryption(), foreign.signature());

        expectRejected(1, "WRONG_ORGANIZATION");
        assertThat(program.run("sync", "--accept-organization", "933333333"))
                .as(program.out())
                .isZero();
    }

    @Test
    void wrongKeyUsage_isRejected() throws Exception {
        registerBad(issue(order(SandboxAuthority.AUTHENTICATION_USAGE)));
        expectRejected(1, "WRONG_KEY_USAGE");
    }

    @Test
    void authorityOfTheSameName_isNotTrusted() throws Exception {
        SandboxAuthority forger = SandboxAuthority.create("Sandkasse Class 3", clock.instant(), Optional.empty());
        PartnerCertificate forged = forger.issue(order(SandboxAuthority.ENCRYPTION_USAGE));
        program.sandbox.publish(forged);
        registerBad(forged);
        expectRejected(1, "UNTRUSTED");
    }

    @Test
    void weakKey_isRejected() throws Exception {
        registerBad(issue(order(SandboxAuthority.ENCRYPTION_USAGE).withRsaBits(1024)));
        expectRejected(1, "WEAK_KEY");
    }

    @Test
    void revocationListThatIsGone_leavesTheQuestionOpenAndChangesNothing() throws Exception {
        program.sandbox.configure(List.of(GOOD));
        assertThat(program.run("sync")).isZero();
        program.sandbox.lists().setDown(true);
        assertThat(program.run("sync")).as("the last list counts").isZero();
        try (var kept = Files.list(folder.resolve("state/revocation"))) {
            for (Path file : kept.toList()) {
                Files.delete(file);
            }
        }

        expectRejected(1, "REVOCATION_UNKNOWN");
    }

    @Test
    void dryRun_keepsNoRevocationList() throws Exception {
        program.sandbox.configure(List.of(GOOD));

        assertThat(program.run("plan")).isZero();

        assertThat(folder.resolve("state")).doesNotExist();
    }

    @Test
    void directoryThatIsDown_changesNothing() throws Exception {
        program.sandbox.configure(List.of(GOOD));
        assertThat(program.run("sync")).isZero();
        program.sandbox.directory().close();

        expectRejected(1, "DIRECTORY_UNAVAILABLE");
    }

    @Test
    void registerThatIsDown_stopsTheRun() throws Exception {
        program.sandbox.configure(List.of(GOOD));
        assertThat(program.run("sync")).isZero();
        program.sandbox.register().close();

        expectRejected(3, "REGISTER_UNAVAILABLE");
        assertThat(program.out()).contains("\"stopped\":{\"code\":\"REGISTER_UNAVAILABLE\"");
    }

    @Test
    void wrongKeystorePassword_failsThatKeystoreAlone() throws Exception {
        program.sandbox.configure(List.of(GOOD));
        assertThat(program.run("sync")).isZero();
        byte[] before = Files.readAllBytes(folder.resolve("dit.p12"));
        Files.writeString(folder.resolve("other"), "other");
        Path file = folder.resolve("sertsynk.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("type: PKCS12, passwordFile: password", "type: PKCS12, passwordFile: other"));

        assertThat(program.run("sync", "--json")).isEqualTo(1);
        assertThat(program.out()).contains("KEYSTORE_FAILED").contains("\"outcome\":\"failed\"");
        assertThat(Files.readAllBytes(folder.resolve("dit.p12"))).isEqualTo(before);
    }

    @Test
    void secondRun_changesNothing() throws Exception {
        program.sandbox.configure(List.of(GOOD));
        assertThat(program.run("plan", "--exit-code")).isEqualTo(10);
        assertThat(folder.resolve("dit.p12")).doesNotExist();
        assertThat(program.run("sync")).isZero();
        FileTime before = Files.getLastModifiedTime(folder.resolve("dit.p12"));

        assertThat(program.run("sync", "--json")).isZero();
        assertThat(program.out()).contains("\"outcome\":\"unchanged\"").contains("\"changed\":false");
        assertThat(Files.getLastModifiedTime(folder.resolve("dit.p12"))).isEqualTo(before);
        assertThat(program.run("plan", "--exit-code")).isZero();
        assertThat(program.run("status", "--json")).isZero();
        assertThat(program.out()).contains("\"daysLeft\":10");
        assertThat(program.run("history")).isZero();
        assertThat(program.out()).contains("add").contains("her-1001-encryption");
    }

    @Test
    void announcedCertificate_isShownWithTheTimeAtWhichItTakesOver() throws Exception {
        program.sandbox.configure(List.of(GOOD));
        Instant from = clock.instant().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        Pair renewed = program.sandbox.publishPair("God", GOOD_NUMBER, begun.plus(Duration.ofDays(20)));
        program.sandbox
                .register()
                .put(SandboxRegisterParty.organization(GOOD, "God", GOOD_NUMBER)
                        .withLdapString(Sandbox.ldapString(good.encryption(), good.signature()))
                        .withAnnouncedLdapString(Sandbox.ldapString(renewed.encryption(), renewed.signature()), from));

        assertThat(program.run("sync")).as(program.out()).isZero();
        assertThat(program.run("status", "--json")).isZero();
        assertThat(program.out())
                .contains("\"what\":\"certificate " + renewed.encryption().serial() + " becomes current\",\"at\":\""
                        + from + "\"");
        assertThat(program.run("plan", "--at", from.plusSeconds(1).toString())).isZero();
        assertThat(program.out()).contains("promote");
    }

    @Test
    void renewal_keepsTheOldOneBesideTheNew() throws Exception {
        program.sandbox.configure(List.of(GOOD));
        assertThat(program.run("sync")).isZero();
        Pair renewed = program.sandbox.publishPair("God", GOOD_NUMBER, begun.plus(Duration.ofDays(20)));
        program.sandbox.register(GOOD, "God", GOOD_NUMBER, renewed.encryption(), renewed.signature());

        assertThat(program.run("sync", "--json")).as(program.out()).isZero();

        assertThat(aliases())
                .containsExactlyInAnyOrder(
                        "her-1001-encryption",
                        "her-1001-encryption-" + good.encryption().serialHex(),
                        "her-1001-signature",
                        "her-1001-signature-" + good.signature().serialHex());
        assertThat(Files.readString(folder.resolve("dit.pem"))).contains("her-1001-encryption");
    }

    @Test
    void configurationWithMistakes_tellsThemAllWithTheirLines() throws Exception {
        Files.writeString(folder.resolve("sertsynk.yaml"), """
            environment: tset
            registr: {}
            parties:
              - herId: abc
            keystores:
              - {name: a, type: PKCS13, path: a.p12}
            state: state
            """);

        assertThat(program.run("config", "check")).isEqualTo(2);
        assertThat(program.out())
                .contains("sertsynk.yaml:1:14: environment", "did you mean test?")
                .contains("sertsynk.yaml:2:1: registr: unknown key; did you mean 'register'?")
                .contains("sertsynk.yaml:4:12: parties[0].herId")
                .contains("sertsynk.yaml:6:21: keystores[0].type");
    }

    @Test
    void noTrustAnchor_stopsBeforeAnything() throws Exception {
        Path file = folder.resolve("sertsynk.yaml");
        Files.writeString(file, Files.readString(file).replace("anchors: [trust]", "anchors: []"));

        assertThat(program.run("sync")).isEqualTo(2);
        assertThat(program.out()).contains("sertsynk trust fetch");
        assertThat(folder.resolve("dit.p12")).doesNotExist();
    }
}
