package no.sertsynk.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * A TLS server on loopback that lets the server name decide which certificate it presents, as web servers with several sites
 * do, and that can be broken in many ways. Answers nothing after the handshake. Safe for threads.
 */
public final class SandboxTlsServer implements AutoCloseable {
    private static final int MOST_MILLIS = 30_000;

    private final ServerSocket server;
    private final Setting setting;
    private final SSLContext context;
    private final SandboxTlsFaultPlayer player = new SandboxTlsFaultPlayer();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Visit> visits = new ArrayList<>();
    private volatile Optional<SandboxTlsFault> fault = Optional.empty();

    private SandboxTlsServer(ServerSocket server, Setting setting) {
        this.server = server;
        this.setting = setting;
        this.context = context(setting);
    }

    /**
     * How it presents itself.
     *
     * @param byDefault for clients without a server name, or with another; empty to refuse those
     * @param byName the names in lower case
     * @param protocols such as TLSv1.2; empty for the platform's own
     * @param clients who may issue client certificates; if any, a client must have one
     */
    public record Setting(
            Optional<SandboxIdentity> byDefault,
            Map<String, SandboxIdentity> byName,
            List<String> protocols,
            List<X509Certificate> clients) {
        public Setting {
            byName = Map.copyOf(byName);
            protocols = List.copyOf(protocols);
            clients = List.copyOf(clients);
        }

        public static Setting of(SandboxIdentity identity) {
            return new Setting(Optional.of(identity), Map.of(), List.of(), List.of());
        }

        public Setting withName(String name, SandboxIdentity identity) {
            Map<String, SandboxIdentity> more = new java.util.HashMap<>(byName);
            more.put(name.toLowerCase(Locale.ROOT), identity);
            return new Setting(byDefault, more, protocols, clients);
        }

        /** The same, but it refuses clients that send none of its names. */
        public Setting withoutDefault() {
            return new Setting(Optional.empty(), byName, protocols, clients);
        }

        public Setting withProtocols(String... only) {
            return new Setting(byDefault, byName, List.of(only), clients);
        }

        public Setting withClientsOf(X509Certificate authority) {
            return new Setting(byDefault, byName, protocols, List.of(authority));
        }
    }

    /**
     * A client that came.
     *
     * @param serverName what it sent
     * @param applicationBytes how much it sent after the handshake
     */
    public record Visit(Optional<String> serverName, boolean complete, long applicationBytes) {}

    /** On a free port of loopback. */
    public static SandboxTlsServer start(Setting setting) throws IOException {
        return start(setting, InetAddress.getLoopbackAddress());
    }

    /** On a free port of that address. */
    public static SandboxTlsServer start(Setting setting, InetAddress address) throws IOException {
        SandboxTlsServer started = new SandboxTlsServer(new ServerSocket(0, 50, address), setting);
        Thread.ofVirtual().name("sandbox-tls").start(started::accept);
        return started;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** From now on it does this to everybody. */
    public void breakWith(SandboxTlsFault broken) {
        fault = Optional.of(broken);
    }

    /** Who has been here and left. */
    public List<Visit> visits() {
        synchronized (visits) {
            return List.copyOf(visits);
        }
    }

    /** The same, once so many have come and gone; what there is if that takes longer. */
    public List<Visit> visits(int count, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (visits) {
            for (long left = patience.toMillis();
                    visits.size() < count && left > 0;
                    left = Duration.ofNanos(deadline - System.nanoTime()).toMillis()) {
                visits.wait(left);
            }
            return List.copyOf(visits);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                Thread.ofVirtual().name("sandbox-tls-client").start(() -> serve(client));
            } catch (IOException e) {
                // Closed.
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setSoTimeout(MOST_MILLIS);
            client.setTcpNoDelay(true);
            Optional<SandboxTlsFault> broken = fault;
            if (broken.isPresent()) {
                player.play(broken.get(), client);
            } else {
                shake(client);
            }
        } catch (IOException e) {
            // The client hung up, as it may.
        } finally {
            open.remove(client);
        }
    }

    private void shake(Socket client) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(client, null, client.getPort(), true);
        socket.setUseClientMode(false);
        socket.setNeedClientAuth(!setting.clients().isEmpty());
        if (!setting.protocols().isEmpty()) {
            socket.setEnabledProtocols(setting.protocols().toArray(String[]::new));
        }
        boolean complete = false;
        long received = 0;
        try (socket) {
            socket.startHandshake();
            complete = true;
            received = socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        } finally {
            synchronized (visits) {
                visits.add(new Visit(name(socket), complete, received));
                visits.notifyAll();
            }
        }
    }

    private static Optional<String> name(SSLSocket socket) {
        return socket.getSession() instanceof ExtendedSSLSession session && session.isValid()
                ? name(session)
                : Optional.empty();
    }

    private static Optional<String> name(ExtendedSSLSession session) {
        return session.getRequestedServerNames().stream()
                .filter(SNIHostName.class::isInstance)
                .map(name -> ((SNIHostName) name).getAsciiName().toLowerCase(Locale.ROOT))
                .findFirst();
    }

    private static SSLContext context(Setting setting) {
        try {
            TrustManager[] trust = null;
            if (!setting.clients().isEmpty()) {
                KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
                store.load(null, null);
                for (X509Certificate authority : setting.clients()) {
                    store.setCertificateEntry(authority.getSerialNumber().toString(), authority);
                }
                TrustManagerFactory managers =
                        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                managers.init(store);
                trust = managers.getTrustManagers();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new Chooser(setting)}, trust, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform must have TLS", e);
        }
    }

    /** Chooses the identity by the server name. */
    private static final class Chooser extends X509ExtendedKeyManager {
        private static final String DEFAULT = "";
        private final Setting setting;

        Chooser(Setting setting) {
            this.setting = setting;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            if (!(socket instanceof SSLSocket tls)
                    || !(tls.getHandshakeSession() instanceof ExtendedSSLSession session)
                    || !keyType.equals("RSA")) {
                return null;
            }
            Optional<String> named = name(session).filter(setting.byName()::containsKey);
            return named.orElse(setting.byDefault().isPresent() ? DEFAULT : null);
        }

        private Optional<SandboxIdentity> identity(String alias) {
            return alias.equals(DEFAULT)
                    ? setting.byDefault()
                    : Optional.ofNullable(setting.byName().get(alias));
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            return identity(alias)
                    .map(identity -> identity.chain().toArray(X509Certificate[]::new))
                    .orElse(null);
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return identity(alias).map(SandboxIdentity::key).orElse(null);
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }
    }

    @Override
    public void close() {
        player.close();
        try {
            server.close();
            for (Socket client : open) {
                client.close();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
