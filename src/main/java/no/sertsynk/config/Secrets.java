package no.sertsynk.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Optional;
import no.sertsynk.model.Secret;

/** Reads secrets from where they may stand: a file, or a variable of the environment. */
final class Secrets {
    private static final int MAX_BYTES = 4096;

    private final Values values;

    Secrets(Values values) {
        this.values = values;
    }

    /** A secret from {@code KEYFile: PATH} or {@code KEY: ${NAME}}; never written in the configuration itself. */
    Optional<Secret> read(Section section, String key) {
        String fileKey = key + "File";
        Optional<String> direct = section.text(key);
        Optional<Path> file = values.path(section, fileKey);
        if (direct.isEmpty()) {
            return file.flatMap(path -> fromFile(section, fileKey, path));
        }
        if (!Variables.isOne(direct.get())) {
            section.mistake(
                    key,
                    "a secret is not written here; put it in a file and name it with " + fileKey
                            + ", or use ${NAME} of the environment");
            return Optional.empty();
        }
        if (section.has(fileKey)) {
            section.mistake(key, "expected either " + key + " or " + fileKey + ", found both");
        }
        return values.text(section, key).map(value -> new Secret(value.toCharArray()));
    }

    /** Whether one of both keys is there. */
    static boolean isNamed(Section section, String key) {
        return section.has(key) || section.has(key + "File");
    }

    private static Optional<Secret> fromFile(Section section, String key, Path path) {
        try {
            if (Files.isRegularFile(path) && Files.size(path) > MAX_BYTES) {
                section.mistake(
                        key, "expected a file with one secret, found '" + path + "' of " + Files.size(path) + " bytes");
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(path);
            warnIfReadable(section, key, path);
            return decode(section, key, path, bytes);
        } catch (IOException e) {
            String found = switch (e) {
                case NoSuchFileException none -> "none";
                case AccessDeniedException denied -> "one that this user may not read";
                case CharacterCodingException bad -> "one that is no text in UTF-8";
                default -> e.toString();
            };
            section.mistake(key, "expected a readable file at '" + path + "', found " + found);
            return Optional.empty();
        }
    }

    private static Optional<Secret> decode(Section section, String key, Path path, byte[] bytes)
            throws CharacterCodingException {
        CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        Arrays.fill(bytes, (byte) 0);
        char[] characters = text.array();
        int length = withoutLineEnd(characters, text.limit());
        Optional<Secret> secret =
                length == 0 ? Optional.empty() : Optional.of(new Secret(Arrays.copyOf(characters, length)));
        Arrays.fill(characters, '\0');
        if (secret.isEmpty()) {
            section.mistake(key, "expected a secret in the file '" + path + "', found it empty");
        }
        return secret;
    }

    /** Editors end a file with a line end, which is no part of the secret. */
    private static int withoutLineEnd(char[] characters, int length) {
        int end = length;
        if (end > 0 && characters[end - 1] == '\n') {
            end--;
        }
        return end > 0 && characters[end - 1] == '\r' ? end - 1 : end;
    }

    private static void warnIfReadable(Section section, String key, Path path) throws IOException {
        if (Permissions.of(path).contains(PosixFilePermission.OTHERS_READ)) {
            section.warn(key, "everybody on this host may read '" + path + "'; take that away with chmod o-rwx");
        }
    }
}
