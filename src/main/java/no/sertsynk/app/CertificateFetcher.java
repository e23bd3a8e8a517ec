package no.sertsynk.app;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import no.sertsynk.directory.DirectoryException;
import no.sertsynk.directory.LdapValues;
import no.sertsynk.validation.fetch.AllowedHosts;
import no.sertsynk.validation.fetch.Fetcher;
import no.sertsynk.validation.fetch.HttpFetcher;

/** Fetches by HTTP or LDAP, as the address says; the same hosts are allowed to both. */
final class CertificateFetcher implements Fetcher, AutoCloseable {
    private final HttpFetcher http;
    private final LdapValues ldap;
    private final AllowedHosts allowed;

    CertificateFetcher(HttpFetcher http, LdapValues ldap, AllowedHosts allowed) {
        this.http = http;
        this.ldap = ldap;
        this.allowed = allowed;
    }

    @Override
    public Answer fetch(Request request) {
        return String.valueOf(request.address().getScheme())
                        .toLowerCase(Locale.ROOT)
                        .startsWith("ldap")
                ? fromDirectory(request.address(), request.maxBytes())
                : http.fetch(request);
    }

    private Answer fromDirectory(URI address, int maxBytes) {
        // The directory looks at the address that it connects to itself.
        if (allowed.target(address) instanceof AllowedHosts.Target.Refused(String why)) {
            return new Answer.Failure(why);
        }
        try {
            List<byte[]> values = ldap.read(address.toString(), allowed.isNamed(address), maxBytes);
            return values.isEmpty()
                    ? new Answer.Failure("the directory has no such value")
                    : new Answer.Content(values.getFirst(), Version.NONE);
        } catch (DirectoryException e) {
            return new Answer.Failure(e.reason().message());
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
