package no.sertsynk.app.doctor;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Security;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * What a Java is set to.
 *
 * @param system its system properties
 * @param security its security properties, those that matter
 * @param protocols versions of TLS that it offers
 * @param authorities how many it trusts as TLS servers' authorities; empty if they cannot be loaded
 */
public record JavaFacts(
        int feature,
        Map<String, String> system,
        Map<String, String> security,
        List<String> protocols,
        Optional<Integer> authorities) {
    static final String TLS_DISABLED = "jdk.tls.disabledAlgorithms";
    static final String PATH_DISABLED = "jdk.certpath.disabledAlgorithms";

    public JavaFacts {
        system = Map.copyOf(system);
        security = Map.copyOf(security);
        protocols = List.copyOf(protocols);
    }

    /** Of the Java that runs this. */
    static JavaFacts ofProcess() throws IOException {
        Map<String, String> system = new HashMap<>();
        System.getProperties().stringPropertyNames().forEach(name -> system.put(name, System.getProperty(name, "")));
        Map<String, String> security = new HashMap<>();
        for (String name : List.of(TLS_DISABLED, PATH_DISABLED)) {
            security.put(name, Optional.ofNullable(Security.getProperty(name)).orElse(""));
        }
        try {
            return new JavaFacts(
                    Runtime.version().feature(),
                    system,
                    security,
                    Arrays.asList(
                            SSLContext.getDefault().getDefaultSSLParameters().getProtocols()),
                    trusted());
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static Optional<Integer> trusted() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            int all = 0;
            for (TrustManager manager : factory.getTrustManagers()) {
                all += manager instanceof X509TrustManager x509 ? x509.getAcceptedIssuers().length : 0;
            }
            return Optional.of(all);
        } catch (GeneralSecurityException e) {
            // The store that javax.net.ssl.trustStore names is missing or damaged.
            return Optional.empty();
        }
    }
}
