package no.sertsynk.service.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The names that IANA has registered for the cipher suites which clients of the last twenty years offer. */
final class CipherNames {
    private static final Map<Integer, String> NAMES = read();

    private CipherNames() {}

    private static Map<Integer, String> read() {
        try (InputStream in =
                Objects.requireNonNull(CipherNames.class.getResourceAsStream("cipher-suites.txt"), "cipher suites")) {
            Map<Integer, String> names = new HashMap<>();
            new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .forEach(line -> names.put(Integer.parseInt(line.substring(0, 4), 16), line.substring(5)));
            return Map.copyOf(names);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String of(int suite) {
        return NAMES.getOrDefault(suite, String.format("0x%04x", suite));
    }
}
