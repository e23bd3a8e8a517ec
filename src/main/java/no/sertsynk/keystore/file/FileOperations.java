package no.sertsynk.keystore.file;

import java.io.IOException;
import java.nio.file.Path;

/** The steps that the replacement of a file consists of. Each can fail; tests let each fail in turn. */
public interface FileOperations {
    /** The local file system. */
    FileOperations LOCAL = new LocalFileOperations();

    /** Makes an empty file that nobody else can read; fails if there is something of that name. */
    void create(Path file) throws IOException;

    void write(Path file, byte[] content) throws IOException;

    void setAccess(Path file, FileAccess access) throws IOException;

    /** Returns when the file's content is on disk. */
    void sync(Path file) throws IOException;

    /** Gives the file another name in one step, in place of what had that name. */
    void move(Path from, Path to) throws IOException;

    /**
     * Swaps the names of two files in one step, so that nothing that had either name is lost.
     *
     * @return false, with nothing done, where the file system has no such step
     */
    boolean exchange(Path one, Path other) throws IOException;

    /** Gives the file a second name; fails if there is something of that name. */
    void link(Path file, Path name) throws IOException;

    /** Makes a symbolic link; fails if there is something of that name. */
    void linkSymbolically(Path link, Path target) throws IOException;

    /** Makes a folder for its owner alone; fails if there is something of that name. */
    void createFolder(Path folder) throws IOException;

    /** Returns when the folder's names are on disk. */
    void syncFolder(Path folder) throws IOException;

    void delete(Path file) throws IOException;
}
