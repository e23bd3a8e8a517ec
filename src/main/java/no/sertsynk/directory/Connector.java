package no.sertsynk.directory;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import java.net.InetAddress;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;
import org.jspecify.annotations.Nullable;

/** Opens connections to one directory: resolves its name once, checks the address, and connects to that address. */
final class Connector {
    static final int MAX_MESSAGE_BYTES = 1024 * 1024;

    private final Endpoint endpoint;
    private final DirectorySettings settings;
    private final int maxMessageBytes;
    /** Guards the address: one name look-up a run. */
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable InetAddress address;

    Connector(Endpoint endpoint, DirectorySettings settings) {
        this(endpoint, settings, MAX_MESSAGE_BYTES);
    }

    Connector(Endpoint endpoint, DirectorySettings settings, int maxMessageBytes) {
        this.endpoint = endpoint;
        this.settings = settings;
        this.maxMessageBytes = maxMessageBytes;
    }

    Channel open() throws DirectoryException {
        InetAddress to = address();
        int timeout = Math.toIntExact(Math.clamp(settings.timeout().toMillis(), 1, Integer.MAX_VALUE));
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis(timeout);
        options.setMaxMessageSize(maxMessageBytes);
        options.setFollowReferrals(false);
        options.setUseTCPNoDelay(true);
        try {
            LDAPConnection connection = new LDAPConnection(factory(options), options);
            connection.connect(endpoint.host(), to, endpoint.port(), timeout);
            return new Channel(connection);
        } catch (LDAPException e) {
            throw unavailable(
                    "no connection to " + to.getHostAddress() + ":" + endpoint.port() + " (" + innermost(e) + ")", e);
        }
    }

    private @Nullable SocketFactory factory(LDAPConnectionOptions options) {
        if (!endpoint.tls()) {
            return null;
        }
        options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
        return settings.tls().orElseGet(() -> (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    private InetAddress address() throws DirectoryException {
        lock.lock();
        try {
            InetAddress found = address;
            if (found == null) {
                found = endpoint.resolve();
                address = found;
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    private static String innermost(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String message = innermost instanceof LDAPException ldap ? ldap.getExceptionMessage() : innermost.getMessage();
        return String.valueOf(message);
    }

    DirectoryException unavailable(String found, @Nullable Throwable cause) {
        Reason reason = Reason.of(
                ReasonCode.DIRECTORY_UNAVAILABLE,
                "expected an answer from the directory " + endpoint.name() + ", found " + found
                        + "; nothing is changed for the party, the next run asks again");
        return cause == null ? new DirectoryException(reason) : new DirectoryException(reason, cause);
    }
}
