package no.sertsynk.service.observe;

import java.util.List;

/**
 * Every figure that there is, with what it means. The spelling is a public contract. Labels are values of the configuration,
 * or words of the program; of what registers, directories and certificates say nothing but a fingerprint becomes one.
 */
enum Series {
    CERTIFICATE_NOT_AFTER(
            Kind.GAUGE,
            "sertsynk_certificate_not_after_timestamp_seconds",
            "Until when a certificate is valid. slot is current for the one that clients should use, next for one that"
                + " will take over, previous for one that is kept beside it (of several the one that stays longest).",
            "her_id",
            "purpose",
            "slot"),
    CERTIFICATE_NOT_BEFORE(
            Kind.GAUGE,
            "sertsynk_certificate_not_before_timestamp_seconds",
            "Since or from when a certificate is valid; labels as of not_after.",
            "her_id",
            "purpose",
            "slot"),
    CERTIFICATE_INFO(
            Kind.INFO,
            "sertsynk_certificate_info",
            "Always 1; sha256 is the fingerprint of a certificate that is installed or known for later.",
            "her_id",
            "purpose",
            "slot",
            "sha256"),
    CERTIFICATE_VALID(
            Kind.GAUGE,
            "sertsynk_certificate_valid",
            "Whether the current or next certificate passes a check of the last run (1) or not (0). check is trust"
                    + " (its path), time, revocation (0 also if nobody knows), profile (key usage, policy, strength),"
                    + " organization (whose number it has) or register (0 if the register names another).",
            "her_id",
            "purpose",
            "slot",
            "check"),
    PARTIES(
            Kind.GAUGE,
            "sertsynk_parties",
            "Parties of the configuration by how each fared in the last run that looked at it: updated, unchanged,"
                    + " rejected, undetermined (somebody did not answer) or failed (something on this host).",
            "outcome"),
    TARGET_IN_SYNC(
            Kind.GAUGE,
            "sertsynk_target_in_sync",
            "Whether the last run brought the keystore up to date (1), or it could not, or the keystore is held after a"
                    + " rollback (0).",
            "target"),
    TARGET_LAST_CHANGE(
            Kind.GAUGE,
            "sertsynk_target_last_change_timestamp_seconds",
            "When an entry of the keystore was last changed.",
            "target"),
    TARGET_ENTRIES(Kind.GAUGE, "sertsynk_target_entries", "Entries of sertsynk's in the keystore.", "target"),
    TARGET_WRITE_FAILURES(
            Kind.COUNTER,
            "sertsynk_target_write_failures_total",
            "Runs in which the keystore could not be read or written, by reason code.",
            "target",
            "reason"),
    SYNC_LAST_SUCCESS(
            Kind.GAUGE,
            "sertsynk_sync_last_success_timestamp_seconds",
            "When the last run ended that went through: it was not stopped by a guard or because the register was down."
                    + " Parties may have had problems. 0 if there was none."),
    SYNC_DURATION(
            Kind.HISTOGRAM,
            "sertsynk_sync_duration_seconds",
            "How long runs took, from the first question to the keystores on disk."),
    SYNC_RUNS(
            Kind.COUNTER,
            "sertsynk_sync_runs_total",
            "Runs by what came of them: success, problems (of some parties), stopped (by a guard, or the register was"
                    + " down), failed (nothing could be done).",
            "result"),
    ROLLOVER_ACTIVE(
            Kind.GAUGE,
            "sertsynk_rollover_active",
            "Whether the keystore holds certificates beside a current one (1) or not (0).",
            "target"),
    ROLLOVER_ENDS(
            Kind.GAUGE,
            "sertsynk_rollover_ends_timestamp_seconds",
            "When the last certificate leaves that is kept beside the current one.",
            "her_id",
            "purpose"),
    SERVICE_OLD_OFF(
            Kind.GAUGE,
            "sertsynk_service_old_off_timestamp_seconds",
            "When a service of the configuration switches its old certificates off.",
            "service"),
    REGISTER_LOOKUPS(
            Kind.COUNTER,
            "sertsynk_register_lookups_total",
            "Questions to the register by its answer: found, unknown, unavailable (none), refused (not usable).",
            "result"),
    DIRECTORY_SEARCHES(
            Kind.COUNTER,
            "sertsynk_directory_searches_total",
            "Searches of a directory by its answer: found, empty, unavailable (none), refused (not usable).",
            "directory",
            "result"),
    CRL_NEXT_UPDATE(
            Kind.GAUGE,
            "sertsynk_crl_next_update_timestamp_seconds",
            "When the issuer's newest revocation list that is kept will be replaced, as it promises. issuer is the"
                    + " name of a configured authority, or other.",
            "issuer"),
    CRL_STALE(
            Kind.GAUGE,
            "sertsynk_crl_stale",
            "Whether the issuer's newest revocation list was past its end (1) when last looked at.",
            "issuer"),
    CRL_BYTES(Kind.GAUGE, "sertsynk_crl_bytes", "Size of the issuer's newest revocation list.", "issuer"),
    OCSP_RESPONSES(
            Kind.COUNTER,
            "sertsynk_ocsp_responses_total",
            "Questions to OCSP responders by the answer: good, revoked, unknown, refused (not usable), unavailable"
                    + " (none).",
            "status"),
    HOOK_RUNS(
            Kind.COUNTER,
            "sertsynk_hook_runs_total",
            "Hooks that were told of a change: success or failure.",
            "hook",
            "result"),
    HOOK_PENDING(
            Kind.GAUGE,
            "sertsynk_hook_pending",
            "Hooks that have not been told of what the keystore holds now.",
            "target",
            "hook"),
    CLOCK_OFFSET(
            Kind.GAUGE,
            "sertsynk_clock_offset_seconds",
            "How far the register's clock was ahead of this host's in the last run that it answered."),
    CONFIG_RELOADED(
            Kind.GAUGE,
            "sertsynk_config_last_reload_successful",
            "Whether the configuration as it was last read is in force (1), or it has mistakes and an older one goes"
                    + " on (0)."),
    BUILD_INFO(Kind.INFO, "sertsynk_build_info", "Always 1; version is that of the program.", "version");

    /** How a figure behaves. */
    enum Kind {
        GAUGE,
        COUNTER,
        HISTOGRAM,
        INFO
    }

    private final Kind kind;
    private final String metric;
    private final String help;
    private final List<String> labels;

    Series(Kind kind, String metric, String help, String... labels) {
        this.kind = kind;
        this.metric = metric;
        this.help = help;
        this.labels = List.of(labels);
    }

    Kind kind() {
        return kind;
    }

    /** As it is written, with the ending that its kind asks for. */
    String metric() {
        return metric;
    }

    String help() {
        return help;
    }

    List<String> labels() {
        return labels;
    }
}
