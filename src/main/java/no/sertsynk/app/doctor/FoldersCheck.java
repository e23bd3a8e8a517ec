package no.sertsynk.app.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import no.sertsynk.app.doctor.Rights.Wish;
import no.sertsynk.app.doctor.Way.Obstacle;
import no.sertsynk.keystore.KeystoreSpec;
import no.sertsynk.keystore.KeystoreSpec.KeystoreType;

/** Whether the service may read its configuration and write its state folder and the folders of the keystores. */
public final class FoldersCheck implements Check {
    private static final int MOST_FILES = 1000;

    private final Path configuration;
    private final Optional<Path> state;
    private final List<KeystoreSpec> keystores;
    private final Account service;

    /**
     * @param state empty if it is not known
     * @param service the user that the service runs as
     */
    public FoldersCheck(Path configuration, Optional<Path> state, List<KeystoreSpec> keystores, Account service) {
        this.configuration = configuration;
        this.state = state;
        this.keystores = List.copyOf(keystores);
        this.service = service;
    }

    @Override
    public String topic() {
        return "rights";
    }

    @Override
    public List<Finding> look() throws IOException {
        List<Finding> findings = new ArrayList<>();
        if (Files.exists(configuration)) {
            Way.obstacle(service, configuration, Wish.READ)
                    .ifPresent(found -> findings.add(refused(
                            Sentence.of(
                                    "the configuration {0} cannot be read by {1} ({2})",
                                    configuration, service.name(), found.access()),
                            found)));
        }
        if (state.isPresent()) {
            state(state.get(), findings);
        }
        Set<Path> folders = new LinkedHashSet<>();
        for (KeystoreSpec keystore : keystores) {
            Path path = keystore.path().toAbsolutePath();
            // A folder of PEM files is made in the one around it.
            folders.add(
                    keystore.type() == KeystoreType.PEM_DIRECTORY && Files.exists(path)
                            ? path
                            : path.resolveSibling(".").normalize());
        }
        for (Path folder : folders) {
            keystoreFolder(folder, findings);
        }
        if (findings.isEmpty()) {
            findings.add(new Finding.Ok(Sentence.of(
                    "{0} may read the configuration and write the state folder and {1} folders of keystores",
                    service.name(), folders.size())));
        }
        return findings;
    }

    private Finding refused(String message, Obstacle found) {
        return new Finding.Error(
                message,
                found.isAbove()
                        ? Sentence.of(
                                "let {0} enter the folder {1}, for instance with chmod a+x {1}",
                                service.name(), found.place())
                        : Sentence.of(
                                "let {0} do that, for instance with chown {0} {1}; or run the service as another user",
                                service.name(), found.place()));
    }

    private void state(Path folder, List<Finding> findings) throws IOException {
        Path existing = Way.existing(folder);
        if (!existing.equals(folder.toAbsolutePath())) {
            Way.obstacle(service, existing, Wish.CHANGE)
                    .ifPresent(found -> findings.add(new Finding.Error(
                            Sentence.of(
                                    "the state folder {0} is not there, and {1} may not make it in {2} ({3})",
                                    folder, service.name(), existing, found.access()),
                            Sentence.of("install -d -m 750 -o {0} {1}", service.name(), folder))));
            return;
        }
        if (!Files.isDirectory(folder)) {
            findings.add(new Finding.Error(
                    Sentence.of("the state folder {0} is no folder", folder), "move the file away, or change 'state'"));
            return;
        }
        Way.obstacle(service, folder, Wish.CHANGE)
                .ifPresent(found -> findings.add(refused(
                        Sentence.of(
                                "the state folder {0} cannot be written by {1} ({2})",
                                folder, service.name(), found.access()),
                        found)));
        if (Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE)) {
            findings.add(new Finding.Error(
                    Sentence.of(
                            "everybody on this host may change the state folder {0} ({1})", folder, Way.access(folder)),
                    Sentence.of("chmod o-w {0}", folder)));
        }
        foreign(folder, findings);
    }

    /** What somebody else has left in the state folder keeps the service from working. */
    private void foreign(Path folder, List<Finding> findings) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            for (Path child : children.limit(MOST_FILES).sorted().toList()) {
                Way.obstacle(service, child, Files.isDirectory(child) ? Wish.CHANGE : Wish.WRITE)
                        .filter(found -> !found.isAbove())
                        .ifPresent(found -> findings.add(new Finding.Error(
                                Sentence.of(
                                        "{0} in the state folder cannot be written by {1} ({2})",
                                        child.getFileName(), service.name(), found.access()),
                                Sentence.of("chown -R {0} {1}", service.name(), child))));
            }
        }
    }

    private void keystoreFolder(Path folder, List<Finding> findings) throws IOException {
        if (!Files.isDirectory(folder)) {
            findings.add(new Finding.Error(
                    Sentence.of("the folder {0} for a keystore is not there", folder),
                    Sentence.of("make it, for instance with install -d -m 750 -o {0} {1}", service.name(), folder)));
            return;
        }
        Optional<Obstacle> obstacle = Way.obstacle(service, folder, Wish.CHANGE);
        obstacle.ifPresent(found -> findings.add(refused(
                Sentence.of(
                        "the folder {0} of a keystore cannot be written by {1} ({2})",
                        folder, service.name(), found.access()),
                found)));
        if (Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE)) {
            findings.add(new Finding.Warning(
                    Sentence.of(
                            "everybody on this host may change the folder {0} of a keystore ({1})",
                            folder, Way.access(folder)),
                    Sentence.of("chmod o-w {0}", folder)));
        }
    }
}
