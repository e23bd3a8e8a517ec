package no.sertsynk.service.admin;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Asks a running service. One request a connection, over a plain socket: the JDK's HTTP client takes longer to load than the
 * service takes to answer.
 */
public final class AdminClient {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 120_000;
    private static final int MOST_HEADER_BYTES = 16_384;
    private static final int MOST_BYTES = 256 * 1024 * 1024;

    private final InetSocketAddress address;
    private final String authority;
    private final String token;
    private final Optional<Path> certificate;

    private AdminClient(InetSocketAddress address, String authority, String token, Optional<Path> certificate) {
        this.address = address;
        this.authority = authority;
        this.token = token;
        this.certificate = certificate;
    }

    /**
     * A client with the token of that file.
     *
     * @param certificate the one that the service proves itself with, if it is reached by TLS
     */
    public static AdminClient of(String host, int port, Path tokenFile, Optional<Path> certificate) throws IOException {
        boolean isAny = host.equals("0.0.0.0") || host.equals("::");
        String name = isAny ? "127.0.0.1" : host;
        return new AdminClient(
                new InetSocketAddress(name, port),
                (name.contains(":") ? "[" + name + "]" : name) + ":" + port,
                AdminToken.read(tokenFile),
                certificate);
    }

    /** What the service answered. */
    public record Reply(int status, String body) {}

    /** @param path with its query */
    public Reply get(String path, boolean json) throws IOException {
        return exchange("GET " + path, json, "");
    }

    public Reply post(String path, String body) throws IOException {
        return exchange("POST " + path, true, body);
    }

    /** The path with the query that asks for text of that form. */
    public static String formed(String path, Desk.Form form) {
        return path + (path.contains("?") ? "&" : "?") + form.query();
    }

    private Reply exchange(String request, boolean json, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = request + " HTTP/1.1\r\nHost: " + authority + "\r\nAuthorization: Bearer " + token
                + "\r\nAccept: " + (json ? "application/json" : "text/plain")
                + "\r\nConnection: close\r\nContent-Length: " + content.length + "\r\n\r\n";
        try (Socket socket = connect()) {
            socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
            return reply(socket.getInputStream());
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        try {
            socket.setSoTimeout(READ_MILLIS);
            socket.setTcpNoDelay(true);
            socket.connect(address, CONNECT_MILLIS);
            return certificate.isEmpty()
                    ? socket
                    : AdminTls.client(certificate.get())
                            .getSocketFactory()
                            .createSocket(socket, address.getHostString(), address.getPort(), true);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Reply reply(InputStream in) throws IOException {
        String[] head = head(in).split("\r\n");
        if (!head[0].matches("HTTP/1\\.1 [0-9]{3}( .*)?")) {
            throw new IOException("expected an answer of HTTP, found '" + head[0] + "'");
        }
        int length = -1;
        for (String line : head) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = length(lower.substring(lower.indexOf(':') + 1).strip());
            }
        }
        byte[] body = length < 0 ? new byte[0] : in.readNBytes(length);
        if (body.length < length) {
            throw new IOException("the answer of the service is cut off");
        }
        return new Reply(Integer.parseInt(head[0].substring(9, 12)), new String(body, StandardCharsets.UTF_8));
    }

    private static int length(String text) throws IOException {
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) > MOST_BYTES) {
            throw new IOException("expected an answer of at most " + MOST_BYTES + " bytes, found " + text);
        }
        return Integer.parseInt(text);
    }

    /** The answer up to its body, byte by byte: it is short, and what follows must stay in the stream. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            int next = in.read();
            if (next < 0 || head.length() > MOST_HEADER_BYTES) {
                throw new IOException("expected an answer of HTTP, found none");
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
