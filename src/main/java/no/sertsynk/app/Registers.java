package no.sertsynk.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import no.sertsynk.config.Configuration;
import no.sertsynk.register.Register;
import no.sertsynk.register.RegisterChain;
import no.sertsynk.register.rest.CpapiRegisters;
import no.sertsynk.register.rest.CpapiSession;
import no.sertsynk.register.soap.SoapRegisters;
import org.jspecify.annotations.Nullable;

/** Opens the register that a configuration names, and keeps what is good for more than one run. Safe for threads. */
final class Registers {
    private final Configuration.RegisterSection section;
    private final StageSettings settings;
    private final Function<String, Optional<String>> environment;
    private @Nullable CpapiSession session;

    Registers(Configuration configuration, StageSettings settings, Function<String, Optional<String>> environment) {
        this.section = configuration.register();
        this.settings = settings;
        this.environment = environment;
    }

    /** @throws UsageException if what is configured cannot be used, whatever the world is like */
    Register open() throws UsageException {
        if (section.sources().size() == 1) {
            return open(section.sources().getFirst());
        }
        List<RegisterChain.Source> sources = new ArrayList<>();
        for (String source : section.sources()) {
            sources.add(new RegisterChain.Source(source, open(source), source.equals("file")));
        }
        return new RegisterChain(sources);
    }

    /** One of the sources alone. */
    Register open(String source) throws UsageException {
        return switch (source) {
            case "soap" -> SoapRegisters.open(settings.register());
            case "cpapi" -> CpapiRegisters.open(session());
            case "file" -> HandWrittenParties.read(file(), environment).register();
            default -> throw new IllegalStateException("an unknown source " + source);
        };
    }

    private synchronized CpapiSession session() throws UsageException {
        if (session == null) {
            session = new CpapiSession(settings.cpapi());
        }
        return session;
    }

    /** What is doubtful in what a configuration points to, one line each. */
    List<String> warnings() throws UsageException {
        return section.sources().contains("file")
                ? HandWrittenParties.read(file(), environment).warnings()
                : List.of();
    }

    /** Files whose changes are news of the parties. */
    Set<Path> watched() {
        return section.sources().contains("file") ? HandWrittenParties.files(file(), environment) : Set.of();
    }

    private Path file() {
        return section.file().orElseThrow(() -> new IllegalStateException("a source without its file"));
    }
}
