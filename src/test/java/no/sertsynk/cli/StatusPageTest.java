package no.sertsynk.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import no.sertsynk.app.Application;
import no.sertsynk.app.Daemon;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.sandbox.Sandbox;
import no.sertsynk.sandbox.Sandbox.Pair;
import no.sertsynk.sandbox.SandboxAuthority;
import no.sertsynk.sandbox.SandboxRegisterParty;
import no.sertsynk.service.admin.AdminServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/**
 * The status page of the real service in a real browser: one world, whose story goes on from test to test. Pictures of it lie
 * in target/status-page afterwards.
 */
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StatusPageTest {
    private static final int MOST_BYTES = 100_000;
    private static final Clock CLOCK = Clock.systemUTC();
    private static final HerId CLINIC = new HerId(93238);
    private static final HerId HOSPITAL = new HerId(8094871);
    private static final HerId PHARMACY = new HerId(14001);
    private static final OrganizationNumber CLINIC_NUMBER = new OrganizationNumber("983544622");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @SuppressWarnings("NullAway.Init") // all made before the first test
    private static Browser browser;

    @SuppressWarnings("NullAway.Init")
    private static Sandbox sandbox;

    @SuppressWarnings("NullAway.Init")
    private static Daemon daemon;

    private static boolean isRunning = true;

    @SuppressWarnings("NullAway.Init")
    private static String token;

    @SuppressWarnings("NullAway.Init")
    private static Pair clinic;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Browser.isInstalled(), "skipped: needs /usr/bin/chromium and /usr/bin/chromedriver");
        sandbox = Sandbox.start(Files.createDirectory(folder.resolve("world")), CLOCK);
        clinic = party(CLINIC, "Solbakken legekontor", CLINIC_NUMBER.digits(), 400);
        party(HOSPITAL, "Nordfjord sykehus, medisinsk avdeling", "991825827", 30);
        party(PHARMACY, "Apotek 1 Torget", "914455221", 200);
        Path file = sandbox.configure(List.of(CLINIC, HOSPITAL, PHARMACY));
        daemon = Daemon.start(
                new Daemon.Start(file, CLOCK, name -> Optional.empty(), new DaemonAnswers(CLOCK)),
                Application.configuration(file, name -> Optional.empty()).configuration());
        token = Files.readString(sandbox.folder().resolve("state/admin.token")).strip();
        browser = Browser.start(folder.resolve("profile"));
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (daemon != null && isRunning) {
            daemon.close();
        }
        if (sandbox != null) {
            sandbox.close();
        }
    }

    @AfterEach
    void nothingWasComplainedOf() {
        assertThat(browser.complaints()).isEmpty();
    }

    private static Pair party(HerId herId, String name, String number, int daysAgo) throws IOException {
        OrganizationNumber organization = new OrganizationNumber(number);
        Pair pair = sandbox.publishPair(name, organization, now().minus(Duration.ofDays(daysAgo)));
        sandbox.register(herId, name, organization, pair.encryption(), pair.signature());
        return pair;
    }

    private static Instant now() {
        return CLOCK.instant();
    }

    private static String address(String path) {
        return "http://127.0.0.1:" + daemon.port() + path;
    }

    private static void refresh() {
        browser.click("#refresh");
        browser.await("the end of the sync", () -> !browser.text("#outcome").isEmpty());
    }

    private static void expectAccessible() {
        assertThat(browser.accessibilityMistakes()).isEmpty();
    }

    @Test
    @Order(1)
    void signIn_takesTheRightTokenAlone() throws Exception {
        browser.open(address("/"));
        browser.awaitText("#headline", "Sign in to see the status");
        browser.awaitText("#health", "running as it should");
        expectAccessible();

        for (String wrong : List.of("wrong", "x".repeat(token.length()), "blåbær →")) {
            browser.find("#token").clear();
            browser.find("#token").sendKeys(wrong);
            browser.click("#sign-in button");
            browser.awaitText("#token-error", "not the right token");
        }
        expectAccessible();
        browser.picture("sign-in");

        browser.find("#token").clear();
        browser.find("#token").sendKeys(token);
        browser.click("#sign-in button");
        browser.await("the parties", () -> !browser.all(".party").isEmpty());
        assertThat(browser.find("#sign-in").isDisplayed()).isFalse();
    }

    @Test
    @Order(2)
    void refresh_showsHowItGetsOnAndThatAllIsWell() throws Exception {
        browser.script("window.seen = []; new MutationObserver(() => seen.push(document.getElementById('progress-text')"
                + ".textContent)).observe(document.getElementById('progress'), {subtree: true, childList: true})");
        refresh();

        assertThat(browser.script("return seen")).asString().contains("Waiting for its turn");
        assertThat(browser.text("#outcome")).isEqualTo("Done: nothing had changed.");
        assertThat(browser.find("#progress").isDisplayed()).isFalse();
        browser.awaitText("#headline", "All is well");
        assertThat(browser.text("#subline")).contains("All 3 parties", "Last sync just now", "next at");
        assertThat(browser.find("#tasks").isDisplayed()).isFalse();
        assertThat(browser.all(".party .badge.ok")).hasSize(3);
        expectAccessible();
        browser.picture("light");
    }

    @Test
    @Order(3)
    void page_isSmallStrictAndFromHereAlone() throws Exception {
        browser.script("location.reload()");
        browser.await("the parties", () -> !browser.all(".party").isEmpty());
        @SuppressWarnings("unchecked")
        List<List<Object>> loaded = Objects.requireNonNull((List<List<Object>>) browser.script(
                "return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
                        + ".map(entry => [entry.name, entry.transferSize])"));

        long bytes = loaded.stream()
                .mapToLong(entry -> ((Number) entry.get(1)).longValue())
                .sum();
        System.out.println("status page: " + loaded.size() + " requests, " + bytes + " bytes, uncompressed");
        assertThat(bytes).isBetween(10_000L, (long) MOST_BYTES);
        assertThat(loaded)
                .allSatisfy(entry -> assertThat(entry.get(0)).asString().startsWith(address("/")));
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(address("/"))).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.body()).doesNotContain("style=", "<style", "onclick", token);
        }
        assertThat(browser.script(
                        "const s = document.createElement('script'); try { s.textContent = 'window.broken = 1'"
                                + " } catch { return 'refused' } document.head.append(s); return window.broken ??"
                                + " 'refused'"))
                .isEqualTo("refused");
        assertThat(browser.script("return document.cookie + JSON.stringify(localStorage)"))
                .asString()
                .doesNotContain(token);
        browser.complaints(); // of the script that was refused
    }

    @Test
    @Order(4)
    void rollover_isSeenHappening() throws Exception {
        Pair renewed = sandbox.publishPair("Solbakken legekontor", CLINIC_NUMBER, now().minus(Duration.ofHours(2)));
        sandbox.register(CLINIC, "Solbakken legekontor", CLINIC_NUMBER, renewed.encryption(), renewed.signature());
        OrganizationNumber hospital = new OrganizationNumber("991825827");
        Pair now = sandbox.publishPair("Nordfjord sykehus", hospital, now().minus(Duration.ofDays(500)));
        Pair next = sandbox.publishPair("Nordfjord sykehus", hospital, now().minus(Duration.ofDays(1)));
        sandbox.register()
                .put(SandboxRegisterParty.organization(HOSPITAL, "Nordfjord sykehus", hospital)
                        .withLdapString(Sandbox.ldapString(now.encryption(), now.signature()))
                        .withAnnouncedLdapString(
                                Sandbox.ldapString(next.encryption(), next.signature()),
                                now().plus(Duration.ofDays(21))));
        refresh();

        assertThat(browser.text("#outcome")).isEqualTo("Done: 2 parties were updated.");
        browser.await(
                "two that change", () -> browser.all(".party .badge.change").size() == 2);
        assertThat(browser.text("#headline")).isEqualTo("All is well");
        assertThat(browser.all(".bar.parallel")).isNotEmpty();
        assertThat(browser.all("#party-list .turn")).isNotEmpty();
        assertThat(browser.text("#next")).contains("new certificate comes into use", "earlier certificate is removed");
        assertThat(browser.text("#runs")).contains("changes");

        browser.find("#search").sendKeys("solbakken");
        browser.awaitText("#count", "1 of 3 parties");
        browser.click(".party summary");
        browser.awaitText(".party .done", "Installed");
        assertThat(browser.text(".party .certificates"))
                .contains(
                        renewed.encryption().serial().toString(),
                        clinic.encryption().serial().toString());
        browser.click(".run summary");
        browser.awaitText(".run[open] .more", "Installed signature, encryption · Solbakken legekontor · dit, bundle");
        browser.click(".keystore details summary");
        browser.awaitText(".keystore details", "sertsynk rollback");
        expectAccessible();
        browser.picture("rollover-open");
        browser.find("#search").clear();
        browser.find("#search").sendKeys(" ");
        browser.awaitText("#count", "3 parties");
        browser.click("#ranges button:first-child");
        expectAccessible();
        browser.picture("rollover");
    }

    @Test
    @Order(5)
    void problem_isToldWithWhatToDo() throws Exception {
        SandboxAuthority forger = SandboxAuthority.create(
                "Sandkasse Class 3", now(), Optional.of(sandbox.lists().url()));
        OrganizationNumber number = new OrganizationNumber("914455221");
        Pair forged = Sandbox.issuePair(forger, "Apotek 1 Torget", number, now().minus(Duration.ofHours(1)));
        sandbox.publish(forged.encryption());
        sandbox.register(PHARMACY, "Apotek 1 Torget", number, forged.encryption());
        sandbox.register().put(SandboxRegisterParty.organization(HOSPITAL, "Nordfjord sykehus", number));
        refresh();

        browser.awaitText("#headline", "problems need you");
        assertThat(browser.text("#tasks"))
                .contains("What to do", "has not registered where its certificates are")
                .contains("Ask the party to register an LDAP string", "What is installed works");
        assertThat(browser.text("#party-list li:first-child .badge")).isEqualTo("Problem");
        browser.click(".task:first-child details summary");
        browser.awaitText(".task:first-child details", "UNTRUSTED");
        browser.click("#filters button:nth-child(2)");
        expectAccessible();
        browser.picture("error");
    }

    @Test
    @Order(6)
    void norwegian_isChosenAndKept() throws Exception {
        browser.click("[data-language=nb]");
        browser.awaitText("#headline", "problemer må løses");
        browser.script("location.reload()");
        browser.awaitText("#headline", "problemer må løses");

        assertThat(browser.text("#tasks")).contains("Dette må gjøres", "Be parten registrere en LDAP-streng");
        assertThat(browser.script("return document.documentElement.lang")).isEqualTo("nb");
        assertThat(browser.text("body")).doesNotContain("Sync now", "Parties");
        expectAccessible();
    }

    @Test
    @Order(7)
    void darkAndPhone_areReadToo() throws Exception {
        browser.prefer("dark");
        expectAccessible();
        browser.picture("dark");
        browser.size(360, 780, true);
        try {
            browser.click(".party summary");
            browser.await(
                    "the details",
                    () -> !browser.all(".party[open] .certificate").isEmpty());
            expectAccessible();
            browser.picture("phone-dark");
            browser.prefer("light");
            expectAccessible();
            browser.picture("phone");
            assertThat(browser.script("return document.scrollingElement.scrollWidth"))
                    .isEqualTo(360L);
        } finally {
            browser.size(1280, 900, false);
        }
    }

    @Test
    @Order(8)
    void registerThatIsDown_isToldFirst() throws Exception {
        sandbox.register().close();
        refresh();

        assertThat(browser.text("#outcome")).contains("Synkroniseringen ble stanset", "Adresseregisteret svarte ikke");
        browser.awaitText("#headline", "Adresseregisteret svarte ikke");
        browser.awaitText("#tasks", "Det som er installert, blir stående");
        assertThat(browser.text("#runs .run:first-child")).contains("Stanset");
    }

    @Test
    @Order(9)
    void keyboard_isEnough() {
        browser.script("sessionStorage.setItem('sertsynk.token', 'of yesterday'); location.reload()");
        browser.awaitText("#token-error", "gjelder ikke lenger");
        browser.find("#token").sendKeys(token, Keys.ENTER);
        browser.await("the parties", () -> !browser.all(".party").isEmpty());
        browser.click("#sign-out");
        browser.awaitText("#headline", "Logg inn");
        assertThat(browser.text("body")).doesNotContain("Torget");
        browser.click("[data-language=en]");
        browser.awaitText("#headline", "Sign in");
        browser.open(address("/"));
        browser.awaitText("#headline", "Sign in");

        browser.tabTo(".skip");
        browser.type(Keys.ENTER);
        browser.tabTo("#token");
        browser.type(token, Keys.ENTER);
        browser.await(
                "the headline has the focus",
                () -> Boolean.TRUE.equals(browser.script("return document.activeElement.id === 'headline'")));
        browser.tabTo("#refresh");
        assertThat(browser.script("return getComputedStyle(document.activeElement).outlineStyle"))
                .isEqualTo("solid");
        browser.type(Keys.ENTER);
        browser.awaitText("#outcome", "stopped");
        browser.tabTo("#search");
        browser.type("torget");
        browser.awaitText("#count", "1 of 3");
        browser.tabTo(".party summary");
        browser.type(Keys.ENTER);
        browser.await(
                "the details", () -> !browser.all(".party[open] .certificate").isEmpty());
        browser.type(Keys.SPACE);
        assertThat(browser.all(".party[open]")).isEmpty();
    }

    @Test
    @Order(10)
    void thousandParties_areDrawnAndFoundAndSyncedInSight() throws Exception {
        PaperDesk desk = new PaperDesk(1_000, now());
        try (AdminServer server =
                AdminServer.start(new AdminServer.Setting("127.0.0.1", 0, List.of(), token, Optional.empty()), desk)) {
            browser.open("http://127.0.0.1:" + server.port() + "/");
            browser.awaitText("#headline", "Sign in");
            browser.find("#token").sendKeys(token, Keys.ENTER);
            browser.await(
                    "all of them",
                    () -> !browser.all("#party-list[data-drawn='1000']").isEmpty());
            Object milliseconds = browser.script("return Math.round(performance.now())");
            System.out.println("status page: 1,000 parties are drawn " + milliseconds + " ms after it was asked for");

            browser.awaitText("#headline", "problem");
            assertThat(browser.text("#party-list li:first-child")).contains("Legekontor 1\n", "Problem");
            assertThat(browser.text("#tasks"))
                    .contains("The certificate directory did not answer", "and 37 more")
                    .contains("A trusted certificate authority ends", "Keystore: dit");
            assertThat(browser.text("#next")).contains("New address of the service", "Paper Root");
            assertThat(browser.all("#axis .milestone")).isNotEmpty();
            browser.picture("thousand");
            browser.click(".task .foot button");
            browser.awaitText("#count", "40 of 1,000 parties");
            browser.click("#filters button");
            browser.find("#search").sendKeys("kontor 777");
            browser.awaitText("#count", "1 of 1,000 parties");
            assertThat(browser.text("#party-list")).contains("Legekontor 777");

            browser.click("#refresh");
            browser.awaitText("#progress-text", "370 of 1,000 parties");
            expectAccessible();
            browser.picture("progress");
            desk.end();
            browser.awaitText("#outcome", "Done: 2 parties were updated. One problem needs you.");
        }
        browser.open(address("/"));
        browser.await("the parties", () -> !browser.all(".party").isEmpty());
    }

    @Test
    @Order(11)
    void serviceThatIsGone_isTold() throws Exception {
        daemon.close();
        isRunning = false;
        browser.click("#refresh");

        browser.awaitText("#headline", "The service does not answer");
        assertThat(browser.text("#subline")).contains("systemctl status sertsynk", "What you see is from");
        assertThat(browser.text("#party-list")).contains("Torget");
        browser.picture("gone");
        assertThat(browser.complaints()).allMatch(line -> line.contains("ERR_CONNECTION"));
    }
}
