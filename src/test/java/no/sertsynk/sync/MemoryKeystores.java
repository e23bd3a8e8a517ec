package no.sertsynk.sync;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import no.sertsynk.keystore.Generation;
import no.sertsynk.keystore.Keystore;
import no.sertsynk.keystore.KeystoreChange;
import no.sertsynk.keystore.KeystoreContents;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.keystore.KeystoreSpec;
import no.sertsynk.model.PartnerCertificate;

/** Keystores in memory, by name; one can be made to fail. */
final class MemoryKeystores implements KeystoreAccess {
    private final Map<String, KeystoreContents> files = new ConcurrentHashMap<>();
    private final Map<String, Integer> writes = new ConcurrentHashMap<>();
    final Set<String> failing = ConcurrentHashMap.newKeySet();

    KeystoreContents contents(String name) {
        return files.getOrDefault(name, new KeystoreContents(false, Map.of(), Set.of()));
    }

    Map<String, PartnerCertificate> certificates(String name) {
        return contents(name).certificates();
    }

    Map<String, KeystoreContents> files() {
        return Map.copyOf(files);
    }

    /** What another program does. */
    void put(String name, String alias, PartnerCertificate certificate) {
        files.put(name, contents(name).with(new KeystoreChange(Map.of(alias, certificate), Set.of())));
        writes.merge(name, 1, Integer::sum);
    }

    @Override
    public KeystoreContents read(KeystoreSpec spec) throws KeystoreException {
        if (failing.contains(spec.name())) {
            throw new KeystoreException("it cannot be read");
        }
        return contents(spec.name());
    }

    @Override
    public Keystore open(KeystoreSpec spec) throws KeystoreException {
        read(spec);
        return new Keystore() {
            @Override
            public KeystoreContents contents() {
                return MemoryKeystores.this.contents(spec.name());
            }

            @Override
            public boolean replace(KeystoreChange change) {
                KeystoreContents before = contents();
                KeystoreContents after = before.with(change);
                files.put(spec.name(), after);
                writes.merge(spec.name(), 1, Integer::sum);
                return !new HashMap<>(after.certificates()).equals(before.certificates());
            }

            @Override
            public boolean replace(KeystoreChange change, int generation) {
                return replace(change);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Optional<String> stamp(KeystoreSpec spec) {
        return Optional.ofNullable(writes.get(spec.name())).map(Object::toString);
    }

    @Override
    public KeystoreContents generation(KeystoreSpec spec, int number) throws KeystoreException {
        throw new KeystoreException("no generation is kept");
    }

    @Override
    public List<Generation> generations(KeystoreSpec spec) {
        return List.of();
    }
}
