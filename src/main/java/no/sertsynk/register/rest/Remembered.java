package no.sertsynk.register.rest;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Answers by their ETag (RFC 9110, 8.8.3), as far as they fit into a bounded number of bytes; who has not been asked for
 * longest goes first. Safe for threads.
 */
final class Remembered {
    private final int mostBytes;
    private final Map<URI, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Kept(String tag, byte[] body) {}

    Remembered(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    synchronized Optional<String> tag(URI uri) {
        return Optional.ofNullable(kept.get(uri)).map(Kept::tag);
    }

    synchronized Optional<byte[]> body(URI uri) {
        return Optional.ofNullable(kept.get(uri)).map(Kept::body);
    }

    synchronized void put(URI uri, String tag, byte[] body) {
        Kept old = kept.remove(uri);
        bytes -= old == null ? 0 : old.body.length;
        if (tag.isEmpty() || body.length > mostBytes / 10) {
            return;
        }
        kept.put(uri, new Kept(tag, body));
        bytes += body.length;
        var eldest = kept.entrySet().iterator();
        while (bytes > mostBytes && eldest.hasNext()) {
            bytes -= eldest.next().getValue().body.length;
            eldest.remove();
        }
    }
}
