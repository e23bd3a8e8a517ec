package no.sertsynk.register.soap;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import no.sertsynk.register.wire.Network;

/** Where the calls go and on which way. The last gate before a password leaves this machine. */
final class Endpoint {
    private final URL url;
    private final String host;
    private final Proxy proxy;
    private final Optional<SSLSocketFactory> sockets;
    private final Duration timeout;
    private final String userAgent;
    private final Credentials credentials;

    private Endpoint(URL url, String host, Proxy proxy, SoapSettings settings, Credentials credentials) {
        this.url = url;
        this.host = host;
        this.proxy = proxy;
        // One factory for all calls: the JDK shares a kept connection only between calls of the same factory.
        this.sockets = settings.tls().map(SSLContext::getSocketFactory);
        this.timeout = settings.timeout();
        this.userAgent = settings.userAgent();
        this.credentials = credentials;
    }

    /** Which service it is, without anything that changes the answer's form or is secret. */
    String source() {
        return url.getProtocol() + "://" + url.getAuthority() + url.getPath();
    }

    static Endpoint of(SoapSettings settings, Credentials credentials) {
        URI uri = settings.url();
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new IllegalArgumentException("expected an https address of the register, found another kind;"
                    + " use the one ending in /v1/AR/Basic");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("expected a register address without user name or password for "
                    + uri.getHost()
                    + "; put them into username and passwordFile");
        }
        boolean loopback = Network.isLoopback(uri.getHost());
        if (scheme.equals("http") && !loopback) {
            throw new IllegalArgumentException("expected https for the register at "
                    + uri.getHost()
                    + ", found http: the password would be readable on the way");
        }
        try {
            return new Endpoint(
                    uri.toURL(), uri.getHost(), settings.network().way(uri.getHost()), settings, credentials);
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("expected an https address of the register", e);
        }
    }

    /** Host and, where it was given, port: what messages call the register. */
    String name() {
        return url.getPort() < 0 ? host : host + ':' + url.getPort();
    }

    /** A request that is ready to be sent, with our credentials in it. */
    HttpURLConnection open(String soapAction) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url.openConnection(proxy);
        if (connection instanceof HttpsURLConnection https && sockets.isPresent()) {
            https.setSSLSocketFactory(sockets.get());
        }
        // The caller's time limit comes first; these only end what it could not.
        int millis = Math.clamp(timeout.multipliedBy(2).toMillis(), 1, Integer.MAX_VALUE);
        connection.setConnectTimeout(millis);
        connection.setReadTimeout(millis);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Authorization", credentials.authorization());
        connection.setRequestProperty("Content-Type", "text/xml; charset=utf-8");
        connection.setRequestProperty("SOAPAction", '"' + soapAction + '"');
        connection.setRequestProperty("Accept", "text/xml, application/soap+xml, application/xml");
        connection.setRequestProperty("User-Agent", userAgent);
        return connection;
    }
}
