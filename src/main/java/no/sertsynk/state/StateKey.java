package no.sertsynk.state;

import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import no.sertsynk.model.Secret;

/**
 * A random key that only sertsynk's user reads. With it the state remembers whether a password is still the same: a digest
 * without a key would let whoever reads the state try passwords.
 */
final class StateKey {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 32;

    private final byte[] key;

    private StateKey(byte[] key) {
        this.key = key;
    }

    /** The key of the folder, made if there is none; empty if that cannot be. Under the run lock alone. */
    static Optional<StateKey> create(StateFolder folder) {
        Path file = folder.keyFile();
        Optional<StateKey> found = read(file);
        if (found.isPresent()) {
            return found;
        }
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            byte[] random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            Files.deleteIfExists(temporary);
            Files.createFile(
                    temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            folder.adopt(temporary);
            Files.write(temporary, random);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            return read(file);
        } catch (IOException e) {
            // Without a key nothing is remembered of passwords, and every keystore is read in every run.
            return Optional.empty();
        }
    }

    /** The key in that file; empty if it cannot be read. */
    static Optional<StateKey> read(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            return bytes.length == BYTES ? Optional.of(new StateKey(bytes)) : Optional.empty();
        } catch (IOException e) {
            // As above.
            return Optional.empty();
        }
    }

    String fingerprint(String text, Optional<Secret> secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update(text.getBytes(StandardCharsets.UTF_8));
            secret.ifPresent(present -> {
                char[] characters = present.reveal();
                mac.update((byte) 0);
                mac.update(StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters)));
                Arrays.fill(characters, '\0');
            });
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform must have " + ALGORITHM, e);
        }
    }
}
