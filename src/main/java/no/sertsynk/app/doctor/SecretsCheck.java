package no.sertsynk.app.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.app.doctor.Rights.Wish;
import no.sertsynk.app.doctor.Way.Obstacle;
import no.sertsynk.config.ConfigurationReader.SecretFile;

/** Whether the files with secrets can be read by the service, and by nobody who should not. */
public final class SecretsCheck implements Check {
    private final List<SecretFile> files;
    private final Account service;

    /** @param service the user that the service runs as */
    public SecretsCheck(List<SecretFile> files, Account service) {
        this.files = List.copyOf(files);
        this.service = service;
    }

    @Override
    public String topic() {
        return "rights";
    }

    @Override
    public List<Finding> look() throws IOException {
        List<Finding> findings = new ArrayList<>();
        int sound = 0;
        for (Path file : files.stream().map(SecretFile::path).distinct().toList()) {
            // That one is missing is told by the configuration; the token of the service is made when it starts.
            if (Files.exists(file)) {
                List<Finding> bad = look(file);
                findings.addAll(bad);
                sound += bad.isEmpty() ? 1 : 0;
            }
        }
        if (sound > 0) {
            findings.add(new Finding.Ok(Sentence.of(
                    "{0} files with secrets are readable for {1} and not for everybody", sound, service.name())));
        }
        return findings;
    }

    private List<Finding> look(Path file) throws IOException {
        List<Finding> findings = new ArrayList<>();
        Optional<Obstacle> obstacle = Way.obstacle(service, file, Wish.READ);
        obstacle.ifPresent(found -> findings.add(new Finding.Error(
                found.isAbove()
                        ? Sentence.of(
                                "{0} cannot be read by {1}, who may not enter the folder {2} ({3})",
                                file, service.name(), found.place(), found.access())
                        : Sentence.of("{0} cannot be read by {1} ({2})", file, service.name(), found.access()),
                Sentence.of("let {0} read it, for instance with chown {0} {1}", service.name(), found.place()))));
        PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
        Set<PosixFilePermission> mode = attributes.permissions();
        if (mode.contains(PosixFilePermission.OTHERS_READ) || mode.contains(PosixFilePermission.OTHERS_WRITE)) {
            findings.add(new Finding.Error(
                    Sentence.of(
                            "everybody on this host may read or change the secret in {0} ({1})",
                            file, Way.access(file)),
                    Sentence.of("chmod o-rwx {0}; if others use this host, ask for a new secret", file)));
        } else if (mode.contains(PosixFilePermission.GROUP_WRITE)) {
            findings.add(new Finding.Warning(
                    Sentence.of("a whole group may change the secret in {0} ({1})", file, Way.access(file)),
                    Sentence.of("chmod g-w {0}", file)));
        }
        return findings;
    }
}
