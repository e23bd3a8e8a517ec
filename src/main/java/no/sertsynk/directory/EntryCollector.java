package no.sertsynk.directory;

import com.unboundid.ldap.sdk.AsyncRequestID;
import com.unboundid.ldap.sdk.AsyncSearchResultListener;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchResultReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Gathers the answer to one search, within limits: what comes beyond them is not kept, and the answer counts as complete
 * then. Called by the connection's reader thread alone.
 */
final class EntryCollector implements AsyncSearchResultListener {
    private static final long serialVersionUID = 1L;
    private static final long MAX_BYTES = 4L * 1024 * 1024;
    private static final int MAX_REFERRALS = 5;
    /** The first result code that the library makes itself; servers' own are below (RFC 4511, appendix A). */
    private static final int FIRST_CLIENT_CODE = 81;

    private final transient Runnable onAnswer;
    private final int maxEntries;
    private final transient List<SearchResultEntry> entries = new ArrayList<>();
    private final transient List<String> referrals = new ArrayList<>();
    private final transient CompletableFuture<Optional<Found>> done = new CompletableFuture<>();
    private long bytes;

    EntryCollector(int maxEntries, Runnable onAnswer) {
        this.maxEntries = maxEntries;
        this.onAnswer = onAnswer;
    }

    /** Completed with the answer; with nothing if the connection was lost. */
    CompletableFuture<Optional<Found>> done() {
        return done;
    }

    @Override
    public void searchEntryReturned(SearchResultEntry entry) {
        if (done.isDone()) {
            return;
        }
        onAnswer.run();
        bytes += size(entry);
        if (bytes > MAX_BYTES || entries.size() >= maxEntries) {
            complete(ResultCode.SIZE_LIMIT_EXCEEDED, bytes > MAX_BYTES);
        } else {
            entries.add(entry);
        }
    }

    private static long size(SearchResultEntry entry) {
        long size = entry.getDN().length();
        for (Attribute attribute : entry.getAttributes()) {
            for (byte[] value : attribute.getValueByteArrays()) {
                size += value.length;
            }
        }
        return size;
    }

    @Override
    public void searchReferenceReturned(SearchResultReference reference) {
        refer(reference.getReferralURLs());
    }

    @Override
    public void searchResultReceived(AsyncRequestID id, SearchResult result) {
        if (result.getResultCode().intValue() >= FIRST_CLIENT_CODE) {
            done.complete(Optional.empty());
            return;
        }
        onAnswer.run();
        refer(result.getReferralURLs());
        complete(result.getResultCode(), false);
    }

    private void refer(String[] urls) {
        for (String url : urls) {
            if (referrals.size() < MAX_REFERRALS && !done.isDone()) {
                referrals.add(url);
            }
        }
    }

    private void complete(ResultCode code, boolean tooLarge) {
        done.complete(Optional.of(new Found(code, entries, tooLarge, referrals)));
    }
}
