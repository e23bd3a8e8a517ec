package no.sertsynk.directory;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/**
 * How directories are reached.
 *
 * @param timeout for one search, and for one connection attempt
 * @param tls for ldaps; empty for Java's own trust
 */
public record DirectorySettings(
        DirectoryPolicy policy, int connectionsPerHost, Duration timeout, Optional<SSLSocketFactory> tls) {}
