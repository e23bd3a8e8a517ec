package no.sertsynk.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.keystore.KeystoreContents;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.keystore.KeystoreSpec;
import no.sertsynk.model.HerId;
import no.sertsynk.model.ReasonCode;
import no.sertsynk.sandbox.Sandbox;
import no.sertsynk.sandbox.SandboxRegisterFault;
import no.sertsynk.sync.KeystoreReport;
import no.sertsynk.sync.Outcome;
import no.sertsynk.sync.SyncListener;
import no.sertsynk.sync.SyncReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A keystore that nobody has changed is not read; one that anybody has changed is. */
class QuietRunTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final List<String> read = new ArrayList<>();
    private Duration elapsed = Duration.ZERO;

    @SuppressWarnings("NullAway.Init")
    private Sandbox sandbox;

    @BeforeEach
    void settle() throws Exception {
        sandbox = Sandbox.start(folder, Clock.systemUTC());
        sandbox.configure(sandbox.populate(3));
        sync();
        assertThat(sync()).as("the first look after a change").containsExactly("dit", "bundle");
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    /** Runs a minute later; the names of the keystores that were read. */
    private List<String> sync() throws Exception {
        assertThat(report().parties()).allMatch(party -> party.reasons().isEmpty());
        return List.copyOf(read);
    }

    private SyncReport report() throws Exception {
        read.clear();
        elapsed = elapsed.plusMinutes(1);
        Clock clock = Clock.offset(Clock.systemUTC(), elapsed);
        LocalKeystores keystores = new LocalKeystores(clock) {
            @Override
            public KeystoreContents read(KeystoreSpec spec) throws KeystoreException {
                read.add(spec.name());
                return super.read(spec);
            }
        };
        var loaded = Application.configuration(folder.resolve("sertsynk.yaml"), name -> Optional.empty());
        return Application.of(loaded.configuration(), clock, name -> Optional.empty(), keystores)
                .sync(
                        new Application.Order(Set.of(), false, Set.of(), Optional.empty(), Optional.empty()),
                        SyncListener.none());
    }

    @Test
    void nobodyHasChangedIt_itIsNotRead() throws Exception {
        assertThat(sync()).isEmpty();
        assertThat(report().keystores()).extracting(KeystoreReport::entries).containsExactly(6, 6);
    }

    @Test
    void directoryIsDown_whatIsInstalledIsStillJudged_fromTheState() throws Exception {
        sandbox.register().fail("GetChangedCommunicationPartiesInfo", SandboxRegisterFault.status(500));
        sandbox.directory().close();

        SyncReport report = report();

        assertThat(read).isEmpty();
        assertThat(report.parties()).allSatisfy(party -> {
            assertThat(party.reasons()).extracting("code").contains(ReasonCode.DIRECTORY_UNAVAILABLE);
            assertThat(party.certificates()).hasSize(2);
        });
    }

    @Test
    void directoryIsDown_andNothingHasChanged_itIsNotMissed() throws Exception {
        sandbox.directory().close();

        SyncReport report = report();

        assertThat(read).isEmpty();
        assertThat(report.parties()).allSatisfy(party -> {
            assertThat(party.outcome()).isEqualTo(Outcome.UNCHANGED);
            assertThat(party.certificates()).hasSize(2);
        });
    }

    @Test
    void anotherProgramHasTakenAnEntryOut_itIsReadAndPutBack() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        Path file = folder.resolve("dit.p12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, "sandkasse".toCharArray());
        }
        store.deleteEntry("her-100001-encryption");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "sandkasse".toCharArray());
        }

        SyncReport report = report();

        assertThat(read).containsExactly("dit");
        assertThat(report.keystores().getFirst().changed()).isTrue();
        assertThat(report.keystores().getFirst().changes())
                .extracting("alias")
                .containsExactly("her-100001-encryption");
    }

    @Test
    void sameBytesWrittenInPlace_areReadAgain() throws Exception {
        Path file = folder.resolve("dit.pem");
        byte[] content = Files.readAllBytes(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(content));
        }

        assertThat(sync()).containsExactly("bundle");
        assertThat(sync()).isEmpty();
    }

    @Test
    void anotherPasswordIsConfigured_itIsRead() throws Exception {
        Files.writeString(folder.resolve("other"), "other");
        Path file = folder.resolve("sertsynk.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("type: PKCS12, passwordFile: password", "type: PKCS12, passwordFile: other"));

        SyncReport report = report();

        assertThat(read).containsExactly("dit");
        assertThat(report.keystores().getFirst().reasons())
                .extracting("code")
                .containsExactly(ReasonCode.KEYSTORE_FAILED);
    }

    @Test
    void registerNamesAnother_itIsReadAndWritten() throws Exception {
        HerId herId = new HerId(100_001);
        var number = new no.sertsynk.model.OrganizationNumber("900000001");
        var renewed = sandbox.publishPair(
                "Legekontor 1", number, Clock.systemUTC().instant().minus(Duration.ofDays(1)));
        sandbox.register(herId, "Legekontor 1", number, renewed.encryption(), renewed.signature());

        SyncReport report = report();

        assertThat(report.keystores()).allMatch(KeystoreReport::changed);
        assertThat(report.keystores().getFirst().entries()).isEqualTo(8);
    }
}
