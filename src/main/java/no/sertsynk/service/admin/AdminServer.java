package no.sertsynk.service.admin;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * Answers HTTP requests, each on a virtual thread. The JDK's own server: it has few classes and needs no library, starts in
 * some 20 ms, and the interface has few routes and few clients.
 */
public final class AdminServer implements AutoCloseable {
    /** Bounds that the server reads once for the whole process; one that is set already stays. Times are in seconds. */
    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.maxReqTime", "10",
            "sun.net.httpserver.maxRspTime", "60",
            "sun.net.httpserver.idleInterval", "30",
            "sun.net.httpserver.maxIdleConnections", "16",
            "sun.net.httpserver.maxReqHeaders", "64",
            "sun.net.httpserver.maxReqHeaderSize", "16384",
            "jdk.httpserver.maxConnections", "64",
            "sun.net.httpserver.nodelay", "true");

    private final HttpServer server;

    private AdminServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Where and to whom the server answers.
     *
     * @param host a name or an address without brackets
     * @param port 0 for any that is free
     * @param names further names under which clients may reach it
     * @param tls present if clients reach it by TLS
     */
    public record Setting(String host, int port, List<String> names, String token, Optional<SSLContext> tls) {
        public Setting {
            names = List.copyOf(names);
        }
    }

    /** @throws IOException if it cannot listen there, with a message for the administrator */
    public static AdminServer start(Setting setting, Desk desk) throws IOException {
        LIMITS.forEach((name, value) -> System.getProperties().putIfAbsent(name, value));
        HttpServer server = listen(setting);
        int port = server.getAddress().getPort();
        Gate gate =
                new Gate(setting.token(), names(setting), port, setting.tls().isPresent());
        server.createContext("/", new Conversation(gate, new Routes(desk)));
        server.setExecutor(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("admin-", 0).factory()));
        server.start();
        return new AdminServer(server);
    }

    private static HttpServer listen(Setting setting) throws IOException {
        String where = setting.host() + ":" + setting.port();
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(setting.host()), setting.port());
            if (setting.tls().isEmpty()) {
                return HttpServer.create(address, 0);
            }
            HttpsServer server = HttpsServer.create(address, 0);
            server.setHttpsConfigurator(new HttpsConfigurator(setting.tls().get()));
            return server;
        } catch (BindException e) {
            throw new IOException(
                    "admin.listen: expected to listen at " + where + ", found: " + e.getMessage()
                            + "; stop what holds the port, or choose another",
                    e);
        } catch (IOException e) {
            throw new IOException("admin.listen: expected to listen at " + where + ", found: " + e, e);
        }
    }

    private static Set<String> names(Setting setting) {
        Set<String> names = new HashSet<>(setting.names());
        names.addAll(List.of("localhost", "127.0.0.1", "[::1]"));
        names.add(setting.host().contains(":") ? "[" + setting.host() + "]" : setting.host());
        return names;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Stops at once; requests that are being answered are cut off. */
    @Override
    public void close() {
        server.stop(0);
    }
}
