package no.sertsynk.config;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import no.sertsynk.config.Configuration.RegisterSection;

/** Reads {@code register}: where it is asked who uses which LDAP string. */
final class RegisterReader {
    private static final URI TEST = URI.create("https://ws-web.test.nhn.no/v1/AR/Basic");
    private static final URI PRODUCTION = URI.create("https://ws.nhn.no/v1/AR/Basic");

    private final Values values;

    RegisterReader(Values values) {
        this.values = values;
    }

    /** @param environment decides the default addresses */
    Optional<RegisterSection> read(Section section, String environment) {
        if (!section.isPresent()) {
            return Optional.empty();
        }
        String source = values.oneOf(section, "source").orElse("soap");
        Duration timeout = values.timeout(section, "timeout").orElse(Duration.ofSeconds(10));
        Section soap = section.section("soap");
        URI url = values.secretUri(soap, "url").orElse(environment.equals("test") ? TEST : PRODUCTION);
        Optional<String> username = values.text(soap, "username");
        var password = values.secret(soap, "password");
        soap.finish();
        if (source.equals("soap")) {
            soap.require("username");
            if (!Secrets.isNamed(soap, "password")) {
                soap.require("passwordFile");
            }
        }
        checkCommunicationPartyApi(section.section("cpapi"));
        checkFile(section.section("file"));
        section.finish();
        return Optional.of(new RegisterSection(source, url, username.orElse(""), password, timeout));
    }

    private void checkCommunicationPartyApi(Section section) {
        values.secretUri(section, "url");
        values.secretUri(section, "eventsUrl");
        values.secretUri(section, "tokenIssuer");
        values.text(section, "clientId");
        values.path(section, "jwkFile");
        values.text(section, "scope");
        section.finish();
    }

    private void checkFile(Section section) {
        values.path(section, "path");
        section.finish();
    }
}
