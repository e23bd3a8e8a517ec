package no.sertsynk.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.Purpose;
import no.sertsynk.model.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sandbox's register, asked by a client that is not ours. */
class SandboxRegisterTest {
    private static final HerId HER_ID = new HerId(93238);
    private static final String ACCOUNT = "orgusr:passord";
    private static final String ACTIONS = "http://register.nhn.no/CommunicationParty/ICommunicationPartyService/";

    private final SandboxRegister register;
    private final HttpClient client = HttpClient.newHttpClient();

    SandboxRegisterTest() throws IOException {
        register = SandboxRegister.start("orgusr", new Secret("passord".toCharArray()));
    }

    @AfterEach
    void close() {
        client.close();
        register.close();
    }

    @Test
    void party_isAnsweredAsItIsNow() throws Exception {
        SandboxRegisterParty party = SandboxRegisterParty.service(HER_ID, "A & B", new OrganizationNumber("983544622"));
        register.put(party.withLdapString("ldap://old"));
        String before = ask("GetCommunicationPartyDetails", "93238").body();
        register.put(party.withLdapString("ldap://new?x?(&(a=b)(c=d))"));
        String after = ask("GetCommunicationPartyDetails", "93238").body();

        assertThat(before).contains("<b:Address>ldap://old</b:Address>", "<Name>A &amp; B</Name>");
        assertThat(after).contains("ldap://new?x?(&amp;(a=b)(c=d))").doesNotContain("ldap://old");
        assertThat(register.calls("GetCommunicationPartyDetails")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"false, text/xml, detail", "true, application/soap+xml, s:Detail"})
    void unknownHerId_isFault(boolean soap12, String contentType, String detail) throws Exception {
        register.speakSoap12(soap12);

        HttpResponse<String> answer = ask("GetCommunicationPartyDetails", "1");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith(contentType);
        assertThat(answer.body()).contains("<" + detail + ">", "<ErrorCode>InvalidHerIdSupplied</ErrorCode>");
    }

    @Test
    void removedParty_isUnknown() throws Exception {
        register.put(SandboxRegisterParty.service(HER_ID, "x", new OrganizationNumber("983544622")));
        register.remove(HER_ID);

        assertThat(ask("GetCommunicationPartyDetails", "93238").body()).contains("InvalidHerIdSupplied");
    }

    @Test
    void herIdThatIsNoNumber_isValidationFault() throws Exception {
        assertThat(ask("GetCommunicationPartyDetails", "abc").body()).contains("<PropertyName>herId</PropertyName>");
    }

    @Test
    void recordedDocument_isWrappedWithoutItsMarkAndDeclaration() throws Exception {
        register.putRecordedCertificate(
                HER_ID,
                Purpose.ENCRYPTION,
                "\uFEFF<?xml version=\"1.0\"?>\n<CertificateDetails xmlns=\"urn:x\"><Certificate/></CertificateDetails>"
                        .getBytes(UTF_8));

        assertThat(ask("GetCertificateDetailsForEncryption", "93238").body())
                .contains("<p:GetCertificateDetailsForEncryptionResponse><p:GetCertificateDetailsForEncryptionResult"
                        + " xmlns=\"urn:x\"><Certificate/></p:GetCertificateDetailsForEncryptionResult>");
    }

    @Test
    void recordedEnvelope_isServedAsItStands() throws Exception {
        String envelope = "<s:Envelope xmlns:s=\"urn:s\"><s:Body>æøå</s:Body></s:Envelope>";
        register.putRecordedParty(HER_ID, envelope.getBytes(UTF_8));

        assertThat(ask("GetCommunicationPartyDetails", "93238").body()).isEqualTo(envelope);
    }

    @Test
    void wrongOrMissingPassword_is401() throws Exception {
        assertThat(send(request("Ping", "", "orgusr:wrong").build()).statusCode())
                .isEqualTo(401);
        HttpResponse<String> none =
                send(HttpRequest.newBuilder(register.url()).GET().build());

        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.headers().firstValue("www-authenticate")).contains("Basic realm=\"register\"");
        assertThat(register.refusedCalls()).isEqualTo(2);
        assertThat(register.calls("Ping")).isZero();
    }

    @Test
    void whatIsNotTheService_isRefused() throws Exception {
        URI other = register.url().resolve("/v2/Other");

        assertThat(send(request("Ping", "", ACCOUNT).uri(other).build()).statusCode())
                .isEqualTo(404);
        assertThat(send(request("Ping", "", ACCOUNT).GET().build()).statusCode())
                .isEqualTo(405);
        assertThat(send(request("Ping", "", ACCOUNT)
                                .POST(HttpRequest.BodyPublishers.ofString("no xml"))
                                .build())
                        .statusCode())
                .isEqualTo(400);
        assertThat(send(request("Ping", "", ACCOUNT)
                                .setHeader("SOAPAction", "\"urn:other\"")
                                .build())
                        .statusCode())
                .isEqualTo(400);
        assertThat(ask("GetChangeLog", "93238").body()).contains("ActionNotSupported");
    }

    @Test
    void faults_comeInOrderAndEnd() throws Exception {
        register.failNext(1, SandboxRegisterFault.status(503));
        register.fail(HER_ID, SandboxRegisterFault.status(504));

        assertThat(ask("GetCommunicationPartyDetails", "93238").statusCode()).isEqualTo(503);
        assertThat(ask("GetCommunicationPartyDetails", "93238").statusCode()).isEqualTo(504);
        assertThat(ask("Ping", "").statusCode()).isEqualTo(200);
        register.recover();
        assertThat(ask("GetCommunicationPartyDetails", "93238").statusCode()).isEqualTo(500);
    }

    @Test
    void requestWithoutEnd_isCutOff() throws IOException {
        try (Socket peer = new Socket("127.0.0.1", register.url().getPort())) {
            peer.getOutputStream().write(("POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n").getBytes(UTF_8));

            assertThat(peer.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void close_endsHangingCalls() throws Exception {
        register.fail(new SandboxRegisterFault.Hang());
        var answer = client.sendAsync(request("Ping", "", ACCOUNT).build(), HttpResponse.BodyHandlers.discarding());
        while (register.calls("Ping") == 0) {
            Thread.onSpinWait();
        }
        register.close();

        assertThat(answer.handle((ok, failure) -> failure).get()).isInstanceOf(Exception.class);
    }

    private HttpResponse<String> ask(String operation, String herId) throws Exception {
        return send(request(operation, herId, ACCOUNT).build());
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String operation, String herId, String account) {
        String argument = herId.isEmpty() ? "" : "<c:herId>" + herId + "</c:herId>";
        String envelope = "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\""
                + " xmlns:c=\"http://register.nhn.no/CommunicationParty\"><e:Body><c:" + operation + ">" + argument
                + "</c:" + operation + "></e:Body></e:Envelope>";
        return HttpRequest.newBuilder(register.url())
                .version(HttpClient.Version.HTTP_1_1)
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(account.getBytes(UTF_8)))
                .header("SOAPAction", '"' + ACTIONS + operation + '"')
                .POST(HttpRequest.BodyPublishers.ofString(envelope));
    }
}
