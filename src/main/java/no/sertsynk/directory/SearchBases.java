package no.sertsynk.directory;

import java.util.ArrayList;
import java.util.List;

/**
 * The bases that one cut-off base stands for at one directory. The one that gave something last is tried first, and those
 * that the directory does not have are not asked again: of a thousand strings nearly all need one search. Safe for threads.
 */
final class SearchBases {
    private final List<String> bases;
    private final boolean last;

    /** @param last whether there is nothing else that the base could stand for if none of these is there */
    SearchBases(List<String> bases, boolean last) {
        this.bases = new ArrayList<>(bases);
        this.last = last;
    }

    boolean isLast() {
        return last;
    }

    synchronized List<String> inOrder() {
        return List.copyOf(bases);
    }

    synchronized void gave(String base) {
        if (!bases.isEmpty() && !bases.getFirst().equals(base) && bases.remove(base)) {
            bases.addFirst(base);
        }
    }

    synchronized void isAbsent(String base) {
        bases.remove(base);
    }
}
