package no.sertsynk.service.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes each event with one call, so that lines of several threads and processes do not mix. */
final class LineAppender extends AppenderBase<ILoggingEvent> {
    private final LineFormat format;
    private final Redaction redaction;
    private final OutputStream stream;

    LineAppender(LineFormat format, Redaction redaction, OutputStream stream) {
        this.format = format;
        this.redaction = redaction;
        this.stream = stream;
    }

    @Override
    protected void append(ILoggingEvent event) {
        byte[] line = format.lines(event, redaction).getBytes(StandardCharsets.UTF_8);
        try {
            stream.write(line);
            stream.flush();
        } catch (IOException e) {
            // Nobody reads it any more; there is no other place to tell.
            addError("standard error cannot be written", e);
        }
    }
}
