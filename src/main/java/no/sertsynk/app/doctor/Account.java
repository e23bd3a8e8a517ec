package no.sertsynk.app.doctor;

import java.util.Set;

/** A user of the host with all groups. */
public record Account(String name, int uid, Set<Integer> gids) {
    public static final int ROOT = 0;

    public Account {
        gids = Set.copyOf(gids);
    }

    public boolean isRoot() {
        return uid == ROOT;
    }
}
