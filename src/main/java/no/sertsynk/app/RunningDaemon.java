package no.sertsynk.app;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.function.Function;
import no.sertsynk.config.Configuration.Tls;
import no.sertsynk.config.ConfigurationReader;
import no.sertsynk.config.ConfigurationReader.ServiceAddress;
import no.sertsynk.service.admin.AdminClient;
import no.sertsynk.state.DaemonLock;
import no.sertsynk.state.DaemonLock.Running;

/** Finds the background service of a configuration, with as little work as that takes. */
public final class RunningDaemon {
    private RunningDaemon() {}

    /**
     * A client of the service; empty if none is running, or the configuration has mistakes, which are told elsewhere.
     *
     * @throws UsageException if the user may not talk with it
     */
    public static Optional<AdminClient> find(Path file, Function<String, Optional<String>> environment)
            throws UsageException {
        Optional<ServiceAddress> address = ConfigurationReader.address(file, environment);
        return address.isEmpty() ? Optional.empty() : find(address.get());
    }

    private static Optional<AdminClient> find(ServiceAddress address) throws UsageException {
        Optional<Running> running;
        try {
            running = DaemonLock.running(address.state());
        } catch (IOException e) {
            // The state may not be looked into; a token that lies elsewhere may be.
            Optional<AdminClient> client = client(address, address.admin().port());
            return client.filter(RunningDaemon::answers);
        }
        return running.isEmpty()
                ? Optional.empty()
                : client(address, running.get().port());
    }

    private static boolean answers(AdminClient client) {
        try {
            return client.get("/api/v1/parties", true).status() == 200;
        } catch (IOException e) {
            // Nobody listens there.
            return false;
        }
    }

    private static Optional<AdminClient> client(ServiceAddress address, int port) throws UsageException {
        Path tokenFile = address.admin().tokenFile();
        try {
            return Optional.of(AdminClient.of(
                    address.admin().host(),
                    port,
                    tokenFile,
                    address.admin().tls().map(Tls::certificateFile)));
        } catch (AccessDeniedException e) {
            throw new UsageException(
                    "the daemon cannot be asked: " + tokenFile + " may not be read by this user; " + whoMay(tokenFile));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /** By the file, or by the folder that hides it. */
    private static String whoMay(Path file) {
        for (Path path = file; path != null; path = path.getParent()) {
            try {
                PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
                String sudo = "use sudo -u " + attributes.owner().getName();
                return attributes.permissions().contains(PosixFilePermission.GROUP_READ)
                        ? "join the group " + attributes.group().getName() + ", or " + sudo
                        : sudo;
            } catch (IOException e) {
                // Hidden too: the folder around it tells more.
            }
        }
        return "use sudo";
    }
}
