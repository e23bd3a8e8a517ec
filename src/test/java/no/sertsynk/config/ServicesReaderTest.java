package no.sertsynk.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.config.Configuration.Milestones;
import no.sertsynk.config.Configuration.Service;
import no.sertsynk.model.HerId;
import no.sertsynk.service.tls.TlsUrl;
import org.junit.jupiter.api.Test;

class ServicesReaderTest extends WrittenConfiguration {
    private static final String PARTIES = "parties: [{herId: 1}, {herId: 2}]\n";

    @Test
    void everyKey_isMapped() throws Exception {
        written.file("old.pem", "").file("new.pem", "");

        assertThat(written.loaded(PARTIES + """
            environment: test
            services:
              - name: portal
                environment: test
                kind: messages
                parties: [1, 2]
                oldUrl: https://gammel.example
                newUrl: [https://ny.example, "https://blåbær.example:8443/sti"]
                oldCertificates: [old.pem]
                newCertificates: [new.pem]
                milestones: {published: 2027-01-11, parallelFrom: 2027-07-01, oldOff: "2027-07-02T08:00:00+02:00"}
            """).services())
                .containsExactly(new Service(
                        "portal",
                        "test",
                        "messages",
                        Set.of(HerId.parse("1").orElseThrow(), HerId.parse("2").orElseThrow()),
                        List.of(TlsUrl.parse("https://gammel.example")),
                        List.of(TlsUrl.parse("https://ny.example"), TlsUrl.parse("https://blåbær.example:8443/sti")),
                        List.of(folder.resolve("old.pem")),
                        List.of(folder.resolve("new.pem")),
                        // A day begins at midnight in Norway, in winter and in summer.
                        new Milestones(
                                Optional.of(Instant.parse("2027-01-10T23:00:00Z")),
                                Optional.of(Instant.parse("2027-06-30T22:00:00Z")),
                                Optional.of(Instant.parse("2027-07-02T06:00:00Z")))));
    }

    @Test
    void withoutServices_thereAreNone() throws Exception {
        assertThat(written.loaded("").services()).isEmpty();
    }

    @Test
    void mistakes_areToldWithTheirPlaces() throws Exception {
        assertThat(written.mistakesIn(PARTIES + """
            services:
              - {name: a/b, kind: other, oldUrl: "http://a.example", newUrl: [https://b.example, "https://x@c.example"]}
              - {name: b, kind: messages, parties: [3], milestones: {oldOff: tomorrow}}
              - {name: c, kind: messages, parties: []}
              - {name: c, kind: direct, parties: [1]}
            """))
                .containsExactly(
                        "6:12: services[0].name: expected at most 64 letters, digits, '.', '_' and '-', beginning with"
                                + " a letter or digit, found 'a/b'",
                        "6:23: services[0].kind: expected one of messages, direct, found 'other'",
                        "6:38: services[0].oldUrl: expected an address such as https://tjeneste.example, found"
                                + " 'http://a.example'",
                        "6:86: services[0].newUrl: expected an address without user information (name@)",
                        "7:41: services[1].parties: expected HER-ids that stand under parties, found '3'",
                        "7:57: services[1].milestones.published: expected it, oldCertificates or newCertificates, to"
                                + " tell the new certificate from the old, found none of them",
                        "7:66: services[1].milestones.oldOff: expected a day such as 2027-03-01, which begins at"
                                + " midnight in Norway, or an instant such as 2027-03-01T08:00:00+01:00, found"
                                + " 'tomorrow'",
                        "8:40: services[2].parties: expected the HER-ids of the service, found none",
                        "9:5: services[3].newUrl: expected oldUrl, newUrl, oldCertificates or newCertificates, found"
                                + " none of them",
                        "9:12: services[3].name: expected each name once, found c again",
                        "9:38: services[3].parties: expected HER-ids with the kind messages alone");
    }

    @Test
    void milestones_areInTheirOrder() throws Exception {
        assertThat(written.mistakesIn(PARTIES + """
            services:
              - {name: a, kind: messages, parties: [1], milestones: {published: 2027-01-11, parallelFrom: 2027-01-10}}
              - {name: b, kind: messages, parties: [2], milestones: {published: 2027-01-11, oldOff: 2027-01-10}}
            """))
                .hasSize(2)
                .allMatch(mistake -> mistake.contains(
                        "expected a time after published (2027-01-10T23:00:00Z), found" + " 2027-01-09T23:00:00Z"));
    }

    @Test
    void party_isInOneService() throws Exception {
        assertThat(written.mistakesIn(PARTIES + """
            services:
              - {name: a, kind: messages, parties: [1]}
              - {name: b, kind: messages, parties: [2, 1]}
            """))
                .containsExactly("7:40: services[1].parties: expected each party in one service, found 1 in a too");
    }

    @Test
    void whatDoesNothing_isWarnedAbout() throws Exception {
        assertThat(written.warnings(PARTIES + """
            services:
              - {name: a, kind: messages, parties: [1], environment: test, newCertificates: [missing.pem]}
            """))
                .containsExactly(
                        "6:58: services[0].environment: the service is in test and this file is for production, so that"
                                + " it is probed and its milestones do nothing",
                        "6:82: services[0].newCertificates: expected certificates in " + folder.resolve("missing.pem")
                                + ", found nothing there");
    }
}
