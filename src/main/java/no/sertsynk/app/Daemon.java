package no.sertsynk.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import no.sertsynk.config.Configuration;
import no.sertsynk.config.Configuration.Tls;
import no.sertsynk.config.Mistake;
import no.sertsynk.service.admin.AdminServer;
import no.sertsynk.service.admin.AdminTls;
import no.sertsynk.service.admin.AdminToken;
import no.sertsynk.service.schedule.Cadence;
import no.sertsynk.service.schedule.Cron;
import no.sertsynk.service.schedule.FileWatch;
import no.sertsynk.service.schedule.Pulse;
import no.sertsynk.service.schedule.QuartzAlarms;
import no.sertsynk.service.schedule.RunOrder;
import no.sertsynk.service.schedule.RunQueue;
import no.sertsynk.service.schedule.RunStatus;
import no.sertsynk.service.schedule.Schedule;
import no.sertsynk.service.systemd.ServiceManager;
import no.sertsynk.state.DaemonLock;
import no.sertsynk.state.StateException;
import no.sertsynk.state.StateFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The background service: what runs all the time, and how it begins and ends. */
public final class Daemon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
    private static final Duration TICK = Duration.ofSeconds(10);
    /** How often files of parties are looked at; one look is a few stats. */
    private static final Duration WATCH = Duration.ofSeconds(2);
    /** How long a run may go on once it has been told to stop; what it is at then is done wholly or not at all. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Start start;
    private volatile Application application;
    private final DaemonLock lock;
    private final DaemonWork work;
    private final QuartzAlarms alarms;
    private final RunQueue queue;
    private final Schedule schedule;
    private final AdminServer server;
    private final ServiceManager manager;
    private final ScheduledExecutorService ticker;
    private final FileWatch watch;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * What the service is started with.
     *
     * @param file the configuration, which is read again at a reload
     * @param environment looks up variables of the environment
     */
    public record Start(Path file, Clock clock, Function<String, Optional<String>> environment, DaemonViews views) {}

    /**
     * Starts the service: when this returns it can be used, and its first sync has been asked for.
     *
     * @param configuration of the file
     * @throws UsageException if it cannot run so; then nothing was done
     */
    public static Daemon start(Start start, Configuration configuration) throws UsageException {
        LogBeginning.with(configuration, start.environment());
        Application application = Application.of(configuration, start.clock(), start.environment());
        application.requireForSync();
        application.authorities().usable(start.clock().instant());
        try {
            StateFolder folder = StateFolder.create(configuration.state());
            DaemonLock lock = DaemonLock.take(folder);
            try {
                return new Daemon(start, application, lock, folder);
            } catch (UsageException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (StateException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private Daemon(Start start, Application application, DaemonLock lock, StateFolder folder) throws UsageException {
        this.start = start;
        this.lock = lock;
        this.application = application;
        folder.requireUsable();
        Configuration configuration = application.described();
        this.work = new DaemonWork(() -> this.application, start.views());
        this.queue = new RunQueue(work::run, this::ended);
        this.manager =
                ServiceManager.of(start.environment(), ProcessHandle.current().pid(), System::nanoTime);
        this.alarms = QuartzAlarms.start();
        this.schedule =
                new Schedule(alarms, queue, work, cadence(configuration), start.clock(), ThreadLocalRandom.current());
        Pulse pulse = new Pulse(alarms, start.clock(), System::nanoTime, schedule::clockChanged);
        DaemonDesk desk = new DaemonDesk(() -> this.application, queue, schedule, pulse, work.figures(), start.views());
        this.ticker = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("pulse").factory());
        try {
            this.server = listen(configuration.admin(), desk, folder);
        } catch (UsageException e) {
            stop(alarms, queue);
            throw e;
        }
        // Once more, now that there is a token to keep out of it.
        LogBeginning.with(configuration, start.environment());
        work.showFigures();
        lock.publish(server.port());
        this.watch = new FileWatch(() -> this.application.watchedFiles(), this::partiesChanged);
        schedule.start();
        tickEvery(pulse);
        ScheduledFuture<?> unused =
                ticker.scheduleAtFixedRate(watch::look, WATCH.toMillis(), WATCH.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void stop(QuartzAlarms alarms, RunQueue queue) {
        alarms.close();
        queue.close();
    }

    private static AdminServer listen(Configuration.Admin admin, DaemonDesk desk, StateFolder folder)
            throws UsageException {
        try {
            String token = AdminToken.readOrMake(admin.tokenFile(), folder::adopt);
            Optional<SSLContext> tls = Optional.empty();
            if (admin.tls().isPresent()) {
                Tls files = admin.tls().get();
                tls = Optional.of(AdminTls.server(files.certificateFile(), files.keyFile()));
            }
            return AdminServer.start(
                    new AdminServer.Setting(admin.host(), admin.port(), admin.names(), token, tls), desk);
        } catch (IOException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static Cadence cadence(Configuration configuration) {
        return new Cadence(
                Cron.parse(configuration.schedule().cron(), ZoneId.systemDefault()),
                configuration.schedule().jitter());
    }

    /** Looks often enough that the service manager hears of us twice while it waits. */
    private void tickEvery(Pulse pulse) {
        Duration period = manager.watchdog()
                .map(wait -> wait.dividedBy(3))
                .filter(third -> third.compareTo(TICK) < 0)
                .orElse(TICK);
        ScheduledFuture<?> unused = ticker.scheduleAtFixedRate(
                () -> {
                    if (pulse.tick()) {
                        manager.alive();
                    }
                },
                0,
                period.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void partiesChanged() {
        LOG.info("parties_changed a file of parties has changed");
        schedule.syncNow();
    }

    private void ended(RunOrder order, RunStatus status) {
        schedule.ended(order, status);
        manager.status(RunLog.line(status));
        if (!queue.isBusy()) {
            // Most of the time nothing happens: what the run took is given back to the system, as far as the options
            // of the virtual machine let it (MaxHeapFreeRatio).
            System.gc();
        }
    }

    /** The port that the service listens at. */
    public int port() {
        return server.port();
    }

    /** Reads the configuration again and goes on with it; if there is a mistake in it the old one goes on. */
    public synchronized void reload() {
        manager.reloading();
        try {
            var loaded = Application.configuration(start.file(), start.environment());
            for (Mistake warning : loaded.warnings()) {
                LOG.warn("configuration {}", warning);
            }
            change(loaded.configuration());
            work.figures().reloaded(true);
            work.showFigures();
            LOG.info("reloaded {}", start.file());
        } catch (UsageException e) {
            work.figures().reloaded(false);
            e.lines().forEach(line -> LOG.error("reload_refused the old configuration goes on: {}", line));
        }
        manager.ready("running");
    }

    private void change(Configuration configuration) throws UsageException {
        Configuration old = application.described();
        if (!old.state().equals(configuration.state()) || !old.admin().equals(configuration.admin())) {
            throw new UsageException("state and admin can be changed by a restart only");
        }
        Application changed = Application.of(configuration, start.clock(), start.environment());
        changed.requireForSync();
        changed.authorities().usable(start.clock().instant());
        application = changed;
        watch.begin();
        LogBeginning.with(configuration, start.environment());
        schedule.change(cadence(configuration));
    }

    /** Asks the service to end; may be called from a signal. */
    public void stop() {
        stopped.countDown();
    }

    /** Tells that the service can be used; signals must be heard by then, since whoever waits for this sends them. */
    public void announce() {
        manager.ready("running");
        LOG.atInfo()
                .addKeyValue("admin", server.port())
                .addKeyValue("next", schedule.nextSync().map(Object::toString).orElse("none"))
                .log("started");
    }

    /** Waits until somebody has asked the service to end. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    /** Ends the service within five seconds. */
    @Override
    public void close() {
        manager.stopping();
        server.close();
        alarms.close();
        ticker.shutdownNow();
        if (!queue.close(PATIENCE)) {
            LOG.warn("run_cut_off a run did not end in time; the next start goes on from what is on disk");
        }
        lock.close();
        manager.close();
        LOG.info("stopped");
    }
}
