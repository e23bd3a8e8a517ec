package no.sertsynk.validation.trust;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.Sha256;
import no.sertsynk.validation.trust.PinnedAuthority.Role;

/** The certificate authorities that the program knows, from {@code authorities.txt}. */
public final class PinnedAuthorities {
    private static final List<PinnedAuthority> ALL = load();

    private PinnedAuthorities() {}

    /** Those of an environment, or all if it is empty; an authority stands below its root. */
    public static List<PinnedAuthority> of(Optional<String> environment) {
        return ALL.stream()
                .filter(pinned -> environment.isEmpty() || environment.get().equals(pinned.environment()))
                .toList();
    }

    /** The authority whose certificate has that fingerprint. */
    public static Optional<PinnedAuthority> find(Sha256 sha256) {
        return ALL.stream().filter(pinned -> pinned.sha256().equals(sha256)).findFirst();
    }

    private static List<PinnedAuthority> load() {
        try (InputStream in = PinnedAuthorities.class.getResourceAsStream("authorities.txt")) {
            if (in == null) {
                throw new IllegalStateException("authorities.txt is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(PinnedAuthorities::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PinnedAuthority parse(String line) {
        String[] fields = line.split("\\s*\\|\\s*", -1);
        return new PinnedAuthority(
                fields[0],
                fields[1].equals("root") ? Role.ROOT : Role.INTERMEDIATE,
                fields[2].equals("persons"),
                new Sha256(fields[3]),
                Instant.parse(fields[4]),
                Instant.parse(fields[5]),
                fields[6],
                Arrays.stream(fields[7].split(" "))
                        .filter(address -> !address.isEmpty())
                        .map(URI::create)
                        .toList());
    }
}
