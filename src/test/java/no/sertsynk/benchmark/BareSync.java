package no.sertsynk.benchmark;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The least that a Java program could do for the same result: ask the register for each party, fetch its certificates by
 * the string found in the text, check each one's signature, write one PKCS12. It decides nothing, checks nothing else,
 * remembers nothing and copes with nothing.
 */
final class BareSync {
    private static final int THREADS = 16;
    private static final Pattern HER_ID = Pattern.compile("herId: ([0-9]+)");
    private static final Pattern FILTER = Pattern.compile("sub\\?(\\(.*?)\\s*<");
    private static final Pattern REGISTER = Pattern.compile("url: \"(http:[^\"]+)\"");
    private static final Pattern DIRECTORY = Pattern.compile("ldap://127\\.0\\.0\\.1:([0-9]+)");
    private static final String BASE = "dc=Buypass,dc=no,CN=Buypass Class 3 Test4 CA G2 ST Business";

    private BareSync() {}

    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        String configuration = Files.readString(file);
        URI register = URI.create(first(REGISTER, configuration));
        int directory = Integer.parseInt(first(DIRECTORY, configuration));
        System.setProperty("http.maxConnections", String.valueOf(THREADS));
        PublicKey issuer =
                parse(Files.readAllBytes(file.resolveSibling("issuer.pem"))).getPublicKey();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (LDAPConnectionPool pool = new LDAPConnectionPool(new LDAPConnection("127.0.0.1", directory), 1, THREADS);
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<List<X509Certificate>>> found = new ArrayList<>();
            for (Matcher herIds = HER_ID.matcher(configuration); herIds.find(); ) {
                String herId = herIds.group(1);
                Callable<List<X509Certificate>> work = () -> fetch(pool, filter(register, herId), issuer);
                found.add(threads.submit(work));
            }
            int number = 0;
            for (Future<List<X509Certificate>> certificates : found) {
                for (X509Certificate certificate : certificates.get()) {
                    store.setCertificateEntry("certificate-" + number++, certificate);
                }
            }
            if (number != 2 * found.size()) {
                throw new IllegalStateException("expected two certificates a party, found " + number);
            }
        }
        Path written = Files.createTempFile(file.getParent(), "bare", ".p12");
        try (OutputStream out = Files.newOutputStream(written)) {
            store.store(out, "sandkasse".toCharArray());
        }
        Files.delete(written);
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("expected " + pattern + " in the configuration");
        }
        return matcher.group(1);
    }

    private static String filter(URI register, String herId) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) register.toURL().openConnection();
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "text/xml; charset=utf-8");
        connection.setRequestProperty(
                "SOAPAction",
                "\"http://register.nhn.no/CommunicationParty/ICommunicationPartyService/GetCommunicationPartyDetails\"");
        connection.setRequestProperty(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString("demo:sandkasse".getBytes(StandardCharsets.ISO_8859_1)));
        try (OutputStream out = connection.getOutputStream()) {
            out.write(("<soap:Envelope"
                + " xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body><GetCommunicationPartyDetails"
                + " xmlns=\"http://register.nhn.no/CommunicationParty\"><herId>"
                            + herId + "</herId></GetCommunicationPartyDetails></soap:Body></soap:Envelope>")
                    .getBytes(StandardCharsets.UTF_8));
        }
        return first(FILTER, new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static List<X509Certificate> fetch(LDAPConnectionPool pool, String filter, PublicKey issuer)
            throws Exception {
        List<X509Certificate> certificates = new ArrayList<>();
        for (SearchResultEntry entry : pool.search(BASE, SearchScope.SUB, filter, "userCertificate;binary")
                .getSearchEntries()) {
            X509Certificate certificate = parse(entry.getAttributeValueBytes("userCertificate;binary"));
            certificate.verify(issuer);
            certificates.add(certificate);
        }
        return certificates;
    }

    private static X509Certificate parse(byte[] bytes) throws Exception {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes));
    }
}
