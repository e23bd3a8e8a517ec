package no.sertsynk.config;

/** Checks the keys of the background service, so that a mistake in them is told by every command. */
final class ServiceReader {
    private ServiceReader() {}

    static void check(Section root, Values values) {
        root.sections("services");
        Section schedule = root.section("schedule");
        schedule.text("cron");
        values.duration(schedule, "jitter");
        schedule.finish();
        Section admin = root.section("admin");
        admin.text("listen").ifPresent(listen -> checkListen(admin, listen));
        values.path(admin, "tokenFile");
        admin.finish();
    }

    private static void checkListen(Section admin, String listen) {
        if (!Hosts.isLoopbackWithPort(listen)) {
            admin.mistake(
                    "listen",
                    "expected a loopback address and a port such as 127.0.0.1:8474, since a token is sent without TLS,"
                            + " found '" + listen + "'");
        }
    }
}
