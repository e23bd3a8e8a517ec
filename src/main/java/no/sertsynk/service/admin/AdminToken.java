package no.sertsynk.service.admin;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/** The file with the token that clients show. */
public final class AdminToken {
    private static final int RANDOM_BYTES = 32;
    private static final int MOST_BYTES = 4096;
    private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9._~+/=-]{32,}");

    private AdminToken() {}

    /** Is told of a file that has been made. */
    public interface Made {
        void tell(Path file) throws IOException;
    }

    /**
     * The token of the file, which is made with 256 random bits if it is not there.
     *
     * @throws IOException if it cannot be used, with a message for the administrator
     */
    public static String readOrMake(Path file, Made made) throws IOException {
        if (Files.notExists(file)) {
            make(file, made);
        }
        requirePrivate(file);
        return read(file);
    }

    private static void make(Path file, Made made) throws IOException {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        try (FileChannel channel = FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                OutputStream out = Channels.newOutputStream(channel)) {
            out.write((HexFormat.of().formatHex(random) + "\n").getBytes(StandardCharsets.US_ASCII));
            channel.force(true);
            made.tell(file);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw new IOException(
                    "admin.tokenFile: expected to make " + file + ", found: " + e + "; make its folder, or room", e);
        }
    }

    private static void requirePrivate(Path file) throws IOException {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
        boolean isPrivate = mode.stream()
                .noneMatch(permission ->
                        permission.name().startsWith("OTHERS_") || permission == PosixFilePermission.GROUP_WRITE);
        if (!isPrivate) {
            throw new IOException("admin.tokenFile: expected that none but its owner may use " + file
                    + ", found the mode " + PosixFilePermissions.toString(mode)
                    + "; others may know the token: delete the file, and the next start makes another");
        }
    }

    /** The token of the file. */
    static String read(Path file) throws IOException {
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES);
        }
        String token = new String(bytes, StandardCharsets.US_ASCII).strip();
        if (!USABLE.matcher(token).matches()) {
            throw new IOException("admin.tokenFile: expected a token of at least 32 letters and digits in " + file
                    + ", found something else; delete the file, and the next start makes one");
        }
        return token;
    }
}
