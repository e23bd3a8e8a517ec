package no.sertsynk.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Standard output, which remembers that it could not be written: a print stream alone swallows that. */
final class ResultStream extends FilterOutputStream {
    private @Nullable IOException failure;

    ResultStream(OutputStream out) {
        super(out);
    }

    /** The first failure; empty too if the reader has merely gone away, as {@code head} does. */
    Optional<IOException> failure() {
        return Optional.ofNullable(failure)
                .filter(found -> !String.valueOf(found.getMessage()).contains("Broken pipe"));
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            throw remember(e);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw remember(e);
        }
    }

    private IOException remember(IOException e) {
        failure = failure == null ? e : failure;
        return e;
    }
}
