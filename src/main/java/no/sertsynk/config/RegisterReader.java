package no.sertsynk.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.config.Configuration.Cpapi;
import no.sertsynk.config.Configuration.CpapiPaths;
import no.sertsynk.config.Configuration.RegisterSection;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads {@code register}: where it is asked who uses which LDAP string. */
final class RegisterReader {
    private static final URI TEST = URI.create("https://ws-web.test.nhn.no/v1/AR/Basic");
    private static final URI PRODUCTION = URI.create("https://ws.nhn.no/v1/AR/Basic");
    private static final URI CPAPI_TEST = URI.create("https://cpapi.test.grunndata.nhn.no");
    private static final URI CPAPI_PRODUCTION = URI.create("https://cpapi.grunndata.nhn.no");
    private static final URI ISSUER_TEST = URI.create("https://helseid-sts.test.nhn.no");
    private static final URI ISSUER_PRODUCTION = URI.create("https://helseid-sts.nhn.no");
    private static final String SCOPE = "nhn:cp-api/access-v2-dpop";
    private static final int CALLS_IN_FLIGHT = 16;
    private static final int CALLS_PER_SECOND = 500;

    private final Values values;

    RegisterReader(Values values) {
        this.values = values;
    }

    /** @param environment decides the default addresses */
    Optional<RegisterSection> read(Section section, String environment) {
        if (!section.isPresent()) {
            return Optional.empty();
        }
        List<String> sources = sources(section);
        Duration timeout = values.timeout(section, "timeout").orElse(Duration.ofSeconds(10));
        Section soap = section.section("soap");
        URI url = values.secretUri(soap, "url").orElse(environment.equals("test") ? TEST : PRODUCTION);
        Optional<String> username = values.text(soap, "username");
        var password = values.secret(soap, "password");
        soap.finish();
        if (sources.contains("soap")) {
            soap.require("username");
            if (!Secrets.isNamed(soap, "password")) {
                soap.require("passwordFile");
            }
        }
        Optional<Cpapi> cpapi = cpapi(section.section("cpapi"), environment, sources.contains("cpapi"));
        Optional<Path> file = file(section.section("file"), sources.contains("file"));
        section.finish();
        return Optional.of(new RegisterSection(sources, url, username.orElse(""), password, cpapi, file, timeout));
    }

    /** One source, or a list of different ones. */
    private List<String> sources(Section section) {
        if (!(section.value("source").orElse(null) instanceof SequenceNode)) {
            return List.of(values.oneOf(section, "source").orElse("soap"));
        }
        List<String> allowed = section.key("source").choices();
        Set<String> sources = new LinkedHashSet<>();
        for (ScalarNode node : section.scalars("source").orElse(List.of())) {
            if (!allowed.contains(node.getValue())) {
                section.mistake(
                        "source",
                        node,
                        "expected one of " + String.join(", ", allowed) + ", found '" + node.getValue() + "'");
            } else if (!sources.add(node.getValue())) {
                section.mistake("source", node, "expected each source once, found " + node.getValue() + " again");
            }
        }
        if (sources.isEmpty()) {
            section.mistake("source", "expected at least one source, found none");
            return List.of("soap");
        }
        return List.copyOf(sources);
    }

    private Optional<Cpapi> cpapi(Section section, String environment, boolean isAsked) {
        boolean test = environment.equals("test");
        URI url = values.secretUri(section, "url").orElse(test ? CPAPI_TEST : CPAPI_PRODUCTION);
        Optional<URI> eventsUrl = values.secretUri(section, "eventsUrl");
        URI issuer = values.secretUri(section, "tokenIssuer").orElse(test ? ISSUER_TEST : ISSUER_PRODUCTION);
        Optional<String> clientId = values.text(section, "clientId");
        Optional<Path> keyFile = values.path(section, "jwkFile");
        Optional<String> keyId = values.text(section, "keyId");
        String scope = values.text(section, "scope").orElse(SCOPE);
        String model = values.oneOf(section, "model").orElse("simplified");
        int callsInFlight = values.integer(section, "callsInFlight", 1, 256).orElse(CALLS_IN_FLIGHT);
        int callsPerSecond =
                values.integer(section, "callsPerSecond", 1, 100_000).orElse(CALLS_PER_SECOND);
        CpapiPaths paths = paths(section.section("paths"));
        if (isAsked) {
            section.require("clientId", "jwkFile");
        }
        section.finish();
        return clientId.isEmpty() || keyFile.isEmpty()
                ? Optional.empty()
                : Optional.of(new Cpapi(
                        url,
                        eventsUrl,
                        issuer,
                        clientId.get(),
                        keyFile.get(),
                        keyId,
                        scope,
                        model,
                        paths,
                        callsInFlight,
                        callsPerSecond));
    }

    private CpapiPaths paths(Section section) {
        CpapiPaths paths = new CpapiPaths(
                path(section, "party"), path(section, "legacy"), path(section, "signing"), path(section, "encryption"));
        section.finish();
        return paths;
    }

    private Optional<String> path(Section section, String key) {
        return values.text(section, key).filter(text -> {
            boolean usable =
                    text.contains("{herId}") && text.matches("[A-Za-z0-9._~{}/?=&-]+") && !text.startsWith("/");
            if (!usable) {
                section.mistake(
                        key, "expected a path below register.cpapi.url with {herId} in it, found '" + text + "'");
            }
            return usable;
        });
    }

    private Optional<Path> file(Section section, boolean isAsked) {
        Optional<Path> path = values.path(section, "path");
        if (isAsked) {
            section.require("path");
        }
        section.finish();
        return path;
    }
}
