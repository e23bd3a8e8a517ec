package no.sertsynk.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.sandbox.Sandbox;
import no.sertsynk.sandbox.Sandbox.Pair;
import no.sertsynk.state.SqliteStatus;
import no.sertsynk.sync.KeystoreAccess;
import no.sertsynk.sync.StatusSource.HistoryRow;
import no.sertsynk.sync.SyncListener;
import no.sertsynk.sync.SyncReport;

/**
 * One party that has just renewed its certificates, a keystore that still holds the old ones, and a hook that notes each
 * generation it is told of. It can be put back to this moment as often as a test wants.
 */
final class UpdateWorld implements AutoCloseable {
    private static final HerId PARTY = new HerId(1001);
    private static final OrganizationNumber NUMBER = new OrganizationNumber("911111111");
    private static final List<String> KEPT = List.of("state", "dit.p12");

    final Sandbox sandbox;
    final Pair before;
    final Pair after;
    private final Path folder;
    private final Clock clock = Clock.systemUTC();

    UpdateWorld(Path folder) throws Exception {
        this.folder = folder;
        this.sandbox = Sandbox.start(folder, clock);
        this.before = sandbox.publishPair("God", NUMBER, clock.instant().minus(Duration.ofDays(30)));
        this.after = sandbox.publishPair("God", NUMBER, clock.instant().minus(Duration.ofDays(1)));
        register(before);
        configure();
        assertThat(sync(new LocalKeystores(clock)).keystores())
                .allMatch(keystore -> keystore.reasons().isEmpty());
        register(after);
        for (String name : KEPT) {
            copy(folder.resolve(name), folder.resolve("kept-" + name));
        }
    }

    void register(Pair pair) {
        sandbox.register(PARTY, "God", NUMBER, pair.encryption(), pair.signature());
    }

    private void configure() throws IOException {
        Path hook = folder.resolve("hook");
        Files.writeString(hook, "#!/bin/sh\ncat > /dev/null; echo $SERTSYNK_GENERATION >> " + folder + "/told\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwx------"));
        Path file = sandbox.configure(List.of(PARTY));
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("  - {name: bundle, path: dit.pem, type: PEM}\n", "")
                        .replace(
                                "PKCS12, passwordFile: password}",
                                "PKCS12, passwordFile: password, onChange: [[\"" + hook + "\"]]}"));
    }

    Path configuration() {
        return folder.resolve("sertsynk.yaml");
    }

    /** Puts keystore and state back to the moment before the update. */
    void restore() throws IOException {
        for (String name : KEPT) {
            delete(folder.resolve(name));
            copy(folder.resolve("kept-" + name), folder.resolve(name));
        }
        Files.deleteIfExists(folder.resolve("told"));
    }

    static void delete(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            try (Stream<Path> children = Files.list(path)) {
                for (Path child : children.toList()) {
                    delete(child);
                }
            }
        }
        Files.deleteIfExists(path);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        if (Files.isDirectory(from)) {
            try (Stream<Path> children = Files.list(from)) {
                for (Path child : children.toList()) {
                    copy(child, to.resolve(child.getFileName()));
                }
            }
        }
    }

    SyncReport sync() throws Exception {
        return sync(new LocalKeystores(clock));
    }

    SyncReport sync(KeystoreAccess keystores) throws Exception {
        var loaded = Application.configuration(configuration(), name -> Optional.empty());
        return Application.of(loaded.configuration(), clock, name -> Optional.empty(), keystores)
                .sync(
                        new Application.Order(Set.of(), false, Set.of(), Optional.empty(), Optional.empty()),
                        SyncListener.none());
    }

    /** Whatever has happened, a client opens the keystore and finds the old certificate or the new one. */
    void expectOldOrNew(String where) throws Exception {
        assertThat(current())
                .as(where)
                .isIn(before.encryption().x509(), after.encryption().x509());
    }

    private Object current() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("dit.p12"))) {
            store.load(in, "sandkasse".toCharArray());
        }
        return store.getCertificate("her-1001-encryption");
    }

    /** Another run completes the update; state, file, history and hook agree, and a further run has nothing to do. */
    void expectCompletion(String where) throws Exception {
        SyncReport completing = sync();
        assertThat(completing.keystores().getFirst().reasons()).as(where).isEmpty();
        assertThat(current()).as(where).isEqualTo(after.encryption().x509());
        try (Stream<Path> beside = Files.list(folder)) {
            assertThat(beside.map(path -> path.getFileName().toString()))
                    .as(where)
                    .noneMatch(name -> name.contains(".sertsynk-"));
        }
        assertThat(changes())
                .as(where)
                .containsExactlyInAnyOrder(
                        "add her-1001-encryption",
                        "add her-1001-signature",
                        "add her-1001-encryption",
                        "add her-1001-signature",
                        "retire her-1001-encryption-" + before.encryption().serialHex(),
                        "retire her-1001-signature-" + before.signature().serialHex());
        List<String> told =
                Files.exists(folder.resolve("told")) ? Files.readAllLines(folder.resolve("told")) : List.of();
        assertThat(told).as(where).containsExactly("2");

        SyncReport further = sync();
        assertThat(further.keystores().getFirst().changed()).as(where).isFalse();
        assertThat(further.keystores().getFirst().generation()).as(where).isEqualTo(2);
        assertThat(further.keystores().getFirst().entries()).as(where).isEqualTo(4);
    }

    private List<String> changes() {
        try (SqliteStatus status = SqliteStatus.open(folder.resolve("state")).orElseThrow()) {
            List<HistoryRow> rows = status.history(Optional.of(PARTY), 100);
            return rows.stream()
                    .map(row -> row.action() + " " + row.line().orElseThrow().alias())
                    .toList();
        }
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
