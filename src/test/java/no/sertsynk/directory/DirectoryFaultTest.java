package no.sertsynk.directory;

import static no.sertsynk.directory.DirectoryFixture.BUYPASS;
import static no.sertsynk.directory.DirectoryFixture.failure;
import static no.sertsynk.directory.DirectoryFixture.string;
import static no.sertsynk.sandbox.SandboxDirectory.BUYPASS_G2;
import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.ResultCode;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import no.sertsynk.directory.ScriptedDirectory.Done;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.sandbox.SandboxAuthority;
import no.sertsynk.sandbox.SandboxAuthority.Order;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Directories that fail, stall, lie or flood. */
class DirectoryFaultTest {
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final LdapString BY_NAME = string(BUYPASS, BUYPASS_G2, "(cn=Legekontor)");
    private static final String ENTRY = "pssUniqueIdentifier=1," + BUYPASS_G2;

    @SuppressWarnings("NullAway.Init") // made once for all tests
    private static PartnerCertificate certificate;

    @BeforeAll
    static void issue() {
        certificate = SandboxAuthority.create("Sandkasse Class 3", Instant.EPOCH, Optional.empty())
                .issue(Order.of(
                        "Legekontor",
                        new OrganizationNumber("983544622"),
                        SandboxAuthority.ENCRYPTION_USAGE,
                        Instant.EPOCH));
    }

    private static LdapString bySerial() {
        return string(BUYPASS, BUYPASS_G2, "(certificateSerialNumber=" + certificate.serial() + ")");
    }

    @Test
    void busyDirectory_isAskedOnceMore() throws Exception {
        for (ResultCode code : List.of(ResultCode.BUSY, ResultCode.UNAVAILABLE)) {
            try (ScriptedDirectory server = ScriptedDirectory.start((number, search) -> {
                        if (number == 1) {
                            return Done.of(code);
                        }
                        search.entry(ENTRY, certificate.der());
                        return Done.of(ResultCode.SUCCESS);
                    });
                    LdapDirectory directory = DirectoryFixture.at(BUYPASS, server.port())) {
                assertThat(directory.search(bySerial()).certificates()).containsExactly(certificate);
                assertThat(server.searches()).isEqualTo(2);
            }
        }
    }

    @Test
    void directoryThatStaysBusy_isUnavailable() throws Exception {
        try (ScriptedDirectory server = ScriptedDirectory.start((number, search) -> Done.of(ResultCode.BUSY));
                LdapDirectory directory = DirectoryFixture.at(BUYPASS, server.port())) {
            assertThat(failure(directory, bySerial()).code()).isEqualTo(ReasonCode.DIRECTORY_UNAVAILABLE);
            assertThat(server.searches()).isEqualTo(2);
        }
    }

    @Test
    void otherResults_areUnavailableOrTheStringsFault() throws Exception {
        for (ResultCode code : List.of(
                ResultCode.TIME_LIMIT_EXCEEDED,
                ResultCode.UNWILLING_TO_PERFORM,
                ResultCode.OPERATIONS_ERROR,
                ResultCode.INSUFFICIENT_ACCESS_RIGHTS,
                ResultCode.valueOf(79))) {
            assertThat(failureOf(code)).as(code.toString()).isEqualTo(ReasonCode.DIRECTORY_UNAVAILABLE);
        }
        for (ResultCode code : List.of(
                ResultCode.NO_SUCH_ATTRIBUTE, ResultCode.INVALID_DN_SYNTAX, ResultCode.INAPPROPRIATE_MATCHING)) {
            assertThat(failureOf(code)).as(code.toString()).isEqualTo(ReasonCode.LDAP_STRING_MALFORMED);
        }
    }

    private static ReasonCode failureOf(ResultCode code) throws Exception {
        try (ScriptedDirectory server = ScriptedDirectory.start((number, search) -> Done.of(code));
                LdapDirectory directory = DirectoryFixture.at(BUYPASS, server.port())) {
            return failure(directory, bySerial()).code();
        }
    }

    @Test
    void sizeLimitWithPartOfTheEntries_isPassedRoundByRound() throws Exception {
        List<String> filters = new ArrayList<>();
        try (ScriptedDirectory server = ScriptedDirectory.start((number, search) -> {
                    filters.add(search.request().getFilter().toString());
                    search.entry("pssUniqueIdentifier=" + number + "," + BUYPASS_G2, certificate.der());
                    return Done.of(number < 3 ? ResultCode.SIZE_LIMIT_EXCEEDED : ResultCode.SUCCESS);
                });
                LdapDirectory directory = DirectoryFixture.at(BUYPASS, server.port())) {
            DirectoryAnswer answer = directory.search(BY_NAME);

            assertThat(answer.certificates()).containsExactly(certificate);
            assertThat(answer.warnings()).isEmpty();
            assertThat(filters)
                    .containsExactly(
                            "(cn=Legekontor)",
                            "(&(cn=Legekontor)(!(pssUniqueIdentifier=1)))",
                            "(&(cn=Legekontor)(!(pssUniqueIdentifier=1))(!(pssUniqueIdentifier=2)))");
        }
    }

    @Test
    void serverThatIgnoresTheExclusions_isNotAskedForEver() throws Exception {
        try (ScriptedDirectory server = ScriptedDirectory.start((number, search) -> {
                    search.entry(ENTRY, certificate.der());
                    return Done.of(ResultCode.SIZE_LIMIT_EXCEEDED);
                });
                LdapDirectory directory = DirectoryFixture.at(BUYPASS, server.port())) {
            DirectoryAnswer answer = directory.search(BY_NAME);

            assertThat(answer.certificates()).containsExactly(certificate);
            assertThat(answer.warnings()).extracting(Reason::code).containsExactly(ReasonCode.LIMIT_EXCEEDED);
            assertThat(server.searches()).isEqualTo(2);
        }
    }

    @Test
    void thousandsOfEntries_areNotAllTaken() throws Exception {
        try (ScriptedDirectory server = ScriptedDirectory.start((number, search) -> {
                    for (int i = 0; i < 5000; i++) {
                        search.entry("pssUniqueIdentifier=" + i + "," + BUYPASS_G2, new byte[] {1});
                    }
                    return Done.of(ResultCode.SUCCESS);
                });
                LdapDirectory directory = DirectoryFixture.at(BUYPASS, server.port())) {
            DirectoryAnswer answer = directory.search(BY_NAME);

            assertThat(answer.malformed()).hasSizeLessThanOrEqualTo(20);
            assertThat(answer.warnings()).extracting(Reason::code).containsExactly(ReasonCode.LIMIT_EXCEEDED);
        }
    }

    @Test
    void valueOfMegabytes_isALimitAndSparesTheOthers() throws Exception {
        try (ScriptedDirectory server = ScriptedDirectory.start((number, search) -> {
                    boolean large = search.request().getFilter().toString().contains("cn=");
                    search.entry(ENTRY, large ? new byte[3 * 1024 * 1024] : certificate.der());
                    return Done.of(ResultCode.SUCCESS);
                });
                LdapDirectory directory = DirectoryFixture.at(BUYPASS, server.port())) {
            assertThat(failure(directory, BY_NAME).code()).isEqualTo(ReasonCode.LIMIT_EXCEEDED);
            assertThat(directory.search(bySerial()).certificates()).containsExactly(certificate);
        }
    }

    @Test
    void entriesOfMegabytesTogether_areALimit() throws Exception {
        try (ScriptedDirectory server = ScriptedDirectory.start((number, search) -> {
                    for (int i = 0; i < 20; i++) {
                        search.entry("pssUniqueIdentifier=" + i + "," + BUYPASS_G2, new byte[500_000]);
                    }
                    return Done.of(ResultCode.SUCCESS);
                });
                LdapDirectory directory = DirectoryFixture.at(BUYPASS, server.port())) {
            assertThat(failure(directory, BY_NAME).code()).isEqualTo(ReasonCode.LIMIT_EXCEEDED);
        }
    }

    @Test
    void referrals_areToldAndNotFollowed() throws Exception {
        try (ServerSocket forbidden = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "ldap://127.0.0.1:" + forbidden.getLocalPort() + "/dc=no";
            try (ScriptedDirectory server = ScriptedDirectory.start((number, search) -> {
                        search.reference(url);
                        search.entry(ENTRY, certificate.der());
                        return new Done(ResultCode.SUCCESS, List.of());
                    });
                    LdapDirectory directory = DirectoryFixture.at(BUYPASS, server.port())) {
                DirectoryAnswer answer = directory.search(BY_NAME);

                assertThat(answer.certificates()).containsExactly(certificate);
                assertThat(answer.warnings()).extracting(Reason::code).containsExactly(ReasonCode.HOST_NOT_ALLOWED);
            }
            try (ScriptedDirectory server =
                            ScriptedDirectory.start((number, search) -> new Done(ResultCode.REFERRAL, List.of(url)));
                    LdapDirectory directory = DirectoryFixture.at(BUYPASS, server.port())) {
                DirectoryAnswer answer = directory.search(bySerial());

                assertThat(answer.missingSerials()).containsExactly(certificate.serial());
                assertThat(answer.warnings()).extracting(Reason::code).containsExactly(ReasonCode.HOST_NOT_ALLOWED);
            }
            forbidden.setSoTimeout(1);
            assertThat(org.assertj.core.api.Assertions.catchThrowable(forbidden::accept))
                    .isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    @Test
    void connectionDroppedAmidstAnAnswer_isMadeAnew() throws Exception {
        try (ScriptedDirectory server = ScriptedDirectory.start((number, search) -> {
                    search.entry(ENTRY, certificate.der());
                    if (number == 1) {
                        search.drop();
                    }
                    return Done.of(ResultCode.SUCCESS);
                });
                LdapDirectory directory = DirectoryFixture.at(BUYPASS, server.port())) {
            assertThat(directory.search(bySerial()).certificates()).containsExactly(certificate);
            assertThat(directory.search(bySerial()).certificates()).containsExactly(certificate);
        }
    }

    @Test
    void connectionsThatAlwaysBreak_areUnavailable() throws Exception {
        try (ScriptedDirectory server = ScriptedDirectory.start((number, search) -> {
                    search.drop();
                    return Done.of(ResultCode.SUCCESS);
                });
                LdapDirectory directory = DirectoryFixture.at(BUYPASS, server.port())) {
            assertThat(failure(directory, bySerial()).code()).isEqualTo(ReasonCode.DIRECTORY_UNAVAILABLE);
        }
    }

    @Test
    void silentDirectory_isWaitedForOnceAndNotForEachString() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                LdapDirectory directory = DirectoryFixture.at(BUYPASS, silent.getLocalPort(), SHORT)) {
            Reason first = failure(directory, bySerial());

            assertThat(first.code()).isEqualTo(ReasonCode.DIRECTORY_UNAVAILABLE);
            assertThat(first.message()).contains("no answer within 400 ms");
            for (int i = 0; i < 1000; i++) {
                assertThat(failure(directory, BY_NAME)).isEqualTo(first);
            }
        }
    }

    @Test
    void nobodyAtThePort_isUnavailable() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        try (LdapDirectory directory = DirectoryFixture.at(BUYPASS, port)) {
            Reason failure = failure(directory, bySerial());

            assertThat(failure.code()).isEqualTo(ReasonCode.DIRECTORY_UNAVAILABLE);
            assertThat(failure.message()).contains("Connection refused");
        }
    }

    @Test
    void somethingElseThanLdap_isUnavailable() throws Exception {
        for (String greeting : List.of("HTTP/1.1 400 Bad Request\r\n\r\n", "0", "\u0030\u0084\uFFFF", "")) {
            try (ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                    LdapDirectory directory = DirectoryFixture.at(BUYPASS, other.getLocalPort(), SHORT)) {
                Thread.ofVirtual().start(() -> greet(other, greeting));

                assertThat(failure(directory, bySerial()).code())
                        .isIn(ReasonCode.DIRECTORY_UNAVAILABLE, ReasonCode.LIMIT_EXCEEDED);
            }
        }
    }

    private static void greet(ServerSocket server, String greeting) {
        while (!server.isClosed()) {
            try (Socket client = server.accept();
                    OutputStream out = client.getOutputStream()) {
                out.write(greeting.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            } catch (java.io.IOException e) {
                // The test has ended.
                return;
            }
        }
    }

    @Test
    void entryWithoutADistinguishedName_isLeftOut() throws Exception {
        try (ScriptedDirectory server = ScriptedDirectory.start((number, search) -> {
                    search.entry("no DN at all", certificate.der());
                    search.entry(ENTRY, certificate.der());
                    return Done.of(ResultCode.SUCCESS);
                });
                LdapDirectory directory = DirectoryFixture.at(BUYPASS, server.port())) {
            DirectoryAnswer answer = directory.search(BY_NAME);

            assertThat(answer.certificates()).containsExactly(certificate);
            assertThat(answer.warnings()).hasSize(1);
        }
    }

    @Test
    void hostThatIsNotAllowed_isNeverConnectedTo() throws Exception {
        try (ServerSocket forbidden = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LdapDirectory directory = DirectoryFixture.at(BUYPASS, forbidden.getLocalPort())) {
            LdapString foreign = ((LdapStringReading.Readable) LdapStringReader.read("ldap://127.0.0.1:"
                            + forbidden.getLocalPort() + "/dc=no?userCertificate?sub?(cn=Legekontor)"))
                    .string();

            assertThat(failure(directory, foreign).code()).isEqualTo(ReasonCode.HOST_NOT_ALLOWED);
            forbidden.setSoTimeout(1);
            assertThat(org.assertj.core.api.Assertions.catchThrowable(forbidden::accept))
                    .isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    @Test
    void allowedNameOnAnInternalAddress_isRefused() throws Exception {
        DirectorySettings settings = new DirectorySettings(
                new DirectoryPolicy(List.of("localhost"), java.util.Map.of()), 1, SHORT, Optional.empty());
        try (LdapDirectory directory = LdapDirectory.open(settings)) {
            assertThat(failure(directory, string("localhost", "dc=no", "(cn=Legekontor)"))
                            .code())
                    .isEqualTo(ReasonCode.HOST_NOT_ALLOWED);
        }
    }
}
