package no.sertsynk.validation.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import no.sertsynk.validation.TestAuthority;
import no.sertsynk.validation.TestAuthority.Change;
import no.sertsynk.validation.TrustStore;
import no.sertsynk.validation.ValidationSettings;
import no.sertsynk.validation.ValidationSettings.Policy;
import no.sertsynk.validation.ValidationSettings.RevocationMode;
import no.sertsynk.validation.fetch.Fetcher;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Authorities that are found where certificates say that they are. */
class AiaIssuersTest {
    private static final String ADDRESS = "http://crt.example/authority.cer";

    private final TestAuthority root = TestAuthority.root("CN=Root");
    private final TestAuthority authority = root.authority("CN=Authority");
    private final Answers answers = new Answers();
    private KeptIssuers kept = KeptIssuers.none();
    private Instant now = TestAuthority.NOW;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /** Says what it was told to say, and remembers what it was asked. */
    private static final class Answers implements Fetcher {
        private final Map<String, byte[]> contents = new HashMap<>();
        private final List<URI> asked = new ArrayList<>();

        @Override
        public Answer fetch(Request request) {
            asked.add(request.address());
            byte[] content = contents.get(request.address().toString());
            return content == null ? new Answer.Failure("HTTP 404") : new Answer.Content(content, Version.NONE);
        }
    }

    @Test
    void missingAuthorityInDer_isFound() throws Exception {
        answers.contents.put(ADDRESS, authority.certificate.getEncoded());

        assertThat(validate(pointingTo(ADDRESS))).isInstanceOf(PathResult.Valid.class);
    }

    @Test
    void missingAuthorityInLdap_isFound() throws Exception {
        String address = "ldap://ldap.example/cn=Authority?cACertificate;binary";
        answers.contents.put(address, authority.certificate.getEncoded());

        assertThat(validate(pointingTo(address))).isInstanceOf(PathResult.Valid.class);
    }

    @Test
    void missingAuthorityInPem_isFound() throws Exception {
        answers.contents.put(ADDRESS, pem());

        assertThat(validate(pointingTo(ADDRESS))).isInstanceOf(PathResult.Valid.class);
    }

    @Test
    void missingAuthorityInPkcs7_isFound() throws Exception {
        answers.contents.put(
                ADDRESS,
                CertificateFactory.getInstance("X.509")
                        .generateCertPath(List.of(authority.certificate))
                        .getEncoded("PKCS7"));

        assertThat(validate(pointingTo(ADDRESS))).isInstanceOf(PathResult.Valid.class);
    }

    @Test
    void otherAuthorityOfThatName_isNotTrusted() throws Exception {
        answers.contents.put(
                ADDRESS, TestAuthority.root("CN=Authority").certificate.getEncoded());

        assertThat(validate(pointingTo(ADDRESS))).isInstanceOf(PathResult.Invalid.class);
    }

    @Test
    void somethingElse_isNoHelp() {
        answers.contents.put(ADDRESS, "<html>".getBytes(StandardCharsets.UTF_8));

        assertThat(validate(pointingTo(ADDRESS))).isInstanceOf(PathResult.Invalid.class);
    }

    @Test
    void authorityAtHand_isNotAskedFor() {
        PathEngine engine = engine(List.of(authority));

        assertThat(engine.search(authority.leafCertificate("CN=Leaf", pointingTo(ADDRESS))))
                .isInstanceOf(PathResult.Valid.class);
        assertThat(answers.asked).isEmpty();
    }

    @Test
    void addressOfManyCertificates_isAskedOnce() throws Exception {
        answers.contents.put(ADDRESS, authority.certificate.getEncoded());
        PathEngine engine = engine(List.of());

        for (int i = 0; i < 5; i++) {
            engine.search(authority.leafCertificate("CN=Leaf " + i, pointingTo(ADDRESS)));
        }

        assertThat(answers.asked).hasSize(1);
    }

    @Test
    void manyAddresses_areNotAllAsked() {
        AccessDescription[] many = new AccessDescription[100];
        for (int i = 0; i < many.length; i++) {
            many[i] = issuers("http://crt.example/" + i);
        }
        validate(Change.add(Extension.authorityInfoAccess, false, new AuthorityInformationAccess(many)));

        assertThat(answers.asked).hasSize(4);
    }

    @Test
    void addressThatIsNone_isPassedOver() {
        assertThat(validate(pointingTo("http://[broken"))).isInstanceOf(PathResult.Invalid.class);
        assertThat(answers.asked).isEmpty();
    }

    @Test
    void secondRun_asksNobody() throws Exception {
        keepTheAuthority();

        assertThat(validate(pointingTo(ADDRESS))).isInstanceOf(PathResult.Valid.class);
        assertThat(answers.asked).isEmpty();
    }

    /** A first run with a folder; afterwards nobody has been asked anything. */
    private void keepTheAuthority() throws Exception {
        kept = KeptIssuers.open(folder.resolve("issuers"), file -> {});
        answers.contents.put(ADDRESS, authority.certificate.getEncoded());
        assertThat(validate(pointingTo(ADDRESS))).isInstanceOf(PathResult.Valid.class);
        assertThat(answers.asked).hasSize(1);
        answers.asked.clear();
    }

    @Test
    void keptAuthorityThatIsOld_isAskedForAndStandsInForAServerThatIsDown() throws Exception {
        keepTheAuthority();
        now = now.plus(Duration.ofDays(31));
        answers.contents.clear();

        assertThat(validate(pointingTo(ADDRESS))).isInstanceOf(PathResult.Valid.class);
        assertThat(answers.asked).hasSize(1);
    }

    @Test
    void keptAuthorityThatHasNotSigned_isAskedForAnew() throws Exception {
        keepTheAuthority();
        TestAuthority successor = root.authority("CN=Authority");
        answers.contents.put(ADDRESS, successor.certificate.getEncoded());

        assertThat(engine(List.of()).search(successor.leafCertificate("CN=Leaf", pointingTo(ADDRESS))))
                .isInstanceOf(PathResult.Valid.class);
        assertThat(answers.asked).hasSize(1);
    }

    @Test
    void keptFileWithAnyByteChanged_isAskedForAnew() throws Exception {
        keepTheAuthority();
        Path file = onlyFile();
        byte[] right = Files.readAllBytes(file);
        for (int at = 0; at < right.length; at += 37) {
            byte[] wrong = right.clone();
            wrong[at] ^= 1;
            Files.write(file, wrong);
            answers.asked.clear();

            assertThat(validate(pointingTo(ADDRESS))).isInstanceOf(PathResult.Valid.class);
            assertThat(answers.asked).as("byte " + at).hasSize(1);
        }
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("issuers"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }

    @Test
    void dryRun_readsWhatIsKeptAndWritesNothing() throws Exception {
        keepTheAuthority();
        kept = KeptIssuers.readOnly(folder.resolve("issuers"));
        assertThat(validate(pointingTo(ADDRESS))).isInstanceOf(PathResult.Valid.class);
        assertThat(answers.asked).isEmpty();

        kept = KeptIssuers.readOnly(folder.resolve("others"));
        assertThat(validate(pointingTo(ADDRESS))).isInstanceOf(PathResult.Valid.class);
        assertThat(folder.resolve("others")).doesNotExist();
    }

    @Test
    void whatHasNotSigned_isNotKept() throws Exception {
        kept = KeptIssuers.open(folder.resolve("issuers"), file -> {});
        answers.contents.put(
                ADDRESS, TestAuthority.root("CN=Authority").certificate.getEncoded());

        assertThat(validate(pointingTo(ADDRESS))).isInstanceOf(PathResult.Invalid.class);
        assertThat(folder.resolve("issuers")).doesNotExist();
    }

    @Test
    void moreAddressesThanAnyoneNeeds_areNotAllKept() throws Exception {
        kept = KeptIssuers.open(folder.resolve("issuers"), file -> {});
        for (int i = 0; i < 80; i++) {
            String address = "http://crt.example/" + i;
            answers.contents.put(address, authority.certificate.getEncoded());
            // A run has its own limit, so each has one of its own.
            validate(pointingTo(address));
        }

        assertThat(answers.asked).hasSize(80);
        try (Stream<Path> files = Files.list(folder.resolve("issuers"))) {
            assertThat(files.count()).isEqualTo(64);
        }
    }

    private PathResult validate(Change change) {
        return engine(List.of()).search(authority.leafCertificate("CN=Leaf", change));
    }

    private PathEngine engine(List<TestAuthority> known) {
        return new PathEngine(
                new TrustStore(
                        List.of(root.certificate),
                        known.stream().map(each -> each.certificate).toList()),
                ValidationSettings.of(TestAuthority.NOW, Policy.RFC5280, RevocationMode.OFF),
                new AiaIssuers(answers, kept, Clock.fixed(now, ZoneOffset.UTC)));
    }

    private byte[] pem() throws GeneralSecurityException, IOException {
        return ("-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder().encodeToString(authority.certificate.getEncoded())
                        + "\n-----END CERTIFICATE-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static Change pointingTo(String address) {
        return Change.add(Extension.authorityInfoAccess, false, new AuthorityInformationAccess(new AccessDescription[] {
            issuers(address)
        }));
    }

    private static AccessDescription issuers(String address) {
        return new AccessDescription(
                AccessDescription.id_ad_caIssuers, new GeneralName(GeneralName.uniformResourceIdentifier, address));
    }
}
