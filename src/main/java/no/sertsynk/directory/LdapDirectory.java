package no.sertsynk.directory;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;

/**
 * The certificate authorities' directories over LDAPv3, asked anonymously. Referrals are not followed. Safe for threads:
 * searches of many threads share few connections a host, which are opened when first needed.
 */
public final class LdapDirectory implements Directory {
    private final DirectorySettings settings;
    private final Map<String, DirectoryHost> hosts = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private LdapDirectory(DirectorySettings settings) {
        this.settings = settings;
    }

    /** Directories by those settings; connects when first asked. */
    public static LdapDirectory open(DirectorySettings settings) {
        return new LdapDirectory(settings);
    }

    @Override
    public String rules() {
        return settings.policy().text();
    }

    @Override
    public DirectoryAnswer search(LdapString string) throws DirectoryException {
        List<Reason> refusals = settings.policy().refusals(string);
        if (!refusals.isEmpty()) {
            throw new DirectoryException(refusals.getFirst());
        }
        if (closed) {
            throw new DirectoryException(Reason.of(
                    ReasonCode.DIRECTORY_UNAVAILABLE, "expected an open directory, found that the run has ended"));
        }
        return new CertificateSearch(host(string), string).run();
    }

    private DirectoryHost host(LdapString string) {
        String key = (string.tls() ? "ldaps " : "ldap ") + string.host() + " " + string.port();
        return hosts.computeIfAbsent(
                key,
                absent -> new DirectoryHost(
                        CaProfile.of(string.host()),
                        Endpoint.of(string, settings.policy().hostMap().get(string.host())),
                        settings));
    }

    @Override
    public void close() {
        closed = true;
        hosts.values().forEach(DirectoryHost::close);
        hosts.clear();
    }
}
