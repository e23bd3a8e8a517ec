package no.sertsynk.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The keys that a mapping of a file may have, in the order in which they are explained. */
public final class Keys {
    /** Of what is no mapping, or of one whose keys are the user's own. */
    static final Keys NONE = of();

    private final Map<String, Key> byName = new LinkedHashMap<>();

    private Keys(List<Key> keys) {
        for (Key key : keys) {
            if (byName.put(key.name(), key) != null) {
                throw new IllegalArgumentException("expected each key once, found " + key.name() + " again");
            }
        }
    }

    static Keys of(Key... keys) {
        return new Keys(List.of(keys));
    }

    public Collection<Key> all() {
        return List.copyOf(byName.values());
    }

    Optional<Key> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Collection<String> names() {
        return byName.keySet();
    }

    /** Visits each key with its path, such as {@code keystores[].path}, before those below it. */
    public void forEach(BiConsumer<String, Key> visitor) {
        forEach("", visitor);
    }

    private void forEach(String prefix, BiConsumer<String, Key> visitor) {
        byName.values().forEach(key -> {
            String path = prefix + key.name();
            visitor.accept(path, key);
            key.keys().forEach(path + (key.form() == Key.Form.SECTIONS ? "[]." : "."), visitor);
        });
    }

    /** The path of every key, such as {@code keystores[].path}. */
    public List<String> paths() {
        List<String> paths = new ArrayList<>();
        forEach((path, key) -> paths.add(path));
        return paths;
    }
}
