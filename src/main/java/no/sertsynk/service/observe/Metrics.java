package no.sertsynk.service.observe;

/** The figures of the service. Safe for threads. */
public interface Metrics {
    /** The media type of {@link #text}. */
    String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /** All figures as they are now, in the text format of Prometheus. */
    String text();
}
