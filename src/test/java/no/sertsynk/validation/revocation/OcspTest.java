package no.sertsynk.validation.revocation;

import static no.sertsynk.validation.revocation.RevocationPki.KEY_COMPROMISE;
import static no.sertsynk.validation.revocation.RevocationPki.NOW;
import static no.sertsynk.validation.revocation.RevocationPki.ON_HOLD;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import no.sertsynk.sandbox.SandboxFault;
import no.sertsynk.sandbox.SandboxOcspResponder;
import no.sertsynk.sandbox.SandboxOcspResponder.Wrong;
import no.sertsynk.validation.revocation.RevocationPki.Ext;
import no.sertsynk.validation.revocation.RevocationSettings.Method;
import no.sertsynk.validation.revocation.RevocationStatus.Good;
import no.sertsynk.validation.revocation.RevocationStatus.Revoked;
import no.sertsynk.validation.revocation.RevocationStatus.Unknown;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Status answers about single certificates, over real sockets. */
class OcspTest {
    private static final Ext SIGNS_ANSWERS =
            new Ext(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning));
    private static final Ext NO_CHECK = new Ext(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE);
    private static final Instant OVERDUE = NOW.plus(Duration.ofHours(9));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private RevocationFixture fixture;

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private X509Certificate leaf;

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private SandboxOcspResponder responder;

    @BeforeEach
    void start() throws Exception {
        fixture = new RevocationFixture(folder);
        fixture.order = List.of(Method.OCSP, Method.CRL);
        leaf = fixture.pki.leaf(
                RevocationPki.responder(fixture.url("/ocsp")), RevocationPki.points(fixture.url("/a.crl")));
        responder = answerBy(fixture.pki.authority, fixture.pki.key, false);
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    private SandboxOcspResponder answerBy(X509Certificate signer, KeyPair key, boolean byKey) {
        SandboxOcspResponder made =
                new SandboxOcspResponder(signer, key.getPrivate(), byKey, Clock.fixed(NOW, ZoneOffset.UTC));
        fixture.server.respond("/ocsp", made);
        return made;
    }

    private void expectRefused(String why) {
        assertThat(fixture.status(leaf))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(String.join("; ", unknown.why()))
                                .contains(fixture.url("/ocsp") + ": ")
                                .contains(why));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void issuer_answersByNameOrKey(boolean byKey) {
        responder = answerBy(fixture.pki.authority, fixture.pki.key, byKey);

        assertThat(fixture.status(leaf))
                .isInstanceOfSatisfying(
                        Good.class,
                        good -> assertThat(good.evidence())
                                .singleElement()
                                .satisfies(
                                        evidence -> assertThat(evidence.kind()).isEqualTo(Evidence.Kind.OCSP)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void delegate_answersByNameOrKey(boolean byKey) throws Exception {
        KeyPair key = RevocationPki.key("CN=Responder");
        answerBy(fixture.pki.leaf("CN=Responder", key, SIGNS_ANSWERS, NO_CHECK), key, byKey);

        assertThat(fixture.status(leaf)).isInstanceOf(Good.class);
    }

    @Test
    void delegateWithoutThePurpose_isRefused() throws Exception {
        KeyPair key = RevocationPki.key("CN=Responder");
        answerBy(fixture.pki.leaf("CN=Responder", key), key, false);

        expectRefused("neither the issuer nor a responder of the issuer's");
    }

    @Test
    void delegateOfAnotherIssuer_isRefused() throws Exception {
        KeyPair key = RevocationPki.key("CN=Responder");
        answerBy(new RevocationPki("CN=Other").leaf("CN=Responder", key, SIGNS_ANSWERS, NO_CHECK), key, false);

        expectRefused("neither the issuer nor a responder of the issuer's");
    }

    @Test
    void answerSignedByAnotherKey_isRefused() throws Exception {
        answerBy(fixture.pki.authority, RevocationPki.key("CN=Other"), false);

        expectRefused("neither the issuer nor a responder of the issuer's");
    }

    @Test
    void delegateThatHasExpired_isRefused() throws Exception {
        KeyPair key = RevocationPki.key("CN=Responder");
        answerBy(fixture.pki.leaf("CN=Responder", key, SIGNS_ANSWERS, NO_CHECK), key, false);

        Instant later = NOW.plus(Duration.ofDays(4000));
        assertThat(fixture.status(later, leaf))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.why().getFirst())
                                .contains("neither the issuer nor a responder of the issuer's"));
    }

    @Test
    void delegateThatAListRevokes_isRefusedUnlessThatIsWaived() throws Exception {
        KeyPair key = RevocationPki.key("CN=Responder");
        X509Certificate checked = fixture.pki.leaf("CN=Responder", key, SIGNS_ANSWERS);
        X509Certificate waived = fixture.pki.leaf("CN=Responder", key, SIGNS_ANSWERS, NO_CHECK);
        fixture.server.put(
                "/a.crl",
                fixture.pki.list(
                        1,
                        NOW,
                        Map.of(checked.getSerialNumber(), KEY_COMPROMISE, waived.getSerialNumber(), KEY_COMPROMISE)));
        fixture.order = List.of(Method.CRL);
        fixture.status(leaf);
        fixture.order = List.of(Method.OCSP);

        answerBy(checked, key, false);
        expectRefused("neither the issuer nor a responder of the issuer's");
        answerBy(waived, key, false);
        assertThat(fixture.status(leaf)).isInstanceOf(Good.class);
    }

    @Test
    void revokedCertificate_isRevokedWithItsReason() {
        responder.revoke(leaf.getSerialNumber(), KEY_COMPROMISE);

        assertThat(fixture.status(leaf)).isInstanceOfSatisfying(Revoked.class, revoked -> {
            assertThat(revoked.message()).contains("KEY_COMPROMISE").contains("OCSP " + fixture.url("/ocsp"));
            assertThat(revoked.onHold()).isFalse();
        });
    }

    @Test
    void certificateOnHold_isToldSo() {
        responder.revoke(leaf.getSerialNumber(), ON_HOLD);

        assertThat(fixture.status(leaf))
                .isInstanceOfSatisfying(
                        Revoked.class, revoked -> assertThat(revoked.onHold()).isTrue());
    }

    @ParameterizedTest
    @CsvSource({
        "OTHER_SERIAL, about another certificate",
        "EXPIRED, an answer that ended",
        "TO_COME, still to come",
        "OTHER_NONCE, its nonce differs",
        "UNKNOWN, does not know the certificate",
        "TRY_LATER, tryLater"
    })
    void wrongAnswer_isRefused(Wrong wrong, String told) {
        responder.setWrong(wrong);

        expectRefused(told);
    }

    @Test
    void responderWithoutNonces_isBelieved() {
        responder.setWrong(Wrong.NO_NONCE);

        assertThat(fixture.status(leaf)).isInstanceOf(Good.class);
    }

    @Test
    void garbage_isRefused() {
        fixture.server.setFault(new SandboxFault.Garbage(7));

        expectRefused("no OCSP answer");
    }

    @Test
    void endlessAnswer_isRefused() {
        fixture.server.setFault(new SandboxFault.Endless());

        expectRefused("more than the 65536 bytes allowed");
    }

    @Test
    void responderThatIsDown_isStoodInForByItsLastAnswerForAWhile() {
        fixture.status(leaf);
        fixture.server.setDown(true);

        PathRevocation overdue = fixture.path(OVERDUE, leaf);

        assertThat(overdue.statuses().getFirst()).isInstanceOf(Good.class);
        assertThat(overdue.warnings()).hasSize(1);
        assertThat(fixture.status(OVERDUE.plus(Duration.ofDays(1)), leaf)).isInstanceOf(Unknown.class);
    }

    @Test
    void replayedOlderAnswer_doesNotReplaceTheNewer() {
        responder.revoke(leaf.getSerialNumber(), KEY_COMPROMISE);
        fixture.status(leaf);
        fixture.server.respond(
                "/ocsp",
                new SandboxOcspResponder(
                        fixture.pki.authority,
                        fixture.pki.key.getPrivate(),
                        false,
                        Clock.fixed(NOW.minus(Duration.ofHours(2)), ZoneOffset.UTC)));

        assertThat(fixture.status(leaf)).isInstanceOf(Revoked.class);
    }

    @Test
    void listFirst_asksNoResponderWhileTheListIsThere() throws Exception {
        fixture.order = RevocationSettings.USUAL.order();
        fixture.server.put("/a.crl", fixture.pki.list(1, NOW, Map.of()));
        responder.revoke(leaf.getSerialNumber(), KEY_COMPROMISE);

        assertThat(fixture.status(leaf)).isInstanceOf(Good.class);
        assertThat(fixture.server.requests()).isEqualTo(1);
    }

    @Test
    void listFirst_asksTheResponderWhenTheListIsGone() {
        fixture.order = RevocationSettings.USUAL.order();

        assertThat(fixture.status(leaf))
                .isInstanceOfSatisfying(
                        Good.class,
                        good -> assertThat(good.evidence())
                                .singleElement()
                                .satisfies(
                                        evidence -> assertThat(evidence.kind()).isEqualTo(Evidence.Kind.OCSP)));
    }

    @Test
    void holdOfAnOldList_isLiftedByAFreshAnswer() throws Exception {
        fixture.order = RevocationSettings.USUAL.order();
        fixture.server.put(
                "/a.crl", fixture.pki.list(1, NOW.minus(Duration.ofDays(2)), Map.of(leaf.getSerialNumber(), ON_HOLD)));

        assertThat(fixture.status(leaf)).isInstanceOf(Good.class);
    }

    @Test
    void revocationByAnOldList_isNotLifted() throws Exception {
        fixture.order = RevocationSettings.USUAL.order();
        fixture.server.put(
                "/a.crl",
                fixture.pki.list(1, NOW.minus(Duration.ofDays(2)), Map.of(leaf.getSerialNumber(), KEY_COMPROMISE)));

        assertThat(fixture.status(leaf)).isInstanceOf(Revoked.class);
    }
}
