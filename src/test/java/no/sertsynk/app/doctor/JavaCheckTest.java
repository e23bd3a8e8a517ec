package no.sertsynk.app.doctor;

import static no.sertsynk.app.doctor.Findings.expectError;
import static no.sertsynk.app.doctor.Findings.expectOk;
import static no.sertsynk.app.doctor.Findings.expectWarning;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JavaCheckTest {
    private static final Map<String, String> SOUND = Map.of(
            JavaFacts.TLS_DISABLED, "SSLv3, TLSv1, TLSv1.1, RC4, RSA keySize < 1024",
            JavaFacts.PATH_DISABLED, "MD2, MD5, SHA1 jdkCA & usage TLSServer, RSA keySize < 1024");
    private static final List<String> BOTH = List.of("TLSv1.3", "TLSv1.2");

    private static List<Finding> look(Map<String, String> system) {
        return JavaCheck.findings(new JavaFacts(25, system, SOUND, BOTH, Optional.of(140)));
    }

    private static List<Finding> look(String property, String rules) {
        Map<String, String> security = new java.util.HashMap<>(SOUND);
        security.put(property, rules);
        return JavaCheck.findings(new JavaFacts(25, Map.of(), security, BOTH, Optional.of(140)));
    }

    @Test
    void usualSettings_areOk() {
        expectOk(look(Map.of("java.version", "25.0.1")), "Java 25.0.1 sends the server's name (SNI)");
    }

    @Test
    void javaOfThisTest_isOk() throws Exception {
        expectOk(new JavaCheck().look(), "TLSv1.3");
    }

    @Test
    void withoutServerName_isAnError() {
        expectError(look(Map.of("jsse.enableSNIExtension", "false")), "SNI", "-Djsse.enableSNIExtension=false");
    }

    @Test
    void oldJava_isAnError() {
        expectError(
                JavaCheck.findings(new JavaFacts(21, Map.of(), SOUND, BOTH, Optional.of(140))),
                "found Java 21",
                "SERTSYNK_JAVA_HOME");
    }

    @Test
    void oldProtocols_areAnError_andWithoutTheNewestAWarning() {
        expectError(
                JavaCheck.findings(new JavaFacts(25, Map.of(), SOUND, List.of("TLSv1.1"), Optional.of(140))),
                "offers TLSv1.1",
                "jdk.tls.client.protocols");
        expectWarning(
                JavaCheck.findings(new JavaFacts(25, Map.of(), SOUND, List.of("TLSv1.2"), Optional.of(140))),
                "does not offer TLS 1.3",
                "jdk.tls.disabledAlgorithms");
    }

    @Test
    void emptyOrDamagedTrustStore_isAnError() {
        expectError(
                JavaCheck.findings(new JavaFacts(25, Map.of(), SOUND, BOTH, Optional.of(0))),
                "trusts nobody",
                "network.caFile");
        expectError(
                JavaCheck.findings(new JavaFacts(
                        25, Map.of("javax.net.ssl.trustStore", "/etc/none"), SOUND, BOTH, Optional.empty())),
                "/etc/none",
                "javax.net.ssl.trustStore");
    }

    @Test
    void algorithmsForbiddenTooFarOrTooLittle_areTold() {
        expectError(look(JavaFacts.TLS_DISABLED, "SSLv3, RSA"), "jdk.tls.disabledAlgorithms", "java.security");
        expectError(look(JavaFacts.PATH_DISABLED, "MD2, MD5, SHA256"), "SHA-256", "java.security");
        expectWarning(look(JavaFacts.PATH_DISABLED, "MD2"), "does not forbid MD5", "java.security");
    }

    @Test
    void otherSettings_areWarnings() {
        expectWarning(look(Map.of("https.proxyHost", "proxy")), "https.proxyHost", "network.proxy");
        expectWarning(look(Map.of("sun.net.inetaddr.ttl", "-1")), "for ever", "SERTSYNK_JAVA_OPTS");
        expectWarning(
                look(Map.of("sun.security.ssl.allowUnsafeRenegotiation", "true")),
                "allowUnsafeRenegotiation",
                "SERTSYNK_JAVA_OPTS");
    }
}
