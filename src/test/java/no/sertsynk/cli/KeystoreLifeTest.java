package no.sertsynk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.sandbox.Sandbox.Pair;
import no.sertsynk.sandbox.SandboxAuthority;
import no.sertsynk.sandbox.SandboxAuthority.Order;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a keystore goes through after its first sync: plans, rollbacks, hooks, certificates by hand, quiet runs. */
class KeystoreLifeTest {
    private static final HerId PARTY = new HerId(1001);
    private static final OrganizationNumber NUMBER = new OrganizationNumber("911111111");
    private static final String ENCRYPTION = "her-1001-encryption";
    private static final String SIGNATURE = "her-1001-signature";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final Clock clock = Clock.systemUTC();
    private final Instant begun = clock.instant().minus(Duration.ofDays(30));

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private ProgramFixture program;

    @SuppressWarnings("NullAway.Init")
    private Pair first;

    @BeforeEach
    void start() throws Exception {
        program = new ProgramFixture(folder, clock);
        first = program.sandbox.publishPair("God", NUMBER, begun);
        register(first);
        program.sandbox.configure(List.of(PARTY));
    }

    @AfterEach
    void stop() {
        program.close();
    }

    private void register(Pair... pairs) {
        program.sandbox.register(
                PARTY,
                "God",
                NUMBER,
                java.util.Arrays.stream(pairs)
                        .flatMap(pair -> java.util.stream.Stream.of(pair.encryption(), pair.signature()))
                        .toArray(PartnerCertificate[]::new));
    }

    private Pair renew(Duration later) throws IOException {
        Pair pair = program.sandbox.publishPair("God", NUMBER, begun.plus(later));
        register(pair);
        return pair;
    }

    private void edit(String from, String to) throws IOException {
        Path file = folder.resolve("sertsynk.yaml");
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    private void onChange(String hook) throws IOException {
        edit("type: PKCS12, passwordFile: password", "type: PKCS12, passwordFile: password, onChange: [" + hook + "]");
    }

    private KeyStore store() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("dit.p12"))) {
            store.load(in, "sandkasse".toCharArray());
        }
        return store;
    }

    private Set<String> aliases() throws Exception {
        return new TreeSet<>(Collections.list(store().aliases()));
    }

    private void expect(int code, String... arguments) {
        assertThat(program.run(arguments)).as(program.out()).isEqualTo(code);
    }

    private void expectAfter(Duration wait, int code, String... arguments) {
        assertThat(program.runAt(Clock.offset(clock, wait), arguments))
                .as(program.out())
                .isEqualTo(code);
    }

    private String script(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file.toString();
    }

    @Test
    void plan_tellsEachChangeByItsAlias_andSyncDoesExactlyThat() throws Exception {
        expect(0, "sync");
        Pair renewed = renew(Duration.ofDays(20));

        expect(10, "plan", "--exit-code");
        assertThat(program.out())
                .containsPattern("\\+ +her-1001-encryption +serial "
                        + renewed.encryption().serial())
                .containsPattern("~ +her-1001-encryption-" + first.encryption().serialHex() + " +serial "
                        + first.encryption().serial() + ".*retire: a newer one is current");
        expect(0, "plan", "--json");
        String changes = program.out().replaceAll("(?s).*?\"changes\":(\\[.*?\\]).*", "$1");
        expect(0, "sync", "--json");

        assertThat(program.out()).contains(changes);
        assertThat(store().getCertificate(ENCRYPTION))
                .isEqualTo(renewed.encryption().x509());
    }

    @Test
    void aliasTemplates_nameWhatIsInstalled_andARenamedEntryIsTold() throws Exception {
        expect(0, "sync");
        edit(
                "passwordFile: password}\n  - {name: bundle",
                "passwordFile: password, alias: \"x.{purpose}.{herId}\", parallelAlias:"
                        + " \"old.{purpose}.{herId}.{sha256}\"}\n"
                        + "  - {name: bundle");

        expect(0, "plan");
        assertThat(program.out()).contains("~  x.encryption.1001").contains("renamed from her-1001-encryption");
        expect(0, "sync");
        assertThat(aliases()).containsExactly("x.encryption.1001", "x.signature.1001");
        renew(Duration.ofDays(20));
        expect(0, "sync");

        assertThat(aliases())
                .contains("old.encryption.1001." + first.encryption().sha256().hex());
    }

    @Test
    void rollback_putsEarlierEntriesBack_holdsAndReleases() throws Exception {
        expect(0, "sync");
        Pair renewed = renew(Duration.ofDays(20));
        expect(0, "sync");
        putForeign();

        expect(0, "rollback", "dit", "--json");
        assertThat(program.out()).contains("\"restored\":1", "\"held\":true", "\"changed\":true");
        assertThat(aliases()).containsExactly("foreign", ENCRYPTION, SIGNATURE);
        assertThat(store().getCertificate(ENCRYPTION))
                .isEqualTo(first.encryption().x509());

        expect(0, "sync", "--json");
        assertThat(program.out()).contains("\"held\":true");
        assertThat(store().getCertificate(ENCRYPTION))
                .isEqualTo(first.encryption().x509());
        expect(0, "status", "--json");
        assertThat(program.out()).contains("\"code\":\"GUARD\"").contains("rollback --release dit");
        expect(0, "history");
        assertThat(program.out()).contains("rolled back to generation 1").contains(System.getProperty("user.name"));

        expect(0, "rollback", "--release", "dit");
        expect(0, "sync");
        assertThat(store().getCertificate(ENCRYPTION))
                .isEqualTo(renewed.encryption().x509());
        assertThat(aliases()).contains("foreign");
        expect(0, "status", "--json");
        assertThat(program.out()).doesNotContain("\"code\":\"GUARD\"");
    }

    /** Another program's entry, written after the generation that is gone back to. */
    private void putForeign() throws Exception {
        KeyStore store = store();
        store.setCertificateEntry("foreign", program.sandbox.authority().root());
        try (var out = Files.newOutputStream(folder.resolve("dit.p12"))) {
            store.store(out, "sandkasse".toCharArray());
        }
    }

    @Test
    void rollback_leavesOutWhatIsRevoked_andKeepsWhatServesItsPurpose() throws Exception {
        expect(0, "sync");
        Pair renewed = renew(Duration.ofDays(20));
        expect(0, "sync");
        program.sandbox.authority().revoke(first.encryption(), false);

        expect(0, "rollback", "dit", "--to", "1", "--json");

        assertThat(program.out())
                .contains("\"leftOut\":[{\"alias\":\"her-1001-encryption\"")
                .contains("REVOKED");
        assertThat(store().getCertificate(ENCRYPTION))
                .isEqualTo(renewed.encryption().x509());
        assertThat(store().getCertificate(SIGNATURE))
                .isEqualTo(first.signature().x509());
    }

    @Test
    void revocationInAHeldKeystore_isToldAndChangesNothing() throws Exception {
        expect(0, "sync");
        renew(Duration.ofDays(20));
        expect(0, "sync");
        expect(0, "rollback", "dit");
        byte[] held = Files.readAllBytes(folder.resolve("dit.p12"));
        program.sandbox.authority().revoke(first.encryption(), false);

        expect(1, "sync", "--json");

        assertThat(program.out()).contains("is revoked and stays, because the keystore is held");
        assertThat(Files.readAllBytes(folder.resolve("dit.p12"))).isEqualTo(held);
        expect(0, "status", "--json");
        assertThat(program.out()).contains("\"code\":\"REVOKED\"");
    }

    @Test
    void rollbackToWhatIsNotKept_tellsWhatIs() throws Exception {
        expect(0, "sync");
        expect(1, "rollback", "dit");
        assertThat(program.out()).contains("expected an earlier generation that is kept, found none");
        expect(1, "rollback", "dit", "--to", "7");
        assertThat(program.out()).contains("generation 7 is not kept");
        expect(2, "rollback", "elsewhere");
        assertThat(program.out()).contains("expected the name of a keystore of the configuration (dit, bundle)");
    }

    @Test
    void hook_isToldOnceForEachChange_withTheEventAndLittleElse() throws Exception {
        String hook = script(
                "hook",
                "cat > " + folder + "/event; env > " + folder + "/env; echo x >> " + folder + "/calls; echo hei");
        onChange("[\"" + hook + "\"]");

        assertThat(program.runWith(
                        clock,
                        name -> name.equals("SECRET") ? java.util.Optional.of("hemmelig") : java.util.Optional.empty(),
                        "sync"))
                .as(program.out())
                .isZero();
        expect(0, "sync");

        assertThat(Files.readAllLines(folder.resolve("calls"))).hasSize(1);
        assertThat(Files.readString(folder.resolve("event")))
                .contains(
                        "\"event\":\"keystore-changed\"", "\"keystore\":\"dit\"", "\"alias\":\"her-1001-encryption\"");
        assertThat(Files.readString(folder.resolve("env")))
                .contains(
                        "SERTSYNK_KEYSTORE=dit\n",
                        "SERTSYNK_GENERATION=1\n",
                        "SERTSYNK_ADDED=2\n",
                        "SERTSYNK_REMOVED=0\n")
                .doesNotContain("hemmelig");
        expect(0, "history", "--json");
        assertThat(program.out()).contains("\"action\":\"hook\"").contains("\"output\":\"hei\"");
    }

    @Test
    void dryRun_tellsNoHook() throws Exception {
        onChange("[\"" + script("hook", "touch " + folder + "/called") + "\"]");
        expect(0, "plan");
        assertThat(folder.resolve("called")).doesNotExist();
    }

    @Test
    void failingHook_isReportedAndTriedAgain_andTheKeystoreStays() throws Exception {
        String hook = script("hook", "echo x >> " + folder + "/calls; test -e " + folder + "/healthy || exit 3");
        onChange("[\"" + hook + "\"]");

        expect(1, "sync", "--json");
        assertThat(program.out())
                .contains("HOOK_FAILED")
                .contains("expected exit code 0, found 3")
                .contains("updated");
        assertThat(aliases()).contains(ENCRYPTION);
        expect(1, "sync");
        assertThat(Files.readAllLines(folder.resolve("calls")))
                .as("not again at once")
                .hasSize(1);
        expect(0, "status", "--json");
        assertThat(program.out()).contains("\"code\":\"HOOK_FAILED\"");

        expectAfter(Duration.ofMinutes(2), 1, "sync");
        assertThat(Files.readAllLines(folder.resolve("calls"))).hasSize(2);
        Files.createFile(folder.resolve("healthy"));
        expectAfter(Duration.ofMinutes(5), 0, "sync");
        assertThat(Files.readAllLines(folder.resolve("calls"))).hasSize(3);
        expectAfter(Duration.ofMinutes(6), 0, "status", "--json");
        assertThat(program.out()).doesNotContain("HOOK_FAILED");
    }

    @Test
    void hookThatHangs_isStoppedWithAllItHasStarted() throws Exception {
        String hook = script("hook", "sleep 600 & echo $! > " + folder + "/pid; wait");
        onChange("{command: [\"" + hook + "\"], timeout: 2s}");

        expect(1, "sync");

        assertThat(program.out()).contains("expected an end within 2 s");
        expectEnd(Long.parseLong(Files.readString(folder.resolve("pid")).strip()));
    }

    /** Who was killed and is only not yet buried by its parent has ended too. */
    private static void expectEnd(long pid) throws Exception {
        Path status = Path.of("/proc/" + pid + "/stat");
        Instant deadline = Instant.now().plusSeconds(10);
        while (Files.exists(status) && !Files.readString(status).contains(") Z ")) {
            assertThat(Instant.now()).as("still running: " + pid).isBefore(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void hookThatIsNoProgram_isReported() throws Exception {
        onChange("[" + folder + "/none]");
        expect(1, "sync");
        assertThat(program.out()).contains("expected a program that can be started");
    }

    @Test
    void templateThatLetsTwoShareAName_isAMistakeWithItsLine() throws Exception {
        edit("type: PEM}", "type: PEM, alias: \"nav-{herId}\"}");
        expect(2, "config", "check");
        assertThat(program.out())
                .containsPattern("sertsynk.yaml:\\d+:\\d+: keystores\\[1\\].alias: expected \\{purpose\\}");
    }

    @Test
    void importedCertificate_staysWhateverTheRegisterSays() throws Exception {
        expect(0, "sync");
        PartnerCertificate byHand = program.sandbox
                .authority()
                .issue(Order.of("God", NUMBER, SandboxAuthority.ENCRYPTION_USAGE, begun.plus(Duration.ofDays(1))));
        Path file = pem("handed.pem", byHand.x509());

        expect(0, "import", file.toString(), "--party", "1001", "--json");
        assertThat(program.out()).contains("\"accepted\":true");
        assertThat(store().getCertificate(ENCRYPTION)).isEqualTo(byHand.x509());

        program.sandbox.register().remove(PARTY);
        expect(1, "sync", "--json");
        assertThat(program.out()).contains("PARTY_UNKNOWN");
        assertThat(store().getCertificate(ENCRYPTION)).isEqualTo(byHand.x509());
        expect(0, "status");
        assertThat(program.out()).contains("(by hand)");
    }

    @Test
    void import_works_whenTheRegisterIsDown_besideWhatIsCurrent() throws Exception {
        expect(0, "sync");
        var current = store().getCertificate(ENCRYPTION);
        program.sandbox.register().close();
        PartnerCertificate byHand = program.sandbox
                .authority()
                .issue(Order.of("God", NUMBER, SandboxAuthority.ENCRYPTION_USAGE, begun.plus(Duration.ofDays(1))));

        expect(0, "import", pem("handed.pem", byHand.x509()).toString(), "--party", "1001");

        assertThat(store().getCertificate(ENCRYPTION)).isEqualTo(current);
        assertThat(store().getCertificate(ENCRYPTION + "-" + byHand.serialHex()))
                .isEqualTo(byHand.x509());
    }

    @Test
    void importTakenBack_letsTheRegistersOwnBeCurrentAgain_andIsToldInHistory() throws Exception {
        expect(0, "sync");
        PartnerCertificate byHand = program.sandbox
                .authority()
                .issue(Order.of("God", NUMBER, SandboxAuthority.ENCRYPTION_USAGE, begun.plus(Duration.ofDays(1))));
        String file = pem("handed.pem", byHand.x509()).toString();
        expect(0, "import", file, "--party", "1001");

        expect(0, "import", "--remove", file, "--party", "1001", "--json");

        assertThat(program.out()).contains("\"removed\":true").contains("\"action\":\"promote\"");
        assertThat(store().getCertificate(ENCRYPTION))
                .isEqualTo(first.encryption().x509());
        assertThat(store().getCertificate(ENCRYPTION + "-" + byHand.serialHex()))
                .isEqualTo(byHand.x509());
        expect(0, "history");
        assertThat(program.out()).contains("take-back").contains("HER-id 1001 is no longer given by hand");
        expect(0, "status");
        assertThat(program.out()).doesNotContain("(by hand)");

        expect(1, "import", "--remove", file, "--party", "1001");
        assertThat(program.out()).contains("expected a certificate that was handed over for the party");
    }

    @Test
    void importOfWhatIsRefused_installsNothing() throws Exception {
        expect(0, "sync");
        SandboxAuthority forger =
                SandboxAuthority.create("Sandkasse Class 3", clock.instant(), java.util.Optional.empty());
        PartnerCertificate forged = forger.issue(
                Order.of("God", NUMBER, SandboxAuthority.ENCRYPTION_USAGE, begun.plus(Duration.ofDays(1))));
        Path text = Files.writeString(folder.resolve("text.pem"), "hei");

        expect(1, "import", pem("forged.pem", forged.x509()).toString(), text.toString(), "--party", "1001", "--json");
        assertThat(program.out())
                .contains("UNTRUSTED")
                .contains("MALFORMED_CERTIFICATE")
                .doesNotContain("\"accepted\":true");
        assertThat(store().getCertificate(ENCRYPTION))
                .isEqualTo(first.encryption().x509());
        expect(0, "sync", "--json");
        assertThat(program.out()).doesNotContain("UNTRUSTED");

        expect(2, "import", folder.resolve("none.pem").toString(), "--party", "1001");
        expect(2, "import", text.toString(), "--party", "4711");
    }

    private Path pem(String name, X509Certificate certificate) throws Exception {
        return Files.writeString(
                folder.resolve(name),
                "-----BEGIN CERTIFICATE-----\n"
                        + java.util.Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
    }

    @Test
    void certificateOfTwoPurposesAndParties_getsAnEntryForEach() throws Exception {
        HerId other = new HerId(1002);
        PartnerCertificate both = program.sandbox
                .authority()
                .issue(Order.of(
                        "God", NUMBER, SandboxAuthority.ENCRYPTION_USAGE | SandboxAuthority.SIGNATURE_USAGE, begun));
        program.sandbox.publish(both);
        program.sandbox.register(PARTY, "God", NUMBER, both);
        program.sandbox.register(other, "God", NUMBER, both);
        program.sandbox.configure(List.of(PARTY, other));

        expect(0, "sync");

        assertThat(aliases()).containsExactly(ENCRYPTION, SIGNATURE, "her-1002-encryption", "her-1002-signature");
        for (String alias : aliases()) {
            Certificate certificate = store().getCertificate(alias);
            assertThat(certificate).isEqualTo(both.x509());
        }
    }

    @Test
    void partyTakenOut_leavesNoProblemsBehind() throws Exception {
        program.sandbox.configure(List.of(PARTY, new HerId(4711)));
        expect(1, "sync");
        expect(0, "status", "--json");
        assertThat(program.out()).contains("PARTY_UNKNOWN").contains("\"herId\":4711");
        program.sandbox.configure(List.of(PARTY));

        expect(0, "sync");

        expect(0, "status", "--json");
        assertThat(program.out()).doesNotContain("PARTY_UNKNOWN").doesNotContain("4711");
    }
}
