package no.sertsynk.service.hook;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.Secret;
import no.sertsynk.model.Sha256;

/** Somebody who is told when a keystore has changed. */
public sealed interface Hook {
    /** How long it may take. */
    Duration timeout();

    /** Names it to people, without anything that may be secret. */
    String label();

    /** Names it in the state: another text if it is another hook. */
    String id();

    /**
     * A program with its arguments; no shell takes them apart.
     *
     * @param command the program first
     */
    record Command(List<String> command, Duration timeout) implements Hook {
        public Command {
            command = List.copyOf(command);
            if (command.isEmpty()) {
                throw new IllegalArgumentException("a command needs a program");
            }
        }

        @Override
        public String label() {
            return command.getFirst();
        }

        @Override
        public String id() {
            return digest(String.join("\0", command));
        }
    }

    /**
     * An address that the event is posted to.
     *
     * @param token sent as bearer token
     */
    record Webhook(URI url, Optional<Secret> token, Duration timeout) implements Hook {
        /** Scheme and host alone: what follows is a secret with many services. */
        @Override
        public String label() {
            return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
        }

        @Override
        public String id() {
            return digest(url.toString());
        }
    }

    private static String digest(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).hex();
    }
}
