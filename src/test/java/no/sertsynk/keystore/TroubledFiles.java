package no.sertsynk.keystore;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import no.sertsynk.keystore.file.FileAccess;
import no.sertsynk.keystore.file.FileOperations;

/** The local file system with trouble before each step. It waits for no disk, which no test could see. */
final class TroubledFiles implements FileOperations {
    /** What happens before a step. */
    interface Trouble {
        void before(String step, int number) throws IOException;
    }

    private final Trouble trouble;
    private final boolean exchanges;
    private int steps;

    TroubledFiles(Trouble trouble) {
        this(true, trouble);
    }

    /** @param exchanges false for a file system that cannot exchange two names in one step */
    TroubledFiles(boolean exchanges, Trouble trouble) {
        this.exchanges = exchanges;
        this.trouble = trouble;
    }

    /** No trouble at all. */
    static TroubledFiles calm() {
        return new TroubledFiles((step, number) -> {});
    }

    /** How many steps have been tried. */
    int steps() {
        return steps;
    }

    private void step(String name) throws IOException {
        trouble.before(name, steps++);
    }

    @Override
    public void create(Path file) throws IOException {
        step("create");
        LOCAL.create(file);
    }

    /** A disk that gets full takes the first half. */
    @Override
    public void write(Path file, byte[] content) throws IOException {
        try {
            step("write");
        } catch (IOException e) {
            LOCAL.write(file, Arrays.copyOf(content, content.length / 2));
            throw e;
        }
        LOCAL.write(file, content);
    }

    @Override
    public void setAccess(Path file, FileAccess access) throws IOException {
        step("setAccess");
        LOCAL.setAccess(file, access);
    }

    @Override
    public void sync(Path file) throws IOException {
        step("sync");
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        step("move");
        LOCAL.move(from, to);
    }

    @Override
    public boolean exchange(Path one, Path other) throws IOException {
        step("exchange");
        return exchanges && LOCAL.exchange(one, other);
    }

    @Override
    public void link(Path file, Path name) throws IOException {
        step("link");
        LOCAL.link(file, name);
    }

    @Override
    public void linkSymbolically(Path link, Path target) throws IOException {
        step("linkSymbolically");
        LOCAL.linkSymbolically(link, target);
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        step("createFolder");
        LOCAL.createFolder(folder);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        step("syncFolder");
    }

    @Override
    public void delete(Path file) throws IOException {
        step("delete");
        LOCAL.delete(file);
    }
}
