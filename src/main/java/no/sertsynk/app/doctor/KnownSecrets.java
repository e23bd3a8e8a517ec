package no.sertsynk.app.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the secrets of a configuration, only to keep them out of what is shown. */
public final class KnownSecrets {
    private static final int MOST_BYTES = 64 * 1024;
    /** The parts of a key in PEM or JSON. */
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_+/=-]{16,}");

    private KnownSecrets() {}

    /** The content of those files, and long parts of it; those that cannot be read cannot be shown either. */
    public static Set<String> in(List<Path> files) {
        Set<String> secrets = new LinkedHashSet<>();
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                continue;
            }
            try (InputStream in = Files.newInputStream(file)) {
                String content = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
                secrets.add(content.strip());
                Matcher parts = PART.matcher(content);
                while (parts.find()) {
                    secrets.add(parts.group());
                }
            } catch (IOException e) {
                // Not ours to read: nothing of it can have come into what is shown.
                continue;
            }
        }
        return secrets;
    }
}
