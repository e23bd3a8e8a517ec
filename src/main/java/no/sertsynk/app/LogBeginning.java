package no.sertsynk.app;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import no.sertsynk.config.Configuration;
import no.sertsynk.config.Configuration.HookSection;
import no.sertsynk.model.Secret;
import no.sertsynk.service.log.Logs;

/** Sets the log up as a configuration says, and keeps the configuration's secrets out of it. */
final class LogBeginning {
    private static final int MAX_TOKEN_BYTES = 4096;

    private LogBeginning() {}

    static void with(Configuration configuration, Function<String, Optional<String>> environment) {
        Logs.Format format = switch (configuration.log().format()) {
            case "text" -> Logs.Format.TEXT;
            case "journal" -> Logs.Format.JOURNAL;
            case "json" -> Logs.Format.JSON;
            default -> Logs.suiting(environment.apply("JOURNAL_STREAM"));
        };
        Logs.use(new Logs.Setting(format, configuration.log().level(), secrets(configuration)));
    }

    private static List<String> secrets(Configuration configuration) {
        List<String> secrets = new ArrayList<>();
        configuration.register().password().map(LogBeginning::text).ifPresent(password -> {
            secrets.add(password);
            String pair = configuration.register().username() + ":" + password;
            // As HTTP sends it (RFC 7617).
            secrets.add(Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        });
        for (Configuration.KeystoreSection keystore : configuration.keystores().orElse(List.of())) {
            keystore.password().map(LogBeginning::text).ifPresent(secrets::add);
            for (HookSection hook : keystore.onChange()) {
                if (hook instanceof HookSection.Webhook(URI url, Optional<Secret> token, var timeout)) {
                    token.map(LogBeginning::text).ifPresent(secrets::add);
                    // Who knows the address of a webhook can post to it.
                    Optional.ofNullable(url.getRawPath()).ifPresent(secrets::add);
                }
            }
        }
        token(configuration.admin().tokenFile()).ifPresent(secrets::add);
        return secrets;
    }

    private static String text(Secret secret) {
        return new String(secret.reveal());
    }

    /** Empty before the service has made it, and for users who may not read it. */
    private static Optional<String> token(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= MAX_TOKEN_BYTES
                    ? Optional.of(Files.readString(file).strip())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
