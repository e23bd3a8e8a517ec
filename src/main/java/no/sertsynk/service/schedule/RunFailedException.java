package no.sertsynk.service.schedule;

import java.util.List;

/** A run could not be done at all; one line for each reason. */
public final class RunFailedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final List<String> lines;

    public RunFailedException(List<String> lines, Throwable cause) {
        super(String.join("; ", lines), cause);
        this.lines = List.copyOf(lines);
    }

    public List<String> lines() {
        return lines;
    }
}
