package no.sertsynk.keystore.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random folders and changes, with a reader that looks between any two steps. */
class HashLinksTest {
    private static final String FOREIGN_FILE = "(file)";
    private static final String NOWHERE = "gone.pem";

    static List<Long> seeds() {
        return new Random(4).longs(300).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyWantedFile_isFoundAndStaysFoundOnTheWay(long seed) {
        Random random = new Random(seed);
        Map<String, String> before = files(random);
        Map<String, String> after = files(random);
        Map<String, String> names = folder(random, before);
        Map<String, String> foreign = foreignOf(names, before.keySet());

        HashLinks plan = HashLinks.plan(after, present(names, before.keySet(), after.keySet()));
        Map<String, String> both = new HashMap<>(before);
        both.keySet().retainAll(after.keySet());
        both.entrySet().removeIf(file -> !file.getValue().equals(after.get(file.getKey())));
        Set<String> kept = both.entrySet().stream()
                .filter(file -> found(names, file.getValue()).contains(file.getKey()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        List<HashLinks.Step> steps = new ArrayList<>(plan.first());
        steps.addAll(plan.last());
        for (HashLinks.Step step : steps) {
            assertThat(Optional.ofNullable(names.get(step.name())))
                    .as("seed " + seed)
                    .isEqualTo(step.before());
            step.after().ifPresentOrElse(target -> names.put(step.name(), target), () -> names.remove(step.name()));
            for (String file : kept) {
                assertThat(found(names, after.getOrDefault(file, "")))
                        .as("seed " + seed + " after " + step)
                        .contains(file);
            }
        }

        after.forEach((file, hash) ->
                assertThat(found(names, hash)).as("seed " + seed).contains(file));
        assertThat(names).as("seed " + seed).containsAllEntriesOf(foreign);
        assertThat(names.values().stream().filter(target -> before.containsKey(target) || after.containsKey(target)))
                .as("seed " + seed)
                .hasSize(after.size());
        assertThat(HashLinks.plan(after, present(names, after.keySet(), after.keySet()))
                        .isEmpty())
                .as("seed " + seed)
                .isTrue();
    }

    /** What OpenSSL finds under a hash: it tries numbers until one is missing or leads nowhere. */
    private static List<String> found(Map<String, String> names, String hash) {
        List<String> found = new ArrayList<>();
        for (int number = 0; ; number++) {
            String target = names.getOrDefault(hash + "." + number, NOWHERE);
            if (target.equals(NOWHERE)) {
                return found;
            }
            found.add(target);
        }
    }

    private static Map<String, String> files(Random random) {
        Map<String, String> files = new HashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            files.put("her-" + random.nextInt(6) + ".pem", hash(random));
        }
        return files;
    }

    private static String hash(Random random) {
        return "0000000" + random.nextInt(2);
    }

    private static Map<String, String> folder(Random random, Map<String, String> files) {
        Map<String, String> names = new TreeMap<>();
        names.put("readme.txt", FOREIGN_FILE);
        names.put("00000000.r0", FOREIGN_FILE);
        for (int i = random.nextInt(8); i > 0; i--) {
            String target = switch (random.nextInt(4)) {
                case 0 -> FOREIGN_FILE;
                case 1 -> "foreign.pem";
                case 2 -> NOWHERE;
                default -> files.keySet().stream().findFirst().orElse("foreign.pem");
            };
            names.put(hash(random) + "." + random.nextInt(5), target);
        }
        files.forEach((file, hash) -> {
            int number = 0;
            while (names.containsKey(hash + "." + number)) {
                number++;
            }
            if (random.nextInt(4) != 0) {
                names.put(hash + "." + number, file);
            }
        });
        return names;
    }

    private static Map<String, String> foreignOf(Map<String, String> names, Set<String> own) {
        Map<String, String> foreign = new HashMap<>(names);
        foreign.values().removeIf(target -> own.contains(target) || target.equals(NOWHERE));
        return foreign;
    }

    private static HashLinks.Present present(Map<String, String> names, Set<String> own, Set<String> wanted) {
        Map<String, String> links = new HashMap<>(names);
        links.values().removeIf(target -> target.equals(FOREIGN_FILE));
        Set<String> dangling = new HashSet<>(links.keySet());
        dangling.removeIf(name -> !links.getOrDefault(name, "").equals(NOWHERE));
        return new HashLinks.Present(names.keySet(), links, dangling, own);
    }
}
