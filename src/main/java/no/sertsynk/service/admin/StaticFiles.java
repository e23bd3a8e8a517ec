package no.sertsynk.service.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Files that everybody may read: a fixed list, from the class path. */
final class StaticFiles {
    private static final String SCRIPT = "text/javascript; charset=utf-8";

    /** The page takes everything from here and nothing from anywhere else, and makes no text into code. */
    private static final String PAGE_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                    + " require-trusted-types-for 'script'; trusted-types 'none'";

    private static final Map<String, StaticFile> FILES = Map.ofEntries(
            Map.entry("/openapi.json", new StaticFile("openapi.json", Answer.JSON)),
            Map.entry("/", new StaticFile("page/index.html", "text/html; charset=utf-8")),
            page("page.css", "text/css; charset=utf-8"),
            page("icon.svg", "image/svg+xml"),
            page("nb.json", Answer.JSON),
            page("en.json", Answer.JSON),
            page("app.js", SCRIPT),
            page("service.js", SCRIPT),
            page("texts.js", SCRIPT),
            page("elements.js", SCRIPT),
            page("verdict.js", SCRIPT),
            page("timeline.js", SCRIPT),
            page("parties.js", SCRIPT),
            page("panels.js", SCRIPT));

    private static Map.Entry<String, StaticFile> page(String name, String contentType) {
        return Map.entry("/page/" + name, new StaticFile("page/" + name, contentType));
    }

    private StaticFiles() {}

    /** @param resource beside this class */
    private record StaticFile(String resource, String contentType) {
        boolean isDocument() {
            return contentType.startsWith("text/html");
        }
    }

    /** What there is, by path. */
    static Set<String> paths() {
        return FILES.keySet();
    }

    static boolean has(String path) {
        return FILES.containsKey(path);
    }

    static Optional<Answer> get(String path) {
        return Optional.ofNullable(FILES.get(path))
                .map(file -> new Answer(
                        200,
                        file.contentType(),
                        read(file.resource()),
                        file.isDocument() ? Map.of("Content-Security-Policy", PAGE_POLICY) : Map.of()));
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
