package no.sertsynk.directory;

import com.unboundid.ldap.sdk.AsyncRequestID;
import com.unboundid.ldap.sdk.AsyncSearchResultListener;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchResultReference;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;

/**
 * The few connections to one directory, kept busy by asynchronous searches of many threads. A host that cannot be reached
 * is remembered as such, so that a thousand strings do not each wait for it.
 */
final class HostConnections implements AutoCloseable {
    private static final int SEARCHES_PER_CONNECTION = 64;
    private static final int MAX_MESSAGE_BYTES = 1024 * 1024;

    private final String name;
    private final InetAddress address;
    private final int port;
    private final boolean tls;
    private final DirectorySettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<LDAPConnection> connections = new ArrayList<>();
    private final Semaphore inFlight;
    private int next;
    private Optional<DirectoryException> down = Optional.empty();

    HostConnections(String name, InetAddress address, int port, boolean tls, DirectorySettings settings) {
        this.name = name;
        this.address = address;
        this.port = port;
        this.tls = tls;
        this.settings = settings;
        this.inFlight = new Semaphore(settings.connectionsPerHost() * SEARCHES_PER_CONNECTION);
    }

    /** What a search gave: its result and the entries before it, at most so many. */
    record Found(ResultCode code, List<SearchResultEntry> entries, boolean complete) {}

    /** Searches; tries once more on a fresh connection if one that was open has died. */
    Found search(SearchRequestBuilder builder, int maxEntries) throws DirectoryException {
        try {
            inFlight.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("an interruption", e);
        }
        try {
            LDAPConnection connection = connection();
            Optional<Found> found = once(connection, builder, maxEntries);
            if (found.isEmpty()) {
                discard(connection);
                found = once(connection(), builder, maxEntries);
            }
            return found.orElseThrow(() -> unavailable("connections that break off", null));
        } finally {
            inFlight.release();
        }
    }

    /** Makes the same request as often as it is tried. */
    interface SearchRequestBuilder {
        SearchRequest build(AsyncSearchResultListener listener);
    }

    /** Empty if the connection was lost. */
    private Optional<Found> once(LDAPConnection connection, SearchRequestBuilder builder, int maxEntries)
            throws DirectoryException {
        Collector collector = new Collector(maxEntries);
        try {
            AsyncRequestID id = connection.asyncSearch(builder.build(collector));
            try {
                return Optional.of(
                        collector.done.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                connection.abandon(id);
                throw unavailable("no answer within " + settings.timeout().toSeconds() + " s", e);
            }
        } catch (LDAPException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LDAPException lost && !lost.getResultCode().isConnectionUsable()) {
                return Optional.empty();
            }
            throw unavailable(String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("an interruption", e);
        }
    }

    private LDAPConnection connection() throws DirectoryException {
        lock.lock();
        try {
            if (down.isPresent()) {
                throw down.get();
            }
            connections.removeIf(connection -> !connection.isConnected());
            if (connections.size() < settings.connectionsPerHost()) {
                connections.add(connect());
            }
            next = (next + 1) % connections.size();
            return connections.get(next);
        } finally {
            lock.unlock();
        }
    }

    private LDAPConnection connect() throws DirectoryException {
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis((int) settings.timeout().toMillis());
        options.setResponseTimeoutMillis(settings.timeout().toMillis());
        options.setMaxMessageSize(MAX_MESSAGE_BYTES);
        options.setFollowReferrals(false);
        options.setAbandonOnTimeout(true);
        options.setUseTCPNoDelay(true);
        try {
            LDAPConnection connection = tls
                    ? new LDAPConnection(
                            settings.tls().orElseGet(() ->
                                    (javax.net.ssl.SSLSocketFactory) javax.net.ssl.SSLSocketFactory.getDefault()),
                            options)
                    : new LDAPConnection(options);
            connection.connect(address, port, (int) settings.timeout().toMillis());
            return connection;
        } catch (LDAPException e) {
            DirectoryException failure = unavailable(String.valueOf(e.getMessage()), e);
            down = Optional.of(failure);
            throw failure;
        }
    }

    private void discard(LDAPConnection connection) {
        lock.lock();
        try {
            connections.remove(connection);
        } finally {
            lock.unlock();
        }
        connection.close();
    }

    DirectoryException unavailable(String found, @org.jspecify.annotations.Nullable Throwable cause) {
        Reason reason = Reason.of(
                ReasonCode.DIRECTORY_UNAVAILABLE,
                "expected an answer from the directory " + name + ", found " + found
                        + "; nothing is changed for the party, the next run asks again");
        return cause == null ? new DirectoryException(reason) : new DirectoryException(reason, cause);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            connections.forEach(LDAPConnection::close);
            connections.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Gathers the entries of one search; called by the connection's reader thread. */
    private static final class Collector implements AsyncSearchResultListener {
        private static final long serialVersionUID = 1L;
        private final transient List<SearchResultEntry> entries = new ArrayList<>();
        private final transient CompletableFuture<Found> done = new CompletableFuture<>();
        private final int maxEntries;
        private boolean complete = true;

        Collector(int maxEntries) {
            this.maxEntries = maxEntries;
        }

        @Override
        public void searchEntryReturned(SearchResultEntry entry) {
            if (entries.size() < maxEntries) {
                entries.add(entry);
            } else {
                complete = false;
            }
        }

        @Override
        public void searchReferenceReturned(SearchResultReference reference) {
            // Not followed: a referral could lead to a host that is not allowed.
            complete = false;
        }

        @Override
        public void searchResultReceived(AsyncRequestID id, SearchResult result) {
            if (result.getResultCode().isConnectionUsable()) {
                done.complete(new Found(result.getResultCode(), List.copyOf(entries), complete));
            } else {
                done.completeExceptionally(new LDAPException(result.getResultCode()));
            }
        }
    }
}
