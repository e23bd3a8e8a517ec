package no.sertsynk.directory;

import com.unboundid.ldap.listener.LDAPListener;
import com.unboundid.ldap.listener.LDAPListenerClientConnection;
import com.unboundid.ldap.listener.LDAPListenerConfig;
import com.unboundid.ldap.listener.LDAPListenerRequestHandler;
import com.unboundid.ldap.protocol.AbandonRequestProtocolOp;
import com.unboundid.ldap.protocol.AddRequestProtocolOp;
import com.unboundid.ldap.protocol.BindRequestProtocolOp;
import com.unboundid.ldap.protocol.CompareRequestProtocolOp;
import com.unboundid.ldap.protocol.DeleteRequestProtocolOp;
import com.unboundid.ldap.protocol.ExtendedRequestProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.ModifyDNRequestProtocolOp;
import com.unboundid.ldap.protocol.ModifyRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchRequestProtocolOp;
import com.unboundid.ldap.protocol.SearchResultDoneProtocolOp;
import com.unboundid.ldap.protocol.SearchResultReferenceProtocolOp;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that answers each search as a script says. */
public final class ScriptedDirectory implements AutoCloseable {
    private final LDAPListener listener;
    private final AtomicInteger searches = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();

    private ScriptedDirectory(Script script) throws IOException {
        LDAPListenerConfig config = new LDAPListenerConfig(0, new Handler(script, Optional.empty()));
        config.setListenAddress(InetAddress.getLoopbackAddress());
        this.listener = new LDAPListener(config);
        listener.startListening();
    }

    /** @param script called for each search, by the thread of its connection */
    public static ScriptedDirectory start(Script script) throws IOException {
        return new ScriptedDirectory(script);
    }

    public int port() {
        return listener.getListenPort();
    }

    public int searches() {
        return searches.get();
    }

    public int connections() {
        return connections.get();
    }

    @Override
    public void close() {
        listener.shutDown(true);
    }

    /** Answers one search. */
    public interface Script {
        /**
         * Sends what comes before the result.
         *
         * @param number of the search, from 1
         * @return the result, with referrals if there are any
         */
        Done answer(int number, Search search) throws LDAPException, IOException;
    }

    /** The end of a search. */
    public record Done(ResultCode code, List<String> referrals) {
        public static Done of(ResultCode code) {
            return new Done(code, List.of());
        }
    }

    /** A search under way. */
    public static final class Search {
        private final LDAPListenerClientConnection connection;
        private final int id;
        private final SearchRequestProtocolOp request;

        private Search(LDAPListenerClientConnection connection, int id, SearchRequestProtocolOp request) {
            this.connection = connection;
            this.id = id;
            this.request = request;
        }

        public SearchRequestProtocolOp request() {
            return request;
        }

        public void entry(String dn, byte[] certificate) throws LDAPException {
            connection.sendSearchResultEntry(id, new Entry(dn, new Attribute("userCertificate;binary", certificate)));
        }

        public void reference(String url) throws LDAPException {
            connection.sendSearchResultReference(id, new SearchResultReferenceProtocolOp(List.of(url)));
        }

        /** Breaks the connection off. */
        public void drop() throws IOException {
            connection.getSocket().close();
        }
    }

    private final class Handler extends LDAPListenerRequestHandler {
        private final Script script;
        private final Optional<LDAPListenerClientConnection> connection;

        private Handler(Script script, Optional<LDAPListenerClientConnection> connection) {
            this.script = script;
            this.connection = connection;
        }

        @Override
        public LDAPListenerRequestHandler newInstance(LDAPListenerClientConnection made) {
            connections.incrementAndGet();
            return new Handler(script, Optional.of(made));
        }

        @Override
        public LDAPMessage processSearchRequest(int id, SearchRequestProtocolOp request, List<Control> controls) {
            try {
                Done done =
                        script.answer(searches.incrementAndGet(), new Search(connection.orElseThrow(), id, request));
                return new LDAPMessage(
                        id,
                        new SearchResultDoneProtocolOp(done.code().intValue(), null, null, done.referrals()),
                        new Control[0]);
            } catch (LDAPException | IOException e) {
                // The client has gone away, which its own side tells of.
                return new LDAPMessage(
                        id, new SearchResultDoneProtocolOp(ResultCode.OTHER_INT_VALUE, null, null, List.of()));
            }
        }

        @Override
        public void processAbandonRequest(int id, AbandonRequestProtocolOp request, List<Control> controls) {
            // There is nothing to be taken back: each search is answered at once.
        }

        @Override
        public LDAPMessage processAddRequest(int id, AddRequestProtocolOp request, List<Control> controls) {
            throw unexpected();
        }

        @Override
        public LDAPMessage processBindRequest(int id, BindRequestProtocolOp request, List<Control> controls) {
            throw unexpected();
        }

        @Override
        public LDAPMessage processCompareRequest(int id, CompareRequestProtocolOp request, List<Control> controls) {
            throw unexpected();
        }

        @Override
        public LDAPMessage processDeleteRequest(int id, DeleteRequestProtocolOp request, List<Control> controls) {
            throw unexpected();
        }

        @Override
        public LDAPMessage processExtendedRequest(int id, ExtendedRequestProtocolOp request, List<Control> controls) {
            throw unexpected();
        }

        @Override
        public LDAPMessage processModifyRequest(int id, ModifyRequestProtocolOp request, List<Control> controls) {
            throw unexpected();
        }

        @Override
        public LDAPMessage processModifyDNRequest(int id, ModifyDNRequestProtocolOp request, List<Control> controls) {
            throw unexpected();
        }

        private IllegalStateException unexpected() {
            return new IllegalStateException("only searches are expected");
        }
    }
}
