package no.sertsynk.validation.revocation;

import static no.sertsynk.validation.revocation.RevocationPki.KEY_COMPROMISE;
import static no.sertsynk.validation.revocation.RevocationPki.NOW;
import static no.sertsynk.validation.revocation.RevocationPki.ON_HOLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import no.sertsynk.model.DistinguishedNames;
import no.sertsynk.model.Sha256;
import no.sertsynk.validation.revocation.RevocationSettings.EndedService;
import no.sertsynk.validation.revocation.RevocationSettings.Issuer;
import no.sertsynk.validation.revocation.RevocationStatus.Good;
import no.sertsynk.validation.revocation.RevocationStatus.Revoked;
import no.sertsynk.validation.revocation.RevocationStatus.Unknown;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists as they come, are kept, grow old and are replaced. */
class ListLifeTest {
    private static final Instant ISSUED = NOW.minus(Duration.ofHours(1));
    private static final Instant OVERDUE = ISSUED.plus(Duration.ofHours(30));
    private static final Instant TOO_OLD = ISSUED.plus(Duration.ofHours(49));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private RevocationFixture fixture;

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private X509Certificate leaf;

    @BeforeEach
    void start() throws Exception {
        fixture = new RevocationFixture(folder);
        leaf = fixture.pki.leaf(RevocationPki.points(fixture.url("/a.crl")));
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    private void publish(long number, Map<BigInteger, Integer> entries) throws Exception {
        fixture.server.put("/a.crl", fixture.pki.list(number, ISSUED.plusSeconds(number), entries));
    }

    private void publish(long number, int reason) throws Exception {
        publish(number, Map.of(leaf.getSerialNumber(), reason));
    }

    @Test
    void goodCertificate_hasItsListAsEvidence() throws Exception {
        publish(1, Map.of());

        assertThat(fixture.status(leaf)).isInstanceOfSatisfying(Good.class, good -> {
            Evidence evidence = good.evidence().getFirst();
            assertThat(evidence.source()).isEqualTo(fixture.url("/a.crl"));
            assertThat(evidence.thisUpdate()).isEqualTo(ISSUED.plusSeconds(1));
            assertThat(evidence.fetchedAt()).contains(NOW);
            assertThat(evidence.fromCache()).isFalse();
        });
    }

    @Test
    void secondRun_asksWhetherItIsTheSameStill() throws Exception {
        publish(1, Map.of());
        fixture.status(leaf);

        assertThat(fixture.status(leaf)).isInstanceOf(Good.class);
        assertThat(fixture.server.unchanged()).isEqualTo(1);
    }

    @Test
    void youngList_isUsedWithoutAsking() throws Exception {
        fixture.recheck = Duration.ofHours(1);
        publish(1, Map.of());
        fixture.status(leaf);
        fixture.status(NOW.plus(Duration.ofMinutes(59)), leaf);
        assertThat(fixture.server.requests()).isEqualTo(1);

        fixture.status(NOW.plus(Duration.ofMinutes(61)), leaf);

        assertThat(fixture.server.requests()).isEqualTo(2);
    }

    @Test
    void manyCertificatesInOneRun_shareOneFetch() throws Exception {
        publish(1, Map.of());
        RevocationCheck run = fixture.run(NOW);
        List<X509Certificate> leaves = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            leaves.add(fixture.pki.leaf(RevocationPki.points(fixture.url("/a.crl"))));
        }

        List<PathRevocation> found = leaves.parallelStream()
                .map(one -> run.check(List.of(one), fixture.pki.authority))
                .toList();

        assertThat(found)
                .allSatisfy(path -> assertThat(path.statuses().getFirst()).isInstanceOf(Good.class));
        assertThat(fixture.server.requests()).isEqualTo(1);
    }

    @Test
    void revocation_isSeenByTheNextRun() throws Exception {
        publish(1, Map.of());
        fixture.status(leaf);
        publish(2, KEY_COMPROMISE);

        assertThat(fixture.status(leaf)).isInstanceOfSatisfying(Revoked.class, revoked -> {
            assertThat(revoked.onHold()).isFalse();
            assertThat(revoked.message()).contains("KEY_COMPROMISE").contains(fixture.url("/a.crl"));
        });
    }

    @Test
    void certificateOnHold_comesBack() throws Exception {
        publish(1, ON_HOLD);
        assertThat(fixture.status(leaf)).isInstanceOfSatisfying(Revoked.class, revoked -> {
            assertThat(revoked.onHold()).isTrue();
            assertThat(revoked.message()).contains("on hold");
        });
        publish(2, Map.of());

        assertThat(fixture.status(leaf)).isInstanceOf(Good.class);
    }

    @Test
    void serverThatIsDown_isStoodInForByTheLastListForAWhile() throws Exception {
        publish(1, Map.of());
        fixture.status(leaf);
        fixture.server.setDown(true);

        PathRevocation overdue = fixture.path(OVERDUE, leaf);

        assertThat(overdue.statuses().getFirst()).isInstanceOf(Good.class);
        assertThat(overdue.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning).contains("HTTP 503"));
        assertThat(fixture.status(TOO_OLD, leaf)).isInstanceOf(Unknown.class);
    }

    @Test
    void oldList_keepsItsRevocations() throws Exception {
        publish(1, KEY_COMPROMISE);
        fixture.status(leaf);
        fixture.server.setDown(true);
        X509Certificate other = fixture.pki.leaf(RevocationPki.points(fixture.url("/a.crl")));

        assertThat(fixture.status(TOO_OLD.plus(Duration.ofDays(100)), leaf)).isInstanceOf(Revoked.class);
        assertThat(fixture.status(TOO_OLD.plus(Duration.ofDays(100)), other)).isInstanceOf(Unknown.class);
    }

    @Test
    void damagedIndexOrList_isFetchedAnew() throws Exception {
        publish(1, KEY_COMPROMISE);
        fixture.status(leaf);
        for (Path file : kept()) {
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
        }

        assertThat(fixture.status(leaf)).isInstanceOf(Revoked.class);
        assertThat(fixture.server.unchanged()).isZero();
        fixture.server.setDown(true);
        assertThat(fixture.status(leaf)).isInstanceOf(Revoked.class);
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("revocation"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void keptList_answersWithoutItsDer() throws Exception {
        publish(1, KEY_COMPROMISE);
        fixture.status(leaf);
        fixture.server.setDown(true);
        for (Path file : kept()) {
            if (file.toString().endsWith(".crl")) {
                Files.write(file, new byte[1]);
            }
        }

        assertThat(fixture.status(leaf)).isInstanceOf(Revoked.class);
    }

    @Test
    void everyFile_isGivenToItsOwnerAndNoneIsLeftOver() throws Exception {
        List<Path> adopted = new CopyOnWriteArrayList<>();
        fixture.cache = RevocationFolder.open(folder.resolve("revocation"), adopted::add);
        publish(1, Map.of());

        fixture.status(leaf);

        assertThat(adopted).hasSize(3).contains(folder.resolve("revocation"));
        assertThat(kept())
                .hasSize(2)
                .allSatisfy(file -> assertThat(file.toString()).matches(".*[.](crl|index)"));
    }

    @Test
    void dryRun_readsTheFolderAndWritesNothing() throws Exception {
        fixture.cache = RevocationFolder.readOnly(folder.resolve("revocation"));
        publish(1, Map.of());

        assertThat(fixture.status(leaf)).isInstanceOf(Good.class);
        assertThat(folder.resolve("revocation")).doesNotExist();
    }

    @Test
    void folderThatCannotBeWritten_isToldAndCostsNothing() throws Exception {
        Files.writeString(folder.resolve("file"), "in the way");
        fixture.cache = RevocationFolder.open(folder.resolve("file/revocation"), file -> {});
        publish(1, Map.of());

        assertThat(fixture.status(leaf)).isInstanceOf(Good.class);
    }

    @Test
    void refresh_renewsWhatIsSoonDue() throws Exception {
        publish(1, Map.of());
        fixture.status(leaf);
        publish(2, KEY_COMPROMISE);

        assertThat(fixture.sources(NOW).refresh(NOW.plus(Duration.ofHours(1)))).isEmpty();
        assertThat(fixture.server.requests()).as("not due").isEqualTo(1);
        assertThat(fixture.sources(NOW).refresh(ISSUED.plus(Duration.ofHours(25))))
                .isEmpty();

        fixture.server.setDown(true);
        assertThat(fixture.status(leaf)).isInstanceOf(Revoked.class);
    }

    @Test
    void refresh_tellsWhatItCouldNotRenew() throws Exception {
        publish(1, Map.of());
        fixture.status(leaf);
        fixture.server.setDown(true);

        assertThat(fixture.sources(NOW).refresh(OVERDUE)).containsExactly(fixture.url("/a.crl") + ": HTTP 503");
    }

    @Test
    void listThatCannotBeFetched_isNotLookedForAmongThoseOfOthers() throws Exception {
        RevocationPki another = new RevocationPki("CN=Other");
        X509Certificate other = another.leaf(RevocationPki.points(fixture.url("/gone.crl")));
        publish(1, Map.of());
        RevocationCheck run = fixture.run(NOW);
        run.check(List.of(leaf), fixture.pki.authority);

        PathRevocation found = run.check(List.of(other), another.authority);

        assertThat(found.statuses().getFirst())
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.why())
                                .hasSize(3)
                                .startsWith(fixture.url("/gone.crl") + ": HTTP 404"));
    }

    @Test
    void completeListOfTheSameIssuer_answersWhereverItWasFetched() throws Exception {
        X509Certificate other = fixture.pki.leaf(RevocationPki.points(fixture.url("/gone.crl")));
        publish(1, Map.of(other.getSerialNumber(), KEY_COMPROMISE));
        RevocationCheck run = fixture.run(NOW);
        run.check(List.of(leaf), fixture.pki.authority);

        PathRevocation found = run.check(List.of(other), fixture.pki.authority);

        assertThat(found.statuses().getFirst()).isInstanceOf(Revoked.class);
    }

    @Test
    void fetchThatBroke_isNoListForTheNextQuestion() {
        FetchedCrls lists = new FetchedCrls(
                request -> {
                    throw new IllegalStateException("broken");
                },
                new RevocationCache.None(),
                Clock.fixed(NOW, ZoneOffset.UTC),
                Duration.ZERO);
        assertThatThrownBy(() -> lists.listsFor(leaf, List.of(fixture.pki.authority)))
                .hasMessage("broken");

        assertThat(lists.all()).isEmpty();
    }

    @Test
    void issuerThatIsRevoked_makesWhatItIssuedUnknown() throws Exception {
        X509Certificate middle = fixture.pki.leaf(RevocationPki.points(fixture.url("/a.crl")));
        publish(1, Map.of(middle.getSerialNumber(), KEY_COMPROMISE));

        PathRevocation found = fixture.run(NOW).check(List.of(leaf, middle), fixture.pki.authority);

        assertThat(found.statuses().get(0)).isEqualTo(new Unknown(List.of("its issuer is revoked")));
        assertThat(found.statuses().get(1)).isInstanceOf(Revoked.class);
    }

    @Test
    void deltaList_revokesAndReleases() throws Exception {
        X509Certificate fresh = fixture.pki.leaf(
                RevocationPki.points(fixture.url("/a.crl")), RevocationPki.freshest(fixture.url("/d")));
        publish(1, Map.of(fresh.getSerialNumber(), ON_HOLD));
        delta(2, Map.of());
        assertThat(fixture.status(fresh))
                .isInstanceOfSatisfying(
                        Revoked.class, revoked -> assertThat(revoked.onHold()).isTrue());
        delta(3, Map.of(fresh.getSerialNumber(), RevocationPki.REMOVE_FROM_LIST));
        assertThat(fixture.status(fresh)).isInstanceOf(Good.class);
        delta(4, Map.of(fresh.getSerialNumber(), KEY_COMPROMISE));
        assertThat(fixture.status(fresh))
                .isInstanceOfSatisfying(
                        Revoked.class, revoked -> assertThat(revoked.onHold()).isFalse());
    }

    private void delta(long number, Map<BigInteger, Integer> entries) throws Exception {
        fixture.server.put(
                "/d",
                fixture.pki.list(
                        number,
                        ISSUED.plusSeconds(number),
                        entries,
                        new RevocationPki.Ext(Extension.deltaCRLIndicator, true, new ASN1Integer(1))));
    }

    @Test
    void partitionedList_countsForItsOwnPointAlone() throws Exception {
        fixture.server.put("/a.crl", partition(fixture.url("/a.crl")));
        assertThat(fixture.status(leaf)).isInstanceOf(Good.class);

        X509Certificate other = fixture.pki.leaf(RevocationPki.points(fixture.url("/b.crl")));
        fixture.server.put("/b.crl", partition(fixture.url("/a.crl")));
        assertThat(fixture.status(other)).isInstanceOf(Unknown.class);
    }

    private byte[] partition(String url) throws Exception {
        return fixture.pki.list(
                1,
                ISSUED,
                Map.of(),
                new RevocationPki.Ext(
                        Extension.issuingDistributionPoint,
                        true,
                        new IssuingDistributionPoint(RevocationPki.name(url), false, false, null, false, false)));
    }

    @Test
    void unusualListThatIsOld_keepsItsRevocations() throws Exception {
        RevocationPki.Ext point = new RevocationPki.Ext(
                Extension.issuingDistributionPoint,
                true,
                new IssuingDistributionPoint(
                        RevocationPki.name(fixture.url("/a.crl")), false, false, null, false, false));
        X509Certificate other = fixture.pki.leaf(RevocationPki.points(fixture.url("/a.crl")));
        fixture.server.put(
                "/a.crl", fixture.pki.list(1, ISSUED, Map.of(leaf.getSerialNumber(), KEY_COMPROMISE), point));
        fixture.status(leaf);
        fixture.server.setDown(true);

        assertThat(fixture.status(OVERDUE, other)).isInstanceOf(Good.class);
        assertThat(fixture.status(TOO_OLD, other)).isInstanceOf(Unknown.class);
        assertThat(fixture.status(TOO_OLD, leaf)).isInstanceOf(Revoked.class);
    }

    @Test
    void endedService_isNotAskedButItsLastListRevokes() throws Exception {
        X509Certificate other = fixture.pki.leaf(RevocationPki.points(fixture.url("/a.crl")));
        publish(1, KEY_COMPROMISE);
        fixture.status(leaf);
        int asked = fixture.server.requests();
        fixture.ended = List.of(new EndedService(
                new Issuer.Named(DistinguishedNames.parse("cn=authority")), TOO_OLD.minus(Duration.ofDays(1))));

        assertThat(fixture.status(TOO_OLD, leaf)).isInstanceOf(Revoked.class);
        PathRevocation free = fixture.path(TOO_OLD, other);
        assertThat(free.statuses().getFirst()).isInstanceOf(Good.class);
        assertThat(free.warnings())
                .singleElement()
                .satisfies(
                        warning -> assertThat(warning).contains("CN=Authority").contains("has ended"));
        assertThat(fixture.server.requests()).isEqualTo(asked);
    }

    @Test
    void endedService_countsFromItsDateAndByFingerprintToo() throws Exception {
        fixture.server.setDown(true);
        fixture.ended =
                List.of(new EndedService(new Issuer.Pinned(Sha256.of(fixture.pki.authority.getEncoded())), NOW));

        assertThat(fixture.status(NOW.minusSeconds(1), leaf))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(String.join(" ", unknown.why())).contains("revocation.ended"));
        assertThat(fixture.status(NOW, leaf)).isInstanceOf(Good.class);
    }

    @Test
    void certificateThatNamesNoList_isUnknown() throws Exception {
        assertThat(fixture.status(fixture.pki.leaf()))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.why())
                                .contains("the certificate names no address of a revocation list"));
    }

    @Test
    void moreAddressesThanOneRunMayAsk_areNotAsked() throws Exception {
        publish(1, Map.of());
        RevocationCheck run = fixture.run(NOW);
        fixture.server.setDown(true);
        X509Certificate last = fixture.pki.leaf(RevocationPki.points(fixture.url("/last")));
        // A thousand addresses over 63 certificates of 16 each.
        IntStream.range(0, 63).forEach(i -> askSixteen(run, i));

        PathRevocation found = run.check(List.of(last), fixture.pki.authority);

        assertThat(found.statuses().getFirst())
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.why().getFirst()).contains("more than 1000 addresses"));
        assertThat(fixture.server.requests()).isEqualTo(1000);
    }

    private void askSixteen(RevocationCheck run, int block) {
        try {
            String[] urls = IntStream.range(0, 16)
                    .mapToObj(i -> fixture.url("/" + block + "/" + i))
                    .toArray(String[]::new);
            run.check(List.of(fixture.pki.leaf(RevocationPki.points(urls))), fixture.pki.authority);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
