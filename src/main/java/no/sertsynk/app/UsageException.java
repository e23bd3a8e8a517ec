package no.sertsynk.app;

import java.util.List;

/** Nothing was done because the command or the configuration is mistaken; one line for each mistake. */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;
    private final List<String> lines;

    public UsageException(List<String> lines) {
        super(String.join("\n", lines));
        this.lines = List.copyOf(lines);
    }

    public UsageException(String line) {
        this(List.of(line));
    }

    public List<String> lines() {
        return lines;
    }
}
