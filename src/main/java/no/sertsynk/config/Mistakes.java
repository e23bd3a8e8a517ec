package no.sertsynk.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/** Gathers mistakes and warnings with their places. */
final class Mistakes {
    private final Path file;
    private final List<Mistake> found = new ArrayList<>();
    private final List<Mistake> warnings = new ArrayList<>();

    Mistakes(Path file) {
        this.file = file;
    }

    void add(Node node, String message) {
        found.add(at(node, message));
    }

    void add(int line, int column, String message) {
        found.add(new Mistake(file, line, column, message));
    }

    void warn(Node node, String message) {
        warnings.add(at(node, message));
    }

    void warn(String message) {
        warnings.add(new Mistake(file, 0, 0, message));
    }

    /** The node's place for a message that comes later, such as {@code sertsynk.yaml:3:21}. */
    String place(Node node) {
        Mistake here = at(node, "");
        return file.getFileName() + ":" + here.line() + ":" + here.column();
    }

    private Mistake at(Node node, String message) {
        int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        int column = node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(0);
        return new Mistake(file, line, column, message);
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    List<Mistake> inOrder() {
        return inOrder(found);
    }

    List<Mistake> warningsInOrder() {
        return inOrder(warnings);
    }

    private static List<Mistake> inOrder(List<Mistake> all) {
        return all.stream()
                .sorted(Comparator.comparingInt(Mistake::line).thenComparingInt(Mistake::column))
                .distinct()
                .toList();
    }
}
