package no.sertsynk.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import no.sertsynk.model.PartnerCertificate;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories of changes, ours and others', against a map that does the same. */
class KeystoreHistoryTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void pkcs12_holdsWhatTheModelHolds(long seed) throws Exception {
        Path file = folder.resolve("dit.p12");
        Random random = new Random(seed);
        Map<String, PartnerCertificate> model = new HashMap<>();
        Set<String> keys = new HashSet<>();
        for (int step = 0; step < 12; step++) {
            String place = "seed " + seed + " step " + step;
            if (random.nextInt(4) == 0 && Files.exists(file)) {
                KeyStore store = Stores.load(file);
                Stores.addKey(store, "key" + step, Stores.PASSWORD);
                keys.add("key" + step);
                Stores.store(store, file);
            }
            check(place, Stores.pkcs12(file), model, random);

            if (Files.exists(file)) {
                KeyStore after = Stores.load(file);
                assertThat(after.size()).as(place).isEqualTo(model.size() + keys.size());
                for (String key : keys) {
                    assertThat(after.getKey(key, Stores.PASSWORD.toCharArray()))
                            .as(place)
                            .isNotNull();
                    assertThat(after.getCertificateChain(key)).as(place).hasSize(2);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void pem_holdsWhatTheModelHolds(long seed) throws Exception {
        Path file = folder.resolve("dit.pem");
        Random random = new Random(seed);
        Map<String, PartnerCertificate> model = new HashMap<>();
        StringBuilder foreign = new StringBuilder();
        for (int step = 0; step < 20; step++) {
            String place = "seed " + seed + " step " + step;
            if (random.nextInt(4) == 0) {
                String line = "line " + step + "\r\n";
                Files.writeString(file, (Files.exists(file) ? Files.readString(file) : "") + line);
                foreign.append(line);
            }
            check(place, Stores.pem(file), model, random);

            String text = Files.exists(file) ? Files.readString(file) : "";
            assertThat(text.lines().filter(line -> line.startsWith("line ")))
                    .as(place)
                    .containsExactlyElementsOf(foreign.toString().lines().toList());
        }
    }

    private static void check(String place, KeystoreSpec spec, Map<String, PartnerCertificate> model, Random random)
            throws Exception {
        Map<String, PartnerCertificate> before = Map.copyOf(model);
        KeystoreChange change = randomChange(random);
        model.keySet().removeAll(change.remove());
        model.putAll(change.put());

        try (Keystore keystore = Keystores.open(spec)) {
            assertThat(keystore.replace(change)).as(place).isEqualTo(!before.equals(model));
            assertThat(keystore.contents().certificates()).as(place).isEqualTo(model);
        }

        assertThat(Keystores.read(spec).certificates()).as(place).isEqualTo(model);
    }

    private static KeystoreChange randomChange(Random random) {
        Map<String, PartnerCertificate> put = new HashMap<>();
        Set<String> remove = new HashSet<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            String alias = "her-" + random.nextInt(6) + "-encryption";
            if (random.nextInt(3) == 0) {
                remove.add(alias);
            } else {
                put.put(alias, TestCertificates.number(1 + random.nextInt(4)));
            }
        }
        return new KeystoreChange(put, remove);
    }
}
