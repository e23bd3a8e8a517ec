package no.sertsynk.service.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminTokenTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Path written(String content, String mode) throws IOException {
        Path file = folder.resolve("token");
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return file;
    }

    @Test
    void absentToken_isMadeForItsOwnerAlone() throws Exception {
        Path file = folder.resolve("token");
        String token = AdminToken.readOrMake(file, made -> {});

        assertThat(token).matches("[0-9a-f]{64}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(AdminToken.readOrMake(file, made -> {})).isEqualTo(token);
        assertThat(AdminToken.readOrMake(folder.resolve("other"), made -> {})).isNotEqualTo(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw--w----", "rw-----w-"})
    void tokenThatOthersMayUse_isRefused(String mode) throws Exception {
        Path file = written("x".repeat(64), mode);

        assertThatThrownBy(() -> AdminToken.readOrMake(file, made -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("admin.tokenFile: expected that none but its owner may use " + file)
                .hasMessageContaining(mode);
    }

    @Test
    void groupOfAdministrators_mayRead() throws Exception {
        assertThat(AdminToken.readOrMake(written("x".repeat(64) + "\n", "rw-r-----"), made -> {}))
                .isEqualTo("x".repeat(64));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "two words that are long enough to be a token"})
    void tokenThatIsNone_isRefused(String content) throws Exception {
        Path file = written(content, "rw-------");

        assertThatThrownBy(() -> AdminToken.readOrMake(file, made -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected a token of at least 32");
    }

    @Test
    void tokenThatCannotBeMade_isTold() {
        assertThatThrownBy(() -> AdminToken.readOrMake(folder.resolve("none/token"), made -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("admin.tokenFile: expected to make");
    }
}
