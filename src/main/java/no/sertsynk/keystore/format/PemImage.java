package no.sertsynk.keystore.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import no.sertsynk.keystore.KeystoreChange;
import no.sertsynk.keystore.KeystoreContents;
import no.sertsynk.model.PartnerCertificate;

/**
 * A PEM bundle. Written again, sertsynk's certificates stand together, sorted by name, where the first of them stood, or at
 * the end; everything else keeps its bytes and its order.
 */
final class PemImage implements StoreImage {
    private final PemFormat format;
    private final boolean exists;
    private final List<PemSegment.Foreign> before;
    private final TreeMap<String, PartnerCertificate> own;
    private final List<PemSegment.Foreign> after;

    private PemImage(
            PemFormat format,
            boolean exists,
            List<PemSegment.Foreign> before,
            Map<String, PartnerCertificate> own,
            List<PemSegment.Foreign> after) {
        this.format = format;
        this.exists = exists;
        this.before = before;
        this.own = new TreeMap<>(own);
        this.after = after;
    }

    static PemImage absent(PemFormat format) {
        return new PemImage(format, false, List.of(), Map.of(), List.of());
    }

    static PemImage of(PemFormat format, List<PemSegment> segments) {
        List<PemSegment.Foreign> before = new ArrayList<>();
        Map<String, PartnerCertificate> own = new HashMap<>();
        List<PemSegment.Foreign> after = new ArrayList<>();
        for (PemSegment segment : segments) {
            switch (segment) {
                case PemSegment.Own(String alias, PartnerCertificate certificate) -> own.put(alias, certificate);
                case PemSegment.Foreign foreign -> (own.isEmpty() ? before : after).add(foreign);
            }
        }
        return new PemImage(format, true, before, own, after);
    }

    @Override
    public KeystoreContents contents() {
        return new KeystoreContents(exists, own, Set.of());
    }

    /** None: what is not sertsynk's has no name in this format. */
    @Override
    public List<String> foreignAliases() {
        return List.of();
    }

    @Override
    public StoreImage with(KeystoreChange due) {
        Map<String, PartnerCertificate> changed = new HashMap<>(own);
        changed.keySet().removeAll(due.remove());
        changed.putAll(due.put());
        due.put().values().forEach(format::remember);
        return new PemImage(format, true, before, changed, after);
    }

    @Override
    public byte[] encode() {
        StringBuilder file = new StringBuilder();
        before.forEach(foreign -> file.append(foreign.text()));
        if (!own.isEmpty() && !file.isEmpty() && file.charAt(file.length() - 1) != '\n') {
            file.append('\n');
        }
        own.forEach((alias, certificate) -> file.append(PemEntry.text(new PemSegment.Own(alias, certificate))));
        after.forEach(foreign -> file.append(foreign.text()));
        return file.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public Optional<ByteBuffer> certificate(String alias) {
        return Optional.ofNullable(own.get(alias)).map(certificate -> ByteBuffer.wrap(certificate.der()));
    }

    @Override
    public List<ByteBuffer> others(Set<String> aliases) {
        List<ByteBuffer> others = new ArrayList<>();
        others.add(StandardCharsets.ISO_8859_1.encode(foreignText()));
        own.forEach((alias, certificate) -> {
            if (!aliases.contains(alias)) {
                others.add(StandardCharsets.ISO_8859_1.encode(alias));
                others.add(ByteBuffer.wrap(certificate.der()));
            }
        });
        return others;
    }

    /** A last line without an end gets one when something is put behind it: that alone is no difference. */
    private String foreignText() {
        StringBuilder text = new StringBuilder();
        before.forEach(foreign -> text.append(foreign.text()));
        after.forEach(foreign -> text.append(foreign.text()));
        return text.isEmpty() || text.charAt(text.length() - 1) == '\n' ? text.toString() : text.append('\n').toString();
    }
}
