package no.sertsynk.service.hook;

import java.net.ProxySelector;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How webhooks are reached.
 *
 * @param proxy empty to go directly
 * @param tls whom to trust as HTTPS servers; empty for Java's own store
 */
public record HookNetwork(Optional<ProxySelector> proxy, Optional<SSLContext> tls) {}
