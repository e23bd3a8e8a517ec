package no.sertsynk.register.soap;

import java.net.ProxySelector;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import no.sertsynk.model.Secret;

/**
 * How to reach the register.
 *
 * @param url of the Basic endpoint (SOAP 1.1); plain http only on loopback
 * @param timeout for one call, its retries included
 * @param proxy which proxy a host is reached by; empty for none
 * @param tls whom to trust as HTTPS server; empty for Java's own store
 * @param clock against which the register's Date is compared
 */
public record SoapSettings(
        URI url,
        String username,
        Secret password,
        Duration timeout,
        Optional<ProxySelector> proxy,
        Optional<SSLContext> tls,
        Clock clock) {
    public SoapSettings {
        if (url.getHost() == null) {
            throw new IllegalArgumentException("the register's URL needs a host");
        }
    }
}
