package no.sertsynk.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a file as YAML 1.2, within limits: size, no references to other nodes, one document. */
final class YamlFile {
    private static final int MAX_BYTES = 1024 * 1024;

    private YamlFile() {}

    /**
     * What a file is expected to be, for the messages.
     *
     * @param what such as {@code a configuration file}
     * @param content what an empty one lacks
     * @param remedy what to do where there is none
     */
    record Kind(String what, String content, String remedy, int maxBytes) {
        static final Kind CONFIGURATION =
                new Kind("a configuration file", "register and state", "name it with --config", MAX_BYTES);
    }

    /** The document; empty if there is none that can be read, which is told as a mistake then. */
    static Optional<Node> read(Path file, Mistakes mistakes) {
        return read(file, Kind.CONFIGURATION, mistakes);
    }

    static Optional<Node> read(Path file, Kind kind, Mistakes mistakes) {
        return text(file, kind, mistakes).flatMap(text -> compose(file, kind, text, mistakes));
    }

    private static Optional<String> text(Path file, Kind kind, Mistakes mistakes) {
        try {
            if (!Files.exists(file)) {
                mistakes.add(0, 0, "expected " + kind.what + " at " + file + ", found none; " + kind.remedy);
                return Optional.empty();
            }
            if (!Files.isRegularFile(file)) {
                mistakes.add(0, 0, "expected " + kind.what + " at " + file + ", found something else than a file");
                return Optional.empty();
            }
            if (Files.size(file) > kind.maxBytes) {
                mistakes.add(0, 0, "expected at most " + kind.maxBytes + " bytes, found " + Files.size(file));
                return Optional.empty();
            }
            if (Permissions.of(file).contains(PosixFilePermission.OTHERS_WRITE)) {
                mistakes.warn("everybody on this host may change this file; take that away with chmod o-w");
            }
            return decode(Files.readAllBytes(file), mistakes);
        } catch (AccessDeniedException e) {
            mistakes.add(0, 0, "expected a file that this user may read at " + file + ", found that it may not");
            return Optional.empty();
        } catch (IOException e) {
            mistakes.add(0, 0, "expected a readable file at " + file + ", found: " + e);
            return Optional.empty();
        }
    }

    private static Optional<String> decode(byte[] bytes, Mistakes mistakes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            int line = (int) text.chars().filter(c -> c == '\n').count() + 1;
            int column = text.length() - text.lastIndexOf('\n');
            mistakes.add(
                    line, column, String.format("expected UTF-8, found the byte %02x", in.get(in.position()) & 0xFF));
            return Optional.empty();
        }
        // Editors on Windows put a byte order mark first.
        return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    private static Optional<Node> compose(Path file, Kind kind, String text, Mistakes mistakes) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(String.valueOf(file.getFileName()))
                .setMaxAliasesForCollections(0)
                // Both are told by the section, with the other mistakes.
                .setAllowDuplicateKeys(true)
                .setAllowNonScalarKeys(true)
                .setCodePointLimit(kind.maxBytes)
                .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                mistakes.add(1, 1, "expected " + kind.content + ", found an empty file");
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            int column = e.getProblemMark().map(mark -> mark.getColumn() + 1).orElse(0);
            mistakes.add(line, column, "expected YAML: " + e.getProblem());
            return Optional.empty();
        } catch (YamlEngineException e) {
            mistakes.add(0, 0, "expected YAML: " + e.getMessage());
            return Optional.empty();
        } catch (StackOverflowError e) {
            // The composer recurses for each level; a megabyte of brackets is the only way here.
            mistakes.add(0, 0, "expected YAML of few levels, found too many of them in each other");
            return Optional.empty();
        }
    }
}
