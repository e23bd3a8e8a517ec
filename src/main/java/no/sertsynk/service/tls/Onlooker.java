package no.sertsynk.service.tls;

import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Lets every chain pass and remembers it: to tell what a service presents is the purpose, also where nobody would trust it.
 * For handshakes alone, over which nothing is sent.
 */
final class Onlooker extends X509ExtendedTrustManager {
    private volatile List<X509Certificate> chain = List.of();

    List<X509Certificate> chain() {
        return chain;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String authType, SSLEngine engine) {
        chain = List.of(shown);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String authType, Socket socket) {
        chain = List.of(shown);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String authType) {
        chain = List.of(shown);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String authType, SSLEngine engine) {
        chain = List.of(shown);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String authType, Socket socket) {
        chain = List.of(shown);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String authType) {
        chain = List.of(shown);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
