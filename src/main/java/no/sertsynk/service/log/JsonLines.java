package no.sertsynk.service.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** One object a line: {@code at}, {@code level}, {@code logger}, {@code event}, {@code message}, the event's own values. */
final class JsonLines implements LineFormat {
    private static final JsonFactory FACTORY = new JsonFactory();
    /** Our messages begin with the name of the event. */
    private static final Pattern EVENT = Pattern.compile("([a-z]+(?:_[a-z]+)*)(?: .*)?", Pattern.DOTALL);

    @Override
    public String lines(ILoggingEvent event, Redaction redaction) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("at", TIME.format(event.getInstant()));
            json.writeStringProperty("level", event.getLevel().toString().toLowerCase(Locale.ROOT));
            json.writeStringProperty("logger", LogText.escaped(event.getLoggerName()));
            Matcher named = EVENT.matcher(String.valueOf(event.getMessage()));
            if (event.getLoggerName().startsWith("no.sertsynk.") && named.matches()) {
                json.writeStringProperty("event", named.group(1));
            }
            json.writeStringProperty(
                    "message", LogText.escaped(redaction.apply(String.valueOf(event.getFormattedMessage()))));
            for (Map.Entry<String, String> value : LineFormat.values(event).entrySet()) {
                json.writeStringProperty(
                        LogText.escaped(value.getKey()), LogText.escaped(redaction.apply(value.getValue())));
            }
            List<String> trace = LineFormat.trace(event.getThrowableProxy());
            if (!trace.isEmpty()) {
                json.writeArrayPropertyStart("exception");
                trace.forEach(line -> json.writeString(LogText.escaped(redaction.apply(line))));
                json.writeEndArray();
            }
            json.writeEndObject();
        }
        return text + "\n";
    }
}
