package no.sertsynk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.ResultCode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import no.sertsynk.directory.ScriptedDirectory;
import no.sertsynk.directory.ScriptedDirectory.Done;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.sandbox.Sandbox.Pair;
import no.sertsynk.sandbox.SandboxAuthority;
import no.sertsynk.sandbox.SandboxAuthority.Order;
import no.sertsynk.sandbox.SandboxRegisterParty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program against servers that hang, flood or mislead, beside a healthy party of another directory. */
class HostileServersTest {
    private static final HerId GOOD = new HerId(1001);
    private static final HerId BAD = new HerId(1002);
    private static final OrganizationNumber NUMBER = new OrganizationNumber("911111111");
    private static final OrganizationNumber BAD_NUMBER = new OrganizationNumber("922222222");
    private static final String BASE = "ou=Enterprise,dc=commfides,dc=com";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final Clock clock = Clock.systemUTC();
    private final Instant begun = clock.instant().minus(Duration.ofDays(30));

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private ProgramFixture program;

    @BeforeEach
    void start() throws Exception {
        program = new ProgramFixture(folder, clock);
        Pair good = program.sandbox.publishPair("God", NUMBER, begun);
        program.sandbox.register(GOOD, "God", NUMBER, good.encryption(), good.signature());
        program.sandbox
                .register()
                .put(SandboxRegisterParty.organization(BAD, "Annen", BAD_NUMBER)
                        .withLdapString("ldap://ldap.test.commfides.com/" + BASE
                                + "?usercertificate;binary?sub?(organizationIdentifier=NTRNO-" + BAD_NUMBER + ")"));
    }

    @AfterEach
    void stop() {
        program.close();
    }

    /** The bad party's directory is at that port. */
    private void configure(int port) throws Exception {
        program.sandbox.configure(List.of(GOOD, BAD));
        program.reconfigure(
                "allow: [ldap.test4.buypass.no]", "allow: [ldap.test4.buypass.no, ldap.test.commfides.com]");
        program.reconfigure("hostMap: {", "hostMap: {ldap.test.commfides.com: \"ldap://127.0.0.1:" + port + "\", ");
        program.reconfigure("directories:\n", "directories:\n  timeout: 500ms\n");
    }

    private void expect(int code, String reason) throws Exception {
        assertThat(program.run("sync", "--json")).as(program.out()).isEqualTo(code);
        assertThat(program.results()).contains("\"code\":\"" + reason + "\"");
        assertThat(Files.readString(folder.resolve("dit.pem"))).contains("her-1001-encryption", "her-1001-signature");
    }

    private PartnerCertificate issue() {
        return program.sandbox
                .authority()
                .issue(Order.of("Annen", BAD_NUMBER, SandboxAuthority.ENCRYPTION_USAGE, begun));
    }

    @Test
    void silentDirectory_leavesItsPartyOpen() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            configure(silent.getLocalPort());

            expect(1, "DIRECTORY_UNAVAILABLE");
            assertThat(program.results()).contains("\"undetermined\":1");
        }
    }

    @Test
    void closedPort_leavesItsPartyOpen() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        configure(port);

        expect(1, "DIRECTORY_UNAVAILABLE");
    }

    @Test
    void busyDirectory_leavesItsPartyOpen() throws Exception {
        try (ScriptedDirectory server = ScriptedDirectory.start((number, search) -> Done.of(ResultCode.BUSY))) {
            configure(server.port());

            expect(1, "DIRECTORY_UNAVAILABLE");
        }
    }

    @Test
    void valueOfMegabytes_isNotRead() throws Exception {
        try (ScriptedDirectory server = ScriptedDirectory.start((number, search) -> {
            search.entry("uid=1," + BASE, new byte[3 * 1024 * 1024]);
            return Done.of(ResultCode.SUCCESS);
        })) {
            configure(server.port());

            expect(1, "LIMIT_EXCEEDED");
        }
    }

    @Test
    void thousandsOfEntries_areNotAllTakenAndThoseTakenCount() throws Exception {
        PartnerCertificate certificate = issue();
        try (ScriptedDirectory server = ScriptedDirectory.start((number, search) -> {
            for (int i = 0; i < 3000; i++) {
                search.entry("uid=" + i + "," + BASE, certificate.der());
            }
            return Done.of(ResultCode.SUCCESS);
        })) {
            configure(server.port());

            expect(1, "LIMIT_EXCEEDED");
            assertThat(program.results()).contains(certificate.sha256().hex());
        }
    }

    @Test
    void referralToAnotherHost_isToldAndNotFollowed() throws Exception {
        try (ServerSocket forbidden = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ScriptedDirectory server = ScriptedDirectory.start((number, search) -> new Done(
                        ResultCode.REFERRAL, List.of("ldap://127.0.0.1:" + forbidden.getLocalPort() + "/dc=no")))) {
            configure(server.port());

            expect(1, "HOST_NOT_ALLOWED");
            forbidden.setSoTimeout(1);
            assertThat(org.assertj.core.api.Assertions.catchThrowable(forbidden::accept))
                    .isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    @Test
    void silentRegister_stopsTheRunAndChangesNothing() throws Exception {
        program.sandbox.configure(List.of(GOOD));
        assertThat(program.run("sync")).as(program.out()).isZero();
        byte[] before = Files.readAllBytes(folder.resolve("dit.p12"));
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            program.sandbox.configure(
                    List.of(GOOD),
                    "http://127.0.0.1:" + silent.getLocalPort() + "/",
                    program.sandbox.directory().url());
            program.reconfigure("register:\n", "register:\n  timeout: 300ms\n");

            expect(3, "REGISTER_UNAVAILABLE");
        }
        assertThat(Files.readAllBytes(folder.resolve("dit.p12"))).isEqualTo(before);
    }

    @Test
    void quietRun_tellsProblemsAlone() throws Exception {
        program.sandbox.configure(List.of(GOOD));
        assertThat(program.run("sync", "-q")).as(program.out()).isZero();
        assertThat(program.out()).isEmpty();
        assertThat(program.run("sync", "-q")).isZero();
        assertThat(program.out()).isEmpty();

        program.sandbox.configure(List.of(GOOD, BAD));
        assertThat(program.run("sync", "-q")).isEqualTo(1);
        assertThat(program.results()).contains("1002", "HOST_NOT_ALLOWED").doesNotContain("1001", "keystore");
    }

    @Test
    void namesThatDeceive_areHarmlessInEveryOutput() throws Exception {
        String hostile = "Lege\u001b[31m\u202egnp.exe\u0007";
        PartnerCertificate certificate = program.sandbox
                .authority()
                .issue(Order.of(hostile, BAD_NUMBER, SandboxAuthority.ENCRYPTION_USAGE, begun));
        program.sandbox.publish(certificate);
        program.sandbox.register(BAD, "Lege\u202ekontor", BAD_NUMBER, certificate);
        program.sandbox.configure(List.of(GOOD, BAD));
        Path file = Files.write(folder.resolve("hostile.cer"), certificate.der());
        String trust = folder.resolve("trust").toString();
        List<List<String>> commands = List.of(
                List.of("plan"),
                List.of("sync"),
                List.of("sync", "-v"),
                List.of("sync", "--json"),
                List.of("status"),
                List.of("status", "-v"),
                List.of("status", "--json"),
                List.of("history"),
                List.of("history", "--json"),
                List.of("inspect", file.toString()),
                List.of("inspect", "--json", file.toString()),
                List.of("inspect", "ldap://a\u001b[31m\u202e/dc=no"),
                List.of("inspect", "--json", "ldap://a\u001b[31m\u202e/dc=no"),
                List.of("validate", "--offline", "--trust", trust, file.toString()),
                List.of("validate", "--offline", "--trust", trust, "--json", file.toString()),
                List.of("--\u001b[31m"),
                List.of("sync", "--party", "\u001b[31m\u202e"));
        for (List<String> command : commands) {
            program.run(command.toArray(String[]::new));

            assertThat(program.out()).as(command.toString()).isNotEmpty().doesNotContain("\u001b", "\u202e", "\u0007");
        }
    }
}
