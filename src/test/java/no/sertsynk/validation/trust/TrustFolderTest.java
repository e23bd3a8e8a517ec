package no.sertsynk.validation.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.sandbox.SandboxAuthority;
import no.sertsynk.validation.TrustFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustFolderTest {
    private static final SandboxAuthority AUTHORITY =
            SandboxAuthority.create("Ære være Øst-Å 3", Instant.parse("2026-01-01T00:00:00Z"), Optional.empty());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path base;

    @SuppressWarnings("NullAway.Init") // made anew for each test
    private TrustedOwners owners;

    @SuppressWarnings("NullAway.Init")
    private PartnerCertificate root;

    @BeforeEach
    void open() throws Exception {
        owners = new TrustedOwners(Set.copyOf(List.of(0, (Integer) Files.getAttribute(base, "unix:uid"))));
        root = PartnerCertificate.of(AUTHORITY.root());
    }

    @Test
    void certificate_getsAFileThatPeopleKnowAndAllMayRead() throws Exception {
        Path file = TrustFolder.open(base.resolve("trust"), owners).put(root);

        assertThat(file.getFileName())
                .hasToString("aere-vaere-ost-a-3-root-ca-" + root.sha256().hex().substring(0, 8) + ".pem");
        assertThat(TrustFiles.readFile(file)).containsExactly(root);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
        assertThat(base.resolve("trust")).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void certificateThatIsThere_staysAsItIs() throws Exception {
        TrustFolder folder = TrustFolder.open(base, owners);
        Path file = folder.put(root);

        assertThat(folder.put(root)).isEqualTo(file);
    }

    @Test
    void otherFileOfThatName_isNotReplaced() throws Exception {
        TrustFolder folder = TrustFolder.open(base, owners);
        Path file = Files.writeString(base.resolve(TrustFolder.fileName(root)), "other");

        assertThatThrownBy(() -> folder.put(root))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("move it away");
        assertThat(file).hasContent("other");
    }

    @Test
    void folderThatOthersMayWriteTo_isNotOpened() throws Exception {
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> TrustFolder.open(base, owners)).hasMessageContaining("chmod go-w");
    }
}
