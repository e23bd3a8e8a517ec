package no.sertsynk.service.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class LogLinesTest {
    private static final String FORGED = "a\n<3>forged\r\nline\u2028next\u0085x \u001b[31mred \u202ereversed";

    private final LoggerContext context = new LoggerContext();
    private final LogbackMDCAdapter mdc = new LogbackMDCAdapter();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private Logger logger(Logs.Format format, String... secrets) {
        context.setMDCAdapter(mdc);
        LineAppender appender = new LineAppender(LineFormat.of(format), new Redaction(List.of(secrets)), written);
        appender.setContext(context);
        appender.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(ch.qos.logback.classic.Level.TRACE);
        root.addAppender(appender);
        return context.getLogger("no.sertsynk.app.Daemon");
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    @Test
    void journal_getsThePriorityOfEachLine() {
        Logger logger = logger(Logs.Format.JOURNAL);

        logger.error("e");
        logger.warn("w");
        logger.info("i");
        logger.debug("d");
        logger.trace("t");

        assertThat(text()).isEqualTo("<3>Daemon e\n<4>Daemon w\n<6>Daemon i\n<7>Daemon d\n<7>Daemon t\n");
    }

    @Test
    void text_hasTimeLevelAndValues() {
        mdc.put(Logs.RUN_ID, "r-1");

        logger(Logs.Format.TEXT)
                .atInfo()
                .addKeyValue("keystore", "dit")
                .addKeyValue("reason", "two words \"quoted\"")
                .log("entry_add");

        assertThat(text())
                .matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\.[0-9]{3}Z INFO  Daemon entry_add keystore=dit"
                        + " reason=\"two words \\\\\"quoted\\\\\"\" runId=r-1\n");
    }

    @Test
    void json_isOneObjectWithStableKeys() {
        mdc.put(Logs.RUN_ID, "r-1");

        logger(Logs.Format.JSON).atWarn().addKeyValue("herId", 7).log("party_rejected it says {}", "why");

        assertThat(text()).endsWith("}\n");
        assertThat(keys(text())).containsExactly("at", "level", "logger", "event", "message", "herId", "runId");
        assertThat(text())
                .contains("\"level\":\"warn\"")
                .contains("\"event\":\"party_rejected\"")
                .contains("\"message\":\"party_rejected it says why\"");
    }

    private static List<String> keys(String json) {
        List<String> keys = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME) {
                    keys.add(parser.currentName());
                }
            }
        }
        return keys;
    }

    @ParameterizedTest
    @EnumSource(Logs.Format.class)
    void hostileText_forgesNoLine(Logs.Format format) {
        Logger logger = logger(format);
        mdc.put(Logs.RUN_ID, FORGED);

        logger.atInfo().addKeyValue("value", FORGED).addKeyValue(FORGED, "key").log("event {}", FORGED);
        logger.warn(FORGED);

        assertThat(text().split("\n")).hasSize(2);
        assertThat(text()).doesNotContain("\r", "\u2028", "\u0085", "\u001b", "\u202e");
    }

    @ParameterizedTest
    @EnumSource(Logs.Format.class)
    void hostileException_forgesNoLine(Logs.Format format) {
        logger(format).error("failed", new IOException(FORGED, new IllegalStateException(FORGED)));

        assertThat(text()).doesNotContain("\r", "\u2028", "\u001b").contains("java.io.IOException");
        assertThat(text().lines())
                .allMatch(line -> switch (format) {
                    case TEXT -> line.matches("[0-9-]{10}T.* ERROR .*");
                    case JOURNAL -> line.startsWith("<3>");
                    case JSON -> line.startsWith("{\"at\"");
                })
                .noneMatch(line -> line.startsWith("<3>forged"));
    }

    @Test
    void endlessText_isCut() {
        logger(Logs.Format.JOURNAL).info("x".repeat(1_000_000));

        assertThat(text()).hasSizeLessThan(9_000).contains("1000000 characters");
    }

    @ParameterizedTest
    @EnumSource(Logs.Format.class)
    void knownSecret_isShownNowhere(Logs.Format format) {
        logger(format, "p4ss\"word\\one", "tiny")
                .atTrace()
                .addKeyValue("header", "Basic p4ss\"word\\one")
                .setCause(new IOException("p4ss\"word\\one"))
                .log("tiny sent p4ss\"word\\one");

        assertThat(text()).doesNotContain("p4ss").contains("(secret)").contains("tiny");
    }

    @Test
    void levels_areAsTheSettingSays() {
        LogbackSetup.apply(context, new Logs.Setting(Logs.Format.TEXT, Optional.of("info"), List.of()));
        assertThat(context.getLogger("no.sertsynk.sync.SyncRun").isInfoEnabled())
                .isTrue();
        assertThat(context.getLogger("org.quartz.core.QuartzScheduler").isInfoEnabled())
                .isFalse();

        LogbackSetup.apply(context, new Logs.Setting(Logs.Format.TEXT, Optional.of("error"), List.of()));
        assertThat(context.getLogger("no.sertsynk.sync.SyncRun").isWarnEnabled())
                .isFalse();
        assertThat(context.getLogger("org.quartz.core.QuartzScheduler").isWarnEnabled())
                .isFalse();

        LogbackSetup.apply(context, new Logs.Setting(Logs.Format.TEXT, Optional.of("debug"), List.of()));
        assertThat(context.getLogger("no.sertsynk.sync.SyncRun").isDebugEnabled())
                .isTrue();
        assertThat(context.getLogger("org.quartz.core.QuartzScheduler").isInfoEnabled())
                .isFalse();
        assertThat(context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders())
                .toIterable()
                .hasSize(1);
    }

    @Test
    void streamOfAnotherProcess_isNotTheJournal() {
        assertThat(Logs.suiting(Optional.of("8:1"))).isEqualTo(Logs.Format.TEXT);
        assertThat(Logs.suiting(Optional.empty())).isEqualTo(Logs.Format.TEXT);
    }

    @Test
    void whatLibrariesTell_isPassedOn() throws IOException {
        LogRecord record = new LogRecord(java.util.logging.Level.FINE, "told {0}");
        record.setLoggerName("com.unboundid.ldap.sdk");

        // At this level nobody hears it here; it must not fail, nor come to standard error by itself.
        new LibraryRoute().publish(record);

        assertThat(java.util.logging.Logger.getLogger("").getHandlers()).allMatch(LibraryRoute.class::isInstance);
    }
}
