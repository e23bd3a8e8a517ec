package no.sertsynk.validation.fetch;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One question and its answer over HTTP/1.1 (RFC 9112), on a connection of its own to an address that the caller has
 * looked at. The clients of the platform take a name and resolve it themselves, so that what they connect to need not be
 * what was looked at; that is why this class is here. Bounded in what it reads; time is the caller's to bound.
 */
final class HttpExchange implements AutoCloseable {
    private static final int MAX_HEAD_BYTES = 64 * 1024;
    private static final int MAX_CHUNK_LINE_BYTES = 1024;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private HttpExchange(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** What an answer begins with; the names of its fields in lower case, each with its first value. */
    record Head(int status, Map<String, String> fields) {
        Optional<String> field(String name) {
            return Optional.ofNullable(fields.get(name));
        }
    }

    /**
     * Connects to the first of the addresses that answers.
     *
     * @param millis for one attempt, and for each wait for bytes
     */
    static Socket connect(List<InetAddress> addresses, int port, int millis) throws IOException {
        IOException failure = new IOException("no address");
        for (InetAddress address : addresses) {
            Socket socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(millis);
                socket.connect(new InetSocketAddress(address, port), millis);
                return socket;
            } catch (IOException e) {
                socket.close();
                failure = e;
            }
        }
        throw failure;
    }

    /** An exchange over a connection to the host itself, or to a proxy that speaks for it. */
    static HttpExchange over(Socket connected) throws IOException {
        return new HttpExchange(connected);
    }

    /** The same with TLS, whose certificate must be the host's. */
    static HttpExchange over(Socket connected, SSLSocketFactory tls, URI address) throws IOException {
        SSLSocket secured = (SSLSocket) tls.createSocket(connected, bare(address.getHost()), port(address), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return new HttpExchange(secured);
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : isSecured(address) ? 443 : 80;
    }

    static boolean isSecured(URI address) {
        return "https".equalsIgnoreCase(address.getScheme());
    }

    /** The host as the field {@code Host} names it. */
    static String authority(URI address) {
        return address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
    }

    /** The target of a question to the host itself. */
    static String path(URI address) {
        String path = address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        return address.getRawQuery() == null ? path : path + "?" + address.getRawQuery();
    }

    /** @param fields in the order in which they are sent */
    Head ask(String method, String target, Map<String, String> fields, byte[] body) throws IOException {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        fields.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("\r\n");
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        message.writeBytes(body);
        out.write(message.toByteArray());
        out.flush();
        Head answer = head();
        // Interim answers (RFC 9110, 15.2) come before the one that counts.
        while (answer.status() >= 100 && answer.status() < 200) {
            answer = head();
        }
        return answer;
    }

    private Head head() throws IOException {
        int[] left = {MAX_HEAD_BYTES};
        String status = line(left);
        if (!status.matches("HTTP/1\\.[01] \\d{3}( .*)?")) {
            throw new IOException("something that is not HTTP");
        }
        Map<String, String> fields = new HashMap<>();
        for (String line = line(left); !line.isEmpty(); line = line(left)) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new IOException("a line that is no HTTP header");
            }
            fields.putIfAbsent(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Head(Integer.parseInt(status.substring(9, 12)), fields);
    }

    /** A line without its end; what a line takes is taken from the bytes left. */
    private String line(int[] left) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw cutOff();
            }
            if (--left[0] < 0) {
                throw new IOException("a header of more than the " + MAX_HEAD_BYTES + " bytes allowed");
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static IOException cutOff() {
        return new IOException("an answer that is cut off");
    }

    /** The body of an answer with that head. */
    byte[] body(Head head, int maxBytes) throws IOException {
        if (head.field("transfer-encoding")
                .filter(coding -> coding.equalsIgnoreCase("chunked"))
                .isPresent()) {
            return chunks(maxBytes);
        }
        Optional<String> announced = head.field("content-length");
        if (announced.isEmpty()) {
            byte[] body = in.readNBytes(maxBytes + 1);
            if (body.length > maxBytes) {
                throw tooLong(maxBytes);
            }
            return body;
        }
        if (!announced.get().matches("\\d{1,18}")) {
            throw new IOException("a length that is no number");
        }
        long length = Long.parseLong(announced.get());
        if (length > maxBytes) {
            throw tooLong(maxBytes);
        }
        return exactly((int) length);
    }

    private byte[] exactly(int length) throws IOException {
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw cutOff();
        }
        return body;
    }

    private byte[] chunks(int maxBytes) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String size =
                    line(new int[] {MAX_CHUNK_LINE_BYTES}).split(";", 2)[0].strip();
            if (!size.matches("[0-9A-Fa-f]{1,8}")) {
                throw new IOException("a chunk whose length is no number");
            }
            long length = Long.parseLong(size, 16);
            if (length == 0) {
                // What trails says nothing that anybody asks for, and the connection is used no more.
                return body.toByteArray();
            }
            if (length > maxBytes - body.size()) {
                throw tooLong(maxBytes);
            }
            body.writeBytes(exactly((int) length));
            if (!new String(exactly(2), StandardCharsets.ISO_8859_1).equals("\r\n")) {
                throw new IOException("a chunk that is longer than it says");
            }
        }
    }

    private static IOException tooLong(int maxBytes) {
        return new IOException("more than the " + maxBytes + " bytes allowed");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
