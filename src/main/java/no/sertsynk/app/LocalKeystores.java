package no.sertsynk.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import no.sertsynk.keystore.Generation;
import no.sertsynk.keystore.Keystore;
import no.sertsynk.keystore.KeystoreContents;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.keystore.KeystoreSpec;
import no.sertsynk.keystore.Keystores;
import no.sertsynk.sync.KeystoreAccess;

/** The keystores of this host. */
public class LocalKeystores implements KeystoreAccess {
    /**
     * File systems tell times in steps of some milliseconds, so that the stamp of a file which has only just changed does not
     * tell a further change.
     */
    private static final Duration STEP = Duration.ofSeconds(1);

    private final Clock clock;

    public LocalKeystores(Clock clock) {
        this.clock = clock;
    }

    @Override
    public KeystoreContents read(KeystoreSpec spec) throws KeystoreException {
        return Keystores.read(spec);
    }

    @Override
    public Keystore open(KeystoreSpec spec) throws KeystoreException {
        return Keystores.open(spec);
    }

    @Override
    public Optional<String> stamp(KeystoreSpec spec) throws KeystoreException {
        return isSettled(spec.path()) ? Optional.of(Keystores.stamp(spec).text()) : Optional.empty();
    }

    private boolean isSettled(Path path) {
        try {
            FileTime changed = (FileTime) Files.getAttribute(path, "unix:ctime");
            return changed.toInstant().isBefore(clock.instant().minus(STEP));
        } catch (IOException e) {
            // There is no file, or reading it will tell what is wrong with it.
            return false;
        }
    }

    @Override
    public KeystoreContents generation(KeystoreSpec spec, int number) throws KeystoreException {
        return Keystores.readGeneration(spec, number);
    }

    @Override
    public List<Generation> generations(KeystoreSpec spec) throws KeystoreException {
        return Keystores.generations(spec);
    }
}
