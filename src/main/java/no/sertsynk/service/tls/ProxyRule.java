package no.sertsynk.service.tls;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which hosts are reached by an HTTP proxy: all but the named ones and those below them.
 *
 * @param proxy empty if none is
 */
public record ProxyRule(Optional<HostPort> proxy, List<String> noProxy) {
    public static final ProxyRule DIRECT = new ProxyRule(Optional.empty(), List.of());

    public ProxyRule {
        noProxy = noProxy.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    Optional<HostPort> forHost(String host) {
        boolean direct = noProxy.stream().anyMatch(name -> host.equals(name) || host.endsWith("." + name));
        return direct ? Optional.empty() : proxy;
    }
}
