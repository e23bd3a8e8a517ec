package no.sertsynk.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/** Gathers mistakes with their places. */
final class Mistakes {
    private final Path file;
    private final List<Mistake> found = new ArrayList<>();

    Mistakes(Path file) {
        this.file = file;
    }

    void add(Node node, String message) {
        int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        int column = node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(0);
        add(line, column, message);
    }

    void add(int line, int column, String message) {
        found.add(new Mistake(file, line, column, message));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    List<Mistake> inOrder() {
        return found.stream()
                .sorted(Comparator.comparingInt(Mistake::line).thenComparingInt(Mistake::column))
                .distinct()
                .toList();
    }
}
