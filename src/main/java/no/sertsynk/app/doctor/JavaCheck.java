package no.sertsynk.app.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether Java's settings let TLS work: the server's name is sent, current versions are offered, sound algorithms allowed. */
public final class JavaCheck implements Check {
    private static final int LEAST = 25;
    private static final List<String> WEAK = List.of("MD2", "MD5");
    private static final List<String> PROXIES = List.of("http.proxyHost", "https.proxyHost", "socksProxyHost");

    @Override
    public String topic() {
        return "java";
    }

    @Override
    public List<Finding> look() throws IOException {
        return findings(JavaFacts.ofProcess());
    }

    /** What those settings mean. Pure. */
    static List<Finding> findings(JavaFacts java) {
        List<Finding> findings = new ArrayList<>();
        version(java).ifPresent(findings::add);
        serverName(java).ifPresent(findings::add);
        protocols(java).ifPresent(findings::add);
        authorities(java).ifPresent(findings::add);
        algorithms(java, findings);
        others(java, findings);
        if (findings.isEmpty()) {
            findings.add(new Finding.Ok(Sentence.of(
                    "Java {0} sends the server's name (SNI) and offers {1}",
                    java.system().getOrDefault("java.version", Integer.toString(java.feature())),
                    String.join(", ", java.protocols()))));
        }
        return findings;
    }

    private static Optional<Finding> version(JavaFacts java) {
        return java.feature() >= LEAST
                ? Optional.empty()
                : Optional.of(new Finding.Error(
                        Sentence.of("expected Java {0} or newer, found Java {1}", LEAST, java.feature()),
                        "install a newer one, or name it with SERTSYNK_JAVA_HOME"));
    }

    private static Optional<Finding> serverName(JavaFacts java) {
        return "false".equalsIgnoreCase(java.system().getOrDefault("jsse.enableSNIExtension", "true"))
                ? Optional.of(new Finding.Error(
                        "jsse.enableSNIExtension=false keeps Java from sending the server's name (SNI): servers that"
                                + " show another certificate by name then show the wrong one",
                        "take -Djsse.enableSNIExtension=false out of SERTSYNK_JAVA_OPTS and JAVA_TOOL_OPTIONS; look at"
                                + " your client's settings too"))
                : Optional.empty();
    }

    private static Optional<Finding> protocols(JavaFacts java) {
        String remedy =
                "look at jdk.tls.client.protocols, https.protocols and at jdk.tls.disabledAlgorithms in java.security";
        String offered = String.join(", ", java.protocols());
        if (java.protocols().stream().noneMatch(List.of("TLSv1.2", "TLSv1.3")::contains)) {
            return Optional.of(new Finding.Error(
                    Sentence.of("expected that Java offers TLS 1.2 or newer, found that it offers {0}", offered),
                    remedy));
        }
        return java.protocols().contains("TLSv1.3")
                ? Optional.empty()
                : Optional.of(
                        new Finding.Warning(Sentence.of("Java does not offer TLS 1.3, only {0}", offered), remedy));
    }

    private static Optional<Finding> authorities(JavaFacts java) {
        String store = java.system().getOrDefault("javax.net.ssl.trustStore", "cacerts");
        String remedy = "correct javax.net.ssl.trustStore, install the package ca-certificates-java, or name the"
                + " servers' authority with network.caFile";
        if (java.authorities().isEmpty()) {
            return Optional.of(new Finding.Error(
                    Sentence.of("Java cannot load whom it trusts as TLS servers ({0})", store), remedy));
        }
        return java.authorities().get() > 0
                ? Optional.empty()
                : Optional.of(new Finding.Error(
                        Sentence.of("Java trusts nobody as a TLS server ({0} is empty or missing)", store), remedy));
    }

    /** Those of the trust store's file; it must forbid what is weak, and no more than that. */
    private static void algorithms(JavaFacts java, List<Finding> findings) {
        for (String property : List.of(JavaFacts.TLS_DISABLED, JavaFacts.PATH_DISABLED)) {
            List<String> disabled = Stream.of(
                            java.security().getOrDefault(property, "").split(","))
                    .map(rule -> rule.strip().toUpperCase(Locale.ROOT))
                    .toList();
            if (disabled.stream().anyMatch(List.of("RSA", "SHA256", "SHA256WITHRSA", "SHA-256")::contains)) {
                findings.add(new Finding.Error(
                        Sentence.of("{0} forbids RSA or SHA-256, which the certificates of this field have", property),
                        "correct it in java.security, or use a Java with its own settings"));
            }
            List<String> allowed = WEAK.stream()
                    .filter(weak -> property.equals(JavaFacts.PATH_DISABLED))
                    .filter(weak -> !disabled.contains(weak))
                    .toList();
            if (!allowed.isEmpty()) {
                findings.add(new Finding.Warning(
                        Sentence.of(
                                "{0} does not forbid {1}, as Java's own settings do",
                                property, String.join(", ", allowed)),
                        "put Java's own value back into java.security; sertsynk itself refuses them in any case"));
            }
        }
    }

    private static void others(JavaFacts java, List<Finding> findings) {
        if ("true".equalsIgnoreCase(java.system().get("sun.security.ssl.allowUnsafeRenegotiation"))) {
            findings.add(new Finding.Warning(
                    "sun.security.ssl.allowUnsafeRenegotiation=true lets others cut into TLS connections",
                    "take it out of SERTSYNK_JAVA_OPTS and JAVA_TOOL_OPTIONS"));
        }
        PROXIES.stream()
                .filter(java.system()::containsKey)
                .forEach(property -> findings.add(new Finding.Warning(
                        Sentence.of("Java is given a proxy with {0}, which sertsynk does not go by", property),
                        "put it into the configuration: network.proxy and network.noProxy")));
        if ("-1".equals(java.system().get("sun.net.inetaddr.ttl"))) {
            findings.add(new Finding.Warning(
                    "sun.net.inetaddr.ttl=-1 makes a service keep the addresses of names for ever",
                    "take it out of SERTSYNK_JAVA_OPTS and JAVA_TOOL_OPTIONS"));
        }
    }
}
