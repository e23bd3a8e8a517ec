package no.sertsynk.directory;

import com.unboundid.ldap.sdk.DereferencePolicy;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;

/**
 * Reads the binary values that an LDAP address in a certificate names, such as a revocation list. Whether the host may be
 * asked is the caller's to decide; that it has a public address, unless the configuration names it, is looked at here.
 * Anonymous, without referrals; a connection for each reading, since they are few. Safe for threads.
 */
public final class LdapValues {
    private static final int MAX_ENTRIES = 4;
    private static final String BINARY = ";binary";

    private final DirectorySettings settings;

    public LdapValues(DirectorySettings settings) {
        this.settings = settings;
    }

    /**
     * The values of the one attribute that the address asks for, with or without the option {@code binary}; none is an
     * answer.
     *
     * @param named whether the configuration names the host, so that its address may be internal
     * @param maxBytes of the whole answer
     * @throws DirectoryException if the address is malformed, or there is no whole answer within the time limit
     */
    public List<byte[]> read(String address, boolean named, int maxBytes) throws DirectoryException {
        LdapString string = switch (LdapStringReader.read(address)) {
            case LdapStringReading.Readable(LdapString read, List<String> repairs) -> read;
            case LdapStringReading.Unreadable(String error) -> throw malformed(error);
        };
        if (string.attributes().size() != 1) {
            throw malformed("expected an address that asks for one attribute, found " + string.attributes());
        }
        URI mapped = settings.policy().hostMap().get(string.host());
        Endpoint own = Endpoint.of(string, mapped);
        Endpoint endpoint = new Endpoint(own.name(), own.host(), own.port(), own.tls(), own.named() || named);
        Connector connector = new Connector(endpoint, settings, maxBytes);
        return withinTime(string, connector);
    }

    private static DirectoryException malformed(String message) {
        return new DirectoryException(Reason.of(ReasonCode.LDAP_STRING_MALFORMED, message));
    }

    /** The library's limit starts anew with each byte that comes; closing the connection ends what drips. */
    private List<byte[]> withinTime(LdapString string, Connector connector) throws DirectoryException {
        long millis = settings.timeout().toMillis();
        try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Channel> opened = thread.submit(connector::open);
            LDAPConnection connection = get(opened, 2 * millis, connector).connection();
            try {
                return get(thread.submit(() -> search(connection, string)), millis, connector);
            } finally {
                connection.close();
                thread.shutdownNow();
            }
        }
    }

    private static <T> T get(Future<T> answer, long millis, Connector connector) throws DirectoryException {
        try {
            return answer.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw connector.unavailable("no whole answer within " + millis + " ms", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DirectoryException known) {
                throw known;
            }
            throw connector.unavailable(String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw connector.unavailable("an interruption", e);
        }
    }

    private List<byte[]> search(LDAPConnection connection, LdapString string) throws LDAPException {
        String attribute = withoutOption(string.attributes().getFirst());
        SearchRequest request = new SearchRequest(
                string.baseDn(),
                switch (string.scope()) {
                    case BASE -> SearchScope.BASE;
                    case ONE -> SearchScope.ONE;
                    case SUB -> SearchScope.SUB;
                },
                DereferencePolicy.NEVER,
                MAX_ENTRIES,
                Math.clamp(settings.timeout().toSeconds(), 1, Integer.MAX_VALUE),
                false,
                DirectoryPolicy.parsed(string),
                attribute + BINARY,
                attribute);
        request.setFollowReferrals(false);
        List<byte[]> values = new ArrayList<>();
        try {
            for (SearchResultEntry entry : connection.search(request).getSearchEntries()) {
                for (var found : entry.getAttributes()) {
                    if (withoutOption(found.getName()).equalsIgnoreCase(attribute)) {
                        values.addAll(List.of(found.getValueByteArrays()));
                    }
                }
            }
        } catch (LDAPException e) {
            if (!e.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
                throw e;
            }
        }
        return values;
    }

    private static String withoutOption(String attribute) {
        return attribute.toLowerCase(Locale.ROOT).endsWith(BINARY)
                ? attribute.substring(0, attribute.length() - BINARY.length())
                : attribute;
    }
}
