package no.sertsynk.keystore.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides which symbolic links {@code HASH.N} lead OpenSSL to sertsynk's certificates. OpenSSL tries the numbers from 0 until
 * one is missing, so that there must be no gap. What other programs have under such a name keeps it, unless it is a link
 * that leads nowhere: that serves nobody and hides all that come after it.
 *
 * @param first steps to be taken when new files are in place; nothing is hidden by them
 * @param last steps to be taken when changed files are in place too, and before files are removed
 */
public record HashLinks(List<Step> first, List<Step> last) {
    private static final Pattern NAME = Pattern.compile("([0-9a-f]{8})\\.(0|[1-9][0-9]{0,5})");

    public HashLinks {
        first = List.copyOf(first);
        last = List.copyOf(last);
    }

    /**
     * A link to be made, changed or removed.
     *
     * @param before where it leads now; empty if there is none
     * @param after where it is to lead; empty if it is to go
     */
    public record Step(String name, Optional<String> before, Optional<String> after) {}

    /**
     * The links of a folder as they are now.
     *
     * @param names of everything in the folder
     * @param links the symbolic links among them with their targets
     * @param dangling those that lead nowhere
     * @param own names of sertsynk's files
     */
    public record Present(Set<String> names, Map<String, String> links, Set<String> dangling, Set<String> own) {}

    public boolean isEmpty() {
        return first.isEmpty() && last.isEmpty();
    }

    /** @param wanted names of the files that are to be found, each with its subject's hash */
    public static HashLinks plan(Map<String, String> wanted, Present present) {
        Map<String, OneHash> hashes = new TreeMap<>();
        wanted.forEach((file, hash) ->
                hashes.computeIfAbsent(hash, OneHash::new).wanted.add(file));
        for (String name : present.names()) {
            Matcher parts = NAME.matcher(name);
            if (parts.matches()) {
                hashes.computeIfAbsent(parts.group(1), OneHash::new)
                        .found(Integer.parseInt(parts.group(2)), name, present);
            }
        }
        hashes.values().forEach(OneHash::link);
        hashes.values().forEach(OneHash::close);
        return new HashLinks(
                hashes.values().stream().flatMap(hash -> hash.first.stream()).toList(),
                hashes.values().stream().flatMap(hash -> hash.last.stream()).toList());
    }

    /** The names of one hash while they are planned, by number. */
    private static final class OneHash {
        private final String hash;
        private final Set<String> wanted = new TreeSet<>();
        private final Set<Integer> foreign = new TreeSet<>();

        /** Links of sertsynk's. */
        private final TreeMap<Integer, String> own = new TreeMap<>();

        private final Map<Integer, String> dangling = new TreeMap<>();
        private final List<Step> first = new ArrayList<>();
        private final List<Step> last = new ArrayList<>();

        OneHash(String hash) {
            this.hash = hash;
        }

        void found(int number, String name, Present present) {
            Optional<String> target = Optional.ofNullable(present.links().get(name));
            if (target.isPresent() && (present.own().contains(target.get()) || wanted.contains(target.get()))) {
                own.put(number, target.get());
            } else if (present.dangling().contains(name)) {
                dangling.put(number, target.orElse(""));
            } else {
                foreign.add(number);
            }
        }

        /** Gives each wanted file a link if it has none. */
        void link() {
            for (String file : wanted) {
                if (!own.containsValue(file)) {
                    int number = 0;
                    while (foreign.contains(number) || own.containsKey(number)) {
                        number++;
                    }
                    lead(number, file, first);
                }
            }
        }

        /** Closes gaps and takes away what is too much. */
        void close() {
            List<Integer> numbers = new ArrayList<>();
            for (int number = 0; numbers.size() < wanted.size(); number++) {
                if (!foreign.contains(number)) {
                    numbers.add(number);
                }
            }
            Set<String> missing = new TreeSet<>(wanted);
            List<Integer> open = new ArrayList<>();
            for (int number : numbers) {
                if (!missing.remove(own.getOrDefault(number, ""))) {
                    open.add(number);
                }
            }
            for (String file : missing) {
                lead(open.removeFirst(), file, last);
            }
            for (Map.Entry<Integer, String> left : own.descendingMap().entrySet()) {
                if (!numbers.contains(left.getKey())) {
                    last.add(new Step(name(left.getKey()), Optional.of(left.getValue()), Optional.empty()));
                }
            }
        }

        private void lead(int number, String file, List<Step> steps) {
            String there = own.getOrDefault(number, dangling.getOrDefault(number, ""));
            steps.add(
                    new Step(name(number), there.isEmpty() ? Optional.empty() : Optional.of(there), Optional.of(file)));
            own.put(number, file);
            dangling.remove(number);
        }

        private String name(int number) {
            return hash + "." + number;
        }
    }
}
