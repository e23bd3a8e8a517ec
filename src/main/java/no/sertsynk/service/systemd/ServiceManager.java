package no.sertsynk.service.systemd;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the service does (sd_notify(3)). Where no service manager listens nothing is told. A message that cannot
 * be sent is logged once: the service goes on. Safe for threads.
 */
public final class ServiceManager implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceManager.class);

    private final @Nullable DatagramSocket socket;
    private final Optional<Duration> watchdog;
    private final LongSupplier nanos;
    private boolean isLost;

    private ServiceManager(@Nullable DatagramSocket socket, Optional<Duration> watchdog, LongSupplier nanos) {
        this.socket = socket;
        this.watchdog = watchdog;
        this.nanos = nanos;
    }

    /**
     * The service manager that started this process.
     *
     * @param environment looks up {@code NOTIFY_SOCKET}, {@code WATCHDOG_USEC} and {@code WATCHDOG_PID}
     * @param pid this process
     * @param nanos of CLOCK_MONOTONIC, which {@link System#nanoTime} reads on Linux
     */
    public static ServiceManager of(Function<String, Optional<String>> environment, long pid, LongSupplier nanos) {
        Optional<String> address = environment.apply("NOTIFY_SOCKET").filter(name -> !name.isEmpty());
        if (address.isEmpty()) {
            return new ServiceManager(null, Optional.empty(), nanos);
        }
        try {
            return new ServiceManager(DatagramSocket.open(address.get()), watchdog(environment, pid), nanos);
        } catch (IOException e) {
            LOG.warn("notify_unusable NOTIFY_SOCKET: {}", e.getMessage());
            return new ServiceManager(null, Optional.empty(), nanos);
        }
    }

    private static Optional<Duration> watchdog(Function<String, Optional<String>> environment, long pid) {
        boolean isOurs = environment
                .apply("WATCHDOG_PID")
                .map(text -> text.equals(Long.toString(pid)))
                .orElse(true);
        return environment
                .apply("WATCHDOG_USEC")
                .filter(text -> isOurs && text.matches("[0-9]{1,15}"))
                .map(text -> Duration.of(Long.parseLong(text), java.time.temporal.ChronoUnit.MICROS))
                .filter(Duration::isPositive);
    }

    /** How long it waits for a sign of life before it starts the service anew; empty if it does not. */
    public Optional<Duration> watchdog() {
        return watchdog;
    }

    /** The service can be used. */
    public void ready(String status) {
        send("READY=1\nSTATUS=" + line(status));
    }

    public void status(String status) {
        send("STATUS=" + line(status));
    }

    /** A sign of life. */
    public void alive() {
        if (watchdog.isPresent()) {
            send("WATCHDOG=1");
        }
    }

    /** The configuration is being read again; {@link #ready} ends that. */
    public void reloading() {
        send("RELOADING=1\nMONOTONIC_USEC=" + TimeUnit.NANOSECONDS.toMicros(nanos.getAsLong()));
    }

    public void stopping() {
        send("STOPPING=1\nSTATUS=stopping");
    }

    /** The assignments of a message are parted by line ends. */
    private static String line(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private synchronized void send(String message) {
        if (socket == null) {
            return;
        }
        try {
            socket.send(message);
            isLost = false;
        } catch (IOException e) {
            if (!isLost) {
                LOG.warn("notify_failed {}", e.getMessage());
            }
            isLost = true;
        }
    }

    @Override
    public synchronized void close() {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                LOG.warn("notify_failed {}", e.getMessage());
            }
        }
    }
}
