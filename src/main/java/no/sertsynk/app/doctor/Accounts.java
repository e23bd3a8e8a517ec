package no.sertsynk.app.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The users of the host, wherever it keeps them: its own programs are asked, which know of directories of users too. */
public final class Accounts {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final HostCommand host;

    public Accounts(HostCommand host) {
        this.host = host;
    }

    /** Who runs this process. */
    public Account self() throws IOException {
        int uid = 0;
        Set<Integer> gids = new HashSet<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            String[] words = line.split("[:\\s]+");
            switch (words[0]) {
                // The second of each is the effective one (proc(5)).
                case "Uid" -> uid = Integer.parseInt(words[2]);
                case "Gid" -> gids.add(Integer.valueOf(words[2]));
                case "Groups" ->
                    Arrays.stream(words).skip(1).map(Integer::valueOf).forEach(gids::add);
                default -> {}
            }
        }
        return new Account(Files.getOwner(Path.of("/proc/self")).getName(), uid, gids);
    }

    /** The user of that name or number; empty if the host knows none. */
    public Optional<Account> named(String name) throws IOException, InterruptedException {
        if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.@$-]*")) {
            return Optional.empty();
        }
        List<Integer> uid = numbers("-u", name);
        return uid.isEmpty()
                ? Optional.empty()
                : Optional.of(new Account(name, uid.getFirst(), Set.copyOf(numbers("-G", name))));
    }

    private List<Integer> numbers(String option, String name) throws IOException, InterruptedException {
        return host.run(LIMIT, "id", option, "--", name)
                .filter(answer -> answer.code() == 0)
                .map(answer -> Arrays.stream(answer.text().strip().split("\\s+"))
                        .map(Integer::valueOf)
                        .distinct()
                        .toList())
                .orElse(List.of());
    }

    /** Who is in a group beside those whose first group it is; none if that cannot be told. */
    List<String> members(String group) throws IOException, InterruptedException {
        return host.run(LIMIT, "getent", "group", group)
                .filter(answer -> answer.code() == 0)
                .map(answer -> answer.text().strip().split(":", -1))
                .filter(fields -> fields.length == 4 && !fields[3].isEmpty())
                .map(fields -> List.of(fields[3].split(",")))
                .orElse(List.of());
    }
}
