package no.sertsynk.directory;

import com.unboundid.ldap.sdk.AsyncRequestID;
import com.unboundid.ldap.sdk.AsyncSearchResultListener;
import com.unboundid.ldap.sdk.DisconnectType;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import java.time.Duration;
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
import org.jspecify.annotations.Nullable;

/**
 * The few connections to one directory, kept busy by asynchronous searches of many threads.
 *
 * <p>The first search opens the first connection, on a thread of its own so that name service and handshake have a time
 * limit; further ones are opened behind the back of searches that already run. A search whose connection breaks, or that
 * finds the directory busy, is tried once more, on a connection of its own: if it is the cause (an answer too large to read), it cannot take others with it
 * twice. A directory that cannot be reached, or that answers nothing at all for the length of a time limit, is remembered
 * as down until this is closed, so that a thousand strings do not each wait for it.
 */
final class HostConnections implements AutoCloseable {
    private static final int SEARCHES_PER_CONNECTION = 64;
    private static final Duration BUSY_PAUSE = Duration.ofMillis(250);

    private final Endpoint endpoint;
    private final DirectorySettings settings;
    private final Connector connector;
    private final Semaphore inFlight;
    private final Semaphore alone;

    /** Guards the fields below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final List<Channel> live = new ArrayList<>();
    private int most;
    private int next;
    private @Nullable CompletableFuture<Channel> opening;
    private @Nullable DirectoryException down;
    private boolean closed;

    HostConnections(Endpoint endpoint, DirectorySettings settings) {
        this.endpoint = endpoint;
        this.settings = settings;
        this.connector = new Connector(endpoint, settings);
        this.most = Math.max(1, settings.connectionsPerHost());
        this.inFlight = new Semaphore(most * SEARCHES_PER_CONNECTION);
        this.alone = new Semaphore(most);
    }

    /** Makes the same request as often as it is tried. */
    interface Request {
        SearchRequest build(AsyncSearchResultListener listener);
    }

    /** The answer, of at most so many entries. Waits while too many searches are under way. */
    Found search(Request request, int maxEntries) throws DirectoryException {
        acquire(inFlight);
        try {
            Optional<Found> found = once(shared(), request, maxEntries);
            if (found.isPresent() && !found.get().isBusy()) {
                return found.get();
            }
            if (found.isPresent()) {
                pause();
            }
            return again(request, maxEntries);
        } finally {
            inFlight.release();
        }
    }

    /** Gives a busy directory time to breathe. */
    private void pause() throws DirectoryException {
        try {
            Thread.sleep(BUSY_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("an interruption", e);
        }
    }

    private Found again(Request request, int maxEntries) throws DirectoryException {
        acquire(alone);
        try {
            refuseIfDown();
            Channel channel = connector.open();
            try {
                Optional<Found> found = once(channel, request, maxEntries);
                return found.orElseThrow(() -> broken(channel));
            } finally {
                channel.connection().close();
            }
        } finally {
            alone.release();
        }
    }

    private DirectoryException broken(Channel channel) {
        // The library tells an answer that is too large as any other trouble with the stream, but with the limit.
        String trouble = String.valueOf(channel.connection().getDisconnectMessage());
        if (channel.connection().getDisconnectType() == DisconnectType.DECODE_ERROR
                || trouble.contains(String.valueOf(Connector.MAX_MESSAGE_BYTES))) {
            return new DirectoryException(Reason.of(
                    ReasonCode.LIMIT_EXCEEDED,
                    "expected an LDAP answer of at most " + Connector.MAX_MESSAGE_BYTES + " bytes from the directory "
                            + endpoint.name() + ", found a larger one or none that can be read; tell its operator"));
        }
        return unavailable("connections that break off, twice", null);
    }

    /** Empty if the connection was lost. */
    private Optional<Found> once(Channel channel, Request request, int maxEntries) throws DirectoryException {
        EntryCollector collector = new EntryCollector(maxEntries, channel::answered);
        long startedAt = System.nanoTime();
        try {
            AsyncRequestID id = channel.connection().asyncSearch(request.build(collector));
            try {
                Optional<Found> found = collector.done().get(settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
                if (found.isPresent() && !id.isDone()) {
                    abandon(channel, id);
                }
                return found;
            } catch (TimeoutException e) {
                abandon(channel, id);
                throw timedOut(channel, startedAt, e);
            }
        } catch (LDAPException e) {
            // The connection broke before the request was out.
            return Optional.empty();
        } catch (ExecutionException e) {
            throw unavailable(String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("an interruption", e);
        }
    }

    private static void abandon(Channel channel, AsyncRequestID id) {
        try {
            channel.connection().abandon(id);
        } catch (LDAPException e) {
            // The connection is gone, and the search with it.
            return;
        }
    }

    private DirectoryException timedOut(Channel channel, long startedAt, TimeoutException cause) {
        DirectoryException timedOut = unavailable("no answer within " + seconds(settings.timeout()), cause);
        if (channel.isSilentSince(startedAt)) {
            lock.lock();
            try {
                live.remove(channel);
                if (live.stream().allMatch(other -> other.isSilentSince(startedAt))) {
                    down = timedOut;
                }
            } finally {
                lock.unlock();
            }
            channel.connection().close();
        }
        return timedOut;
    }

    private Channel shared() throws DirectoryException {
        CompletableFuture<Channel> first;
        lock.lock();
        try {
            live.removeIf(channel -> !channel.connection().isConnected());
            if (live.isEmpty()) {
                refuseIfDown();
            }
            if (opening == null && live.size() < most) {
                opening = new CompletableFuture<>();
                CompletableFuture<Channel> started = opening;
                Thread.ofVirtual().name("directory-connect").start(() -> open(started));
            }
            if (!live.isEmpty()) {
                next = (next + 1) % live.size();
                return live.get(next);
            }
            first = java.util.Objects.requireNonNull(opening);
        } finally {
            lock.unlock();
        }
        return await(first);
    }

    private Channel await(CompletableFuture<Channel> first) throws DirectoryException {
        try {
            // Name service and connection have a limit each.
            return first.get(settings.timeout().multipliedBy(2).toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof DirectoryException failure
                    ? failure
                    : unavailable(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            DirectoryException failure = unavailable(
                    "no connection within " + seconds(settings.timeout().multipliedBy(2)), e);
            fail(failure);
            throw failure;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("an interruption", e);
        }
    }

    private void open(CompletableFuture<Channel> future) {
        try {
            Channel channel = connector.open();
            boolean late;
            lock.lock();
            try {
                opening = null;
                late = closed;
                if (!late) {
                    live.add(channel);
                }
            } finally {
                lock.unlock();
            }
            if (late) {
                channel.connection().close();
            }
            future.complete(channel);
        } catch (DirectoryException e) {
            fail(e);
            future.completeExceptionally(e);
        } catch (RuntimeException e) {
            DirectoryException failure = unavailable(e.toString(), e);
            fail(failure);
            future.completeExceptionally(failure);
        }
    }

    /** Without a connection the directory is down; with one, that one must do. */
    private void fail(DirectoryException failure) {
        lock.lock();
        try {
            opening = null;
            most = Math.max(1, live.size());
            if (live.isEmpty()) {
                down = failure;
            }
        } finally {
            lock.unlock();
        }
    }

    private void refuseIfDown() throws DirectoryException {
        lock.lock();
        try {
            if (down != null) {
                throw down;
            }
        } finally {
            lock.unlock();
        }
    }

    private void acquire(Semaphore semaphore) throws DirectoryException {
        try {
            semaphore.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("an interruption", e);
        }
    }

    DirectoryException unavailable(String found, @Nullable Throwable cause) {
        return connector.unavailable(found, cause);
    }

    static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    String name() {
        return endpoint.name();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            live.forEach(channel -> channel.connection().close());
            live.clear();
            down = unavailable("that this run has ended", null);
        } finally {
            lock.unlock();
        }
    }
}
