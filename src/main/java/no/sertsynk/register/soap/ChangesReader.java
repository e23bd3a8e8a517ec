package no.sertsynk.register.soap;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.HerId;
import no.sertsynk.register.wire.RegisterTime;

/**
 * Reads when parties were last changed. Who is told of twice with different times, or without a usable one, counts as not
 * told of: it costs a look-up, and the answer to that is right.
 */
final class ChangesReader {
    /** The services' own way to say that there is no time is the year 1. */
    private static final Instant EARLIEST = Instant.EPOCH;

    private final XmlCursor cursor;
    private final Map<HerId, Instant> lastUpdated = new HashMap<>();
    private final Set<HerId> doubtful = new HashSet<>();

    private ChangesReader(XmlCursor cursor) {
        this.cursor = cursor;
    }

    static Map<HerId, Instant> read(XmlCursor atResult) throws BadAnswerException {
        if (atResult.isNil()) {
            return Map.of();
        }
        ChangesReader reader = new ChangesReader(atResult);
        int list = atResult.depth();
        while (atResult.nextChild(list)) {
            if (atResult.isAt(Namespaces.PARTY, "CommunicationPartyLastChangedInfo") && !atResult.isNil()) {
                reader.info();
            }
        }
        reader.lastUpdated.keySet().removeAll(reader.doubtful);
        return reader.lastUpdated;
    }

    private void info() throws BadAnswerException {
        Optional<HerId> herId = Optional.empty();
        Optional<Instant> time = Optional.empty();
        int info = cursor.depth();
        while (cursor.nextChild(info)) {
            if (cursor.isAt(Namespaces.PARTY, "HerId")) {
                herId = HerId.parse(cursor.text());
            } else if (cursor.isAt(Namespaces.PARTY, "LastUpdated")) {
                time = RegisterTime.parse(cursor.text()).filter(EARLIEST::isBefore);
            }
        }
        if (herId.isEmpty()) {
            return;
        }
        if (time.isEmpty()) {
            doubtful.add(herId.get());
            return;
        }
        Instant before = lastUpdated.put(herId.get(), time.get());
        if (before != null && !before.equals(time.get())) {
            doubtful.add(herId.get());
        }
    }
}
