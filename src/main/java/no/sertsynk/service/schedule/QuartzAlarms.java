package no.sertsynk.service.schedule;

import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.UUID;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.quartz.impl.DirectSchedulerFactory;
import org.quartz.simpl.RAMJobStore;
import org.quartz.simpl.SimpleThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Alarms of Quartz: each is a job with one trigger, which fires at once if its time has passed. */
public final class QuartzAlarms implements Alarms {
    private static final Logger LOG = LoggerFactory.getLogger(QuartzAlarms.class);
    private static final String ACTION = "action";

    private final Scheduler scheduler;

    private QuartzAlarms(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Alarms that are alive, with two threads that do not keep the program alive. */
    public static QuartzAlarms start() {
        try {
            SimpleThreadPool pool = new SimpleThreadPool(1, Thread.NORM_PRIORITY);
            pool.setThreadNamePrefix("alarm");
            pool.setMakeThreadsDaemons(true);
            pool.initialize();
            String name = "sertsynk-" + UUID.randomUUID();
            DirectSchedulerFactory factory = DirectSchedulerFactory.getInstance();
            factory.createScheduler(name, name, pool, new RAMJobStore());
            Scheduler scheduler = factory.getScheduler(name);
            scheduler.setJobFactory((bundle, itself) -> job(bundle.getJobDetail()));
            scheduler.start();
            return new QuartzAlarms(scheduler);
        } catch (SchedulerException e) {
            throw new IllegalStateException("the scheduler cannot start", e);
        }
    }

    private static Job job(JobDetail detail) {
        Runnable action =
                Objects.requireNonNull((Runnable) detail.getJobDataMap().get(ACTION));
        return context -> {
            try {
                action.run();
            } catch (RuntimeException e) {
                // One job's failure must not stop the others; the scheduler would only log it less clearly.
                LOG.error("job_failed {}", detail.getKey().getName(), e);
            }
        };
    }

    @Override
    public void set(String name, Instant at, Runnable action) {
        JobDetail detail = JobBuilder.newJob(Job.class).withIdentity(name).build();
        detail.getJobDataMap().put(ACTION, action);
        try {
            scheduler.deleteJob(new JobKey(name));
            scheduler.scheduleJob(
                    detail,
                    TriggerBuilder.newTrigger()
                            .withIdentity(name)
                            .startAt(Date.from(at))
                            .withSchedule(
                                    SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
                            .build());
        } catch (SchedulerException e) {
            throw new IllegalStateException("the alarm " + name + " cannot be set", e);
        }
    }

    @Override
    public void cancel(String name) {
        try {
            scheduler.deleteJob(new JobKey(name));
        } catch (SchedulerException e) {
            throw new IllegalStateException("the alarm " + name + " cannot be cancelled", e);
        }
    }

    @Override
    public void now(Runnable action) {
        set("now-" + UUID.randomUUID(), Instant.EPOCH.plusMillis(1), action);
    }

    @Override
    public void close() {
        try {
            scheduler.shutdown(false);
        } catch (SchedulerException e) {
            throw new IllegalStateException("the scheduler cannot be stopped", e);
        }
    }
}
