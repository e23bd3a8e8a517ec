package no.sertsynk.keystore.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * A file's extended access control list (acl(5)), as the bytes that the kernel keeps it in; they are copied and never looked
 * into. Where the system cannot be asked, no file has one.
 */
final class AccessList {
    private static final String ATTRIBUTE = "system.posix_acl_access";

    /** Far above any list: each of its entries takes eight bytes. */
    private static final int MAX_BYTES = 64 * 1024;

    private static final int ENOSYS = 38;
    private static final int ENODATA = 61;
    private static final int EOPNOTSUPP = 95;

    /** No list; or a system or file system that has none. */
    private static final Set<Integer> NONE = Set.of(ENODATA, ENOSYS, EOPNOTSUPP);

    private AccessList() {}

    /** Empty if the file's mode says everything. Follows no link. */
    static Optional<ByteBuffer> of(Path file) throws IOException {
        Optional<LinuxCalls> calls = LinuxCalls.find();
        if (calls.isEmpty()) {
            return Optional.empty();
        }
        ByteBuffer value = ByteBuffer.allocate(MAX_BYTES);
        long length = calls.get().getAttribute(path(file), ATTRIBUTE, value);
        if (length >= 0) {
            return Optional.of(value.slice(0, (int) length).asReadOnlyBuffer());
        }
        if (NONE.contains((int) -length)) {
            return Optional.empty();
        }
        throw failure(file, "read", -length);
    }

    /** Gives the file that very list, which changes its mode too; or, if empty, takes away the one that it has. */
    static void set(Path file, Optional<ByteBuffer> list) throws IOException {
        LinuxCalls calls =
                LinuxCalls.find().orElseThrow(() -> new IllegalStateException("a list that nobody could read"));
        long result = list.isPresent()
                ? calls.setAttribute(path(file), ATTRIBUTE, list.get())
                : calls.removeAttribute(path(file), ATTRIBUTE);
        if (result < 0) {
            throw failure(file, list.isPresent() ? "copied" : "removed", -result);
        }
    }

    private static String path(Path file) {
        return file.toAbsolutePath().toString();
    }

    private static IOException failure(Path file, String attempt, long error) {
        return new FileSystemException(
                file.toString(),
                null,
                "its extended access control list (see getfacl) could not be " + attempt + " (error " + error + ")");
    }
}
