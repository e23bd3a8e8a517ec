package no.sertsynk.service.tls;

import java.util.List;
import no.sertsynk.model.Reason;

/**
 * How a service presents itself.
 *
 * @param tlsVersions what it takes, newest first, of those that this host has
 * @param keystores what the keystores on this host hold of what it presents
 * @param reasons what is wrong; empty if nothing is
 */
public record ProbeReport(
        TlsUrl url,
        Attempt withSni,
        Attempt withoutSni,
        Attempt otherName,
        List<String> tlsVersions,
        List<HostKeystore.Fit> keystores,
        SniEffect effect,
        List<Reason> reasons) {
    public ProbeReport {
        tlsVersions = List.copyOf(tlsVersions);
        keystores = List.copyOf(keystores);
        reasons = List.copyOf(reasons);
    }

    /** What somebody who reads one line should know. */
    public String verdict() {
        if (reasons.isEmpty()) {
            return effect.text();
        }
        return effect.text()
                + (effect.isWorking() ? ", but " : ": ")
                + reasons.getFirst().message();
    }
}
