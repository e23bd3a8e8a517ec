package no.sertsynk.config;

import java.nio.file.Path;

/**
 * One mistake in a configuration, or a warning about it: where, and what was expected, found and to do. Lines and columns
 * begin with 1; 0 stands for the file as a whole.
 */
public record Mistake(Path file, int line, int column, String message) {
    @Override
    public String toString() {
        return file.getFileName() + (line > 0 ? ":" + line + ":" + column : "") + ": " + message;
    }
}
