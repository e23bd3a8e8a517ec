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
    private final String before;
    private final TreeMap<String, PartnerCertificate> own;
    private final String after;

    private PemImage(
            PemFormat format, boolean exists, String before, Map<String, PartnerCertificate> own, String after) {
        this.format = format;
        this.exists = exists;
        this.before = before;
        this.own = new TreeMap<>(own);
        this.after = after;
    }

    static PemImage absent(PemFormat format) {
        return new PemImage(format, false, "", Map.of(), "");
    }

    static PemImage of(PemFormat format, List<PemSegment> segments) {
        StringBuilder before = new StringBuilder();
        Map<String, PartnerCertificate> own = new HashMap<>();
        StringBuilder after = new StringBuilder();
        for (PemSegment segment : segments) {
            switch (segment) {
                case PemSegment.Own(String alias, PartnerCertificate certificate) -> own.put(alias, certificate);
                case PemSegment.Foreign(String text) -> (own.isEmpty() ? before : after).append(text);
            }
        }
        return new PemImage(format, true, before.toString(), own, after.toString());
    }

    @Override
    public KeystoreContents contents() {
        return new KeystoreContents(exists, own, Set.of());
    }

    @Override
    public boolean rewriteDue() {
        return false;
    }

    /** None: what is not sertsynk's has no name in this format. */
    @Override
    public List<String> foreignAliases() {
        return List.of();
    }

    @Override
    public Set<String> certificateAliases() {
        return own.keySet();
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
        StringBuilder file = new StringBuilder(before);
        if (!own.isEmpty() && !file.isEmpty() && file.charAt(file.length() - 1) != '\n') {
            file.append('\n');
        }
        own.forEach((alias, certificate) -> file.append(PemEntry.text(new PemSegment.Own(alias, certificate))));
        file.append(after);
        return file.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public Optional<ByteBuffer> certificate(String alias) {
        return Optional.ofNullable(own.get(alias)).map(certificate -> ByteBuffer.wrap(certificate.der()));
    }

    @Override
    public List<Object> others(Set<String> aliases) {
        List<Object> others = new ArrayList<>();
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
        String text = before + after;
        return text.isEmpty() || text.endsWith("\n") ? text : text + '\n';
    }
}
