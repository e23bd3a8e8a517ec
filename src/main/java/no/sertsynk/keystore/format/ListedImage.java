package no.sertsynk.keystore.format;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import no.sertsynk.keystore.KeystoreChange;
import no.sertsynk.keystore.KeystoreContents;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.model.PartnerCertificate;
import org.jspecify.annotations.Nullable;

/** The entries of a JKS or BCFKS file, in their order. What is not changed is written as it was read. */
final class ListedImage<E extends ListedEntry> implements StoreImage {
    private final boolean exists;
    private final List<E> entries;
    private final ListedFormat<E> format;
    private final Map<String, ByteBuffer> certificates = new HashMap<>();
    private @Nullable KeystoreContents contents;

    ListedImage(boolean exists, List<E> entries, ListedFormat<E> format) {
        this.exists = exists;
        this.entries = List.copyOf(entries);
        this.format = format;
        Set<String> seen = new HashSet<>();
        for (E entry : this.entries) {
            boolean first = seen.add(entry.alias());
            entry.trusted().filter(der -> first).ifPresent(der -> certificates.put(entry.alias(), der));
        }
    }

    /** Made when first asked for: to prove a file it need not parse its certificates. */
    @Override
    public KeystoreContents contents() {
        if (contents == null) {
            contents = readContents();
        }
        return contents;
    }

    private KeystoreContents readContents() {
        Map<String, PartnerCertificate> certificates = new HashMap<>();
        Set<String> keys = new HashSet<>();
        for (E entry : entries) {
            if (entry.isKey()) {
                keys.add(entry.alias());
            }
            entry.trusted()
                    .flatMap(Certificates::parse)
                    .ifPresent(certificate -> certificates.put(entry.alias(), certificate));
        }
        return new KeystoreContents(exists, certificates, keys);
    }

    @Override
    public boolean rewriteDue() {
        return false;
    }

    @Override
    public List<String> foreignAliases() {
        List<String> foreign = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (E entry : entries) {
            boolean first = seen.add(entry.alias().toLowerCase(Locale.ENGLISH));
            if (!first || entry.trusted().isEmpty()) {
                foreign.add(entry.alias());
            }
        }
        return foreign;
    }

    @Override
    public Set<String> certificateAliases() {
        return certificates.keySet();
    }

    /** An entry that is replaced keeps its place; new ones stand at the end. */
    @Override
    public StoreImage with(KeystoreChange due) {
        Map<String, PartnerCertificate> missing = new TreeMap<>(due.put());
        List<E> changed = new ArrayList<>(entries.size() + missing.size());
        for (E entry : entries) {
            PartnerCertificate put = missing.remove(entry.alias());
            if (put != null) {
                changed.add(format.trusted(entry.alias(), put));
            } else if (!due.remove().contains(entry.alias())) {
                changed.add(entry);
            }
        }
        missing.forEach((alias, certificate) -> changed.add(format.trusted(alias, certificate)));
        ListedImage<E> image = new ListedImage<>(true, changed, format);
        image.contents = contents == null ? null : contents.with(due);
        return image;
    }

    @Override
    public byte[] encode() throws KeystoreException {
        return format.encode(entries);
    }

    @Override
    public Optional<ByteBuffer> certificate(String alias) {
        return Optional.ofNullable(certificates.get(alias));
    }

    @Override
    public List<Object> others(Set<String> aliases) {
        return entries.stream()
                .filter(entry -> entry.trusted().isEmpty() || !aliases.contains(entry.alias()))
                .map(ListedEntry::identity)
                .toList();
    }
}
