package no.sertsynk.keystore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import no.sertsynk.app.LocalKeystores;
import no.sertsynk.keystore.TroubledFiles.Trouble;
import no.sertsynk.keystore.file.FileOperations;

/**
 * The keystores of this host with trouble before each step of an update: each file operation, and the moments between what
 * is done to the file and what is done to the state.
 */
public final class TroubledKeystores extends LocalKeystores {
    private final TroubledFiles files;
    private final Trouble trouble;
    private int steps;

    /** What happens before a step. */
    public interface Step {
        void before(String step, int number) throws IOException;
    }

    public TroubledKeystores(Clock clock, Step step) {
        super(clock);
        this.trouble = (name, number) -> step.before(name, steps++);
        this.files = new TroubledFiles(trouble);
    }

    /** How many steps have been tried. */
    public int steps() {
        return steps;
    }

    private void step(String name) {
        try {
            trouble.before(name, steps);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Keystore open(KeystoreSpec spec) throws KeystoreException {
        Keystore keystore = Keystores.open(spec, (FileOperations) files);
        return new Keystore() {
            @Override
            public KeystoreContents contents() {
                return keystore.contents();
            }

            @Override
            public boolean replace(KeystoreChange change) throws KeystoreException {
                return keystore.replace(change);
            }

            @Override
            public boolean replace(KeystoreChange change, int generation) throws KeystoreException {
                boolean replaced = keystore.replace(change, generation);
                step("replaced");
                return replaced;
            }

            @Override
            public void close() {
                keystore.close();
                step("closed");
            }
        };
    }
}
