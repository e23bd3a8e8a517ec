package no.sertsynk.app.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import no.sertsynk.app.doctor.Rights.Wish;
import no.sertsynk.config.Configuration.HookSection;
import no.sertsynk.config.Configuration.KeystoreSection;

/** Whether the commands that are to be told of changes are there and may be run by the service. Runs none of them. */
public final class HooksCheck implements Check {
    private static final int MOST_BYTES = 256;

    private final List<KeystoreSection> keystores;
    private final HostCommand host;
    private final Account service;

    /**
     * @param host with the PATH that hooks get
     * @param service the user that the service runs as
     */
    public HooksCheck(List<KeystoreSection> keystores, HostCommand host, Account service) {
        this.keystores = List.copyOf(keystores);
        this.host = host;
        this.service = service;
    }

    @Override
    public String topic() {
        return "hooks";
    }

    @Override
    public List<Finding> look() throws IOException {
        List<Finding> findings = new ArrayList<>();
        int commands = 0;
        for (KeystoreSection keystore : keystores) {
            for (HookSection hook : keystore.onChange()) {
                if (hook instanceof HookSection.Command command) {
                    commands++;
                    look(keystore.name(), command.command().getFirst()).ifPresent(findings::add);
                }
            }
        }
        if (findings.isEmpty() && commands > 0) {
            findings.add(new Finding.Ok(Sentence.of("{0} commands of onChange are there and may be run", commands)));
        }
        return findings;
    }

    private Optional<Finding> look(String keystore, String name) throws IOException {
        if (name.contains("/") && !name.startsWith("/")) {
            return Optional.of(new Finding.Warning(
                    Sentence.of(
                            "keystore {0}: the command {1} of onChange depends on the folder that sertsynk is started"
                                    + " in",
                            keystore, name),
                    "write its whole path"));
        }
        if (name.startsWith("/") && Files.exists(Path.of(name)) && !Files.isRegularFile(Path.of(name))) {
            return Optional.of(missing(keystore, name));
        }
        Optional<Path> program =
                name.startsWith("/") ? Optional.of(Path.of(name)).filter(Files::exists) : host.find(name);
        if (program.isEmpty()) {
            return Optional.of(missing(keystore, name));
        }
        boolean executable = Files.isExecutable(program.get());
        Optional<Way.Obstacle> obstacle = Way.obstacle(service, program.get(), Wish.ENTER);
        if (!executable || obstacle.isPresent()) {
            return Optional.of(new Finding.Error(
                    Sentence.of(
                            "keystore {0}: the command {1} of onChange may not be run by {2} ({3})",
                            keystore, program.get(), service.name(), Way.access(program.get())),
                    Sentence.of("chmod a+x {0}", program.get())));
        }
        return interpreter(program.get())
                .map(missing -> new Finding.Error(
                        Sentence.of(
                                "keystore {0}: the command {1} of onChange asks for {2}, which is not there",
                                keystore, program.get(), missing),
                        "install it, or correct the first line of the command"));
    }

    private static Finding missing(String keystore, String name) {
        return new Finding.Error(
                Sentence.of("keystore {0}: the command {1} of onChange is not there", keystore, name),
                "install it, or correct onChange; without a slash it is looked for in the PATH of the service");
    }

    /** The interpreter that a script names and the host lacks. */
    private static Optional<String> interpreter(Path program) throws IOException {
        if (!Files.isReadable(program)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(program)) {
            String start = new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
            if (!start.startsWith("#!")) {
                return Optional.empty();
            }
            String line = start.lines().findFirst().orElse("").substring(2).strip();
            String named = line.split("\\s+")[0];
            return named.startsWith("/") && !Files.isExecutable(Path.of(named)) ? Optional.of(named) : Optional.empty();
        }
    }
}
