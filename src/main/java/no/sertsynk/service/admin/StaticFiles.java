package no.sertsynk.service.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** Files that everybody may read: a fixed list, from the class path. */
final class StaticFiles {
    private static final Map<String, StaticFile> FILES =
            Map.of("/openapi.json", new StaticFile("openapi.json", Answer.JSON));

    private StaticFiles() {}

    /** @param resource beside this class */
    private record StaticFile(String resource, String contentType) {}

    static boolean has(String path) {
        return FILES.containsKey(path);
    }

    static Optional<Answer> get(String path) {
        return Optional.ofNullable(FILES.get(path))
                .map(file -> new Answer(200, file.contentType(), read(file.resource()), Map.of()));
    }

    private static byte[] read(String resource) {
        try (InputStream in = StaticFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its file " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
