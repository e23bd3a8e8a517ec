package no.sertsynk.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdminReaderTest extends WrittenConfiguration {
    @Test
    void absent_isFine() throws Exception {
        assertThat(written.loaded("")).isNotNull();
    }

    @Test
    void everyKey_isKnown() throws Exception {
        assertThat(written.warnings("""
            services: []
            schedule: {cron: "0 0/15 * * * ?", jitter: 2m}
            admin: {listen: "127.0.0.1:8474", tokenFile: /var/lib/sertsynk/admin.token}
            """)).isEmpty();
        assertThat(written.loaded("admin: {listen: \"[::1]:0\"}\n")).isNotNull();
    }

    @Test
    void defaults_areFilledIn() throws Exception {
        Configuration configuration = written.loaded("");

        assertThat(configuration.schedule())
                .isEqualTo(new Configuration.Schedule("0 0/15 * * * ?", Duration.ofMinutes(2)));
        assertThat(configuration.admin().host()).isEqualTo("127.0.0.1");
        assertThat(configuration.admin().port()).isEqualTo(8474);
        assertThat(configuration.admin().tokenFile())
                .isEqualTo(configuration.state().resolve("admin.token"));
    }

    @Test
    void listeningBeyondLoopback_needsTls() throws Exception {
        assertThat(written.loaded("admin: {listen: \"[2001:db8::1]:443\", tls: {certificateFile: a.pem, keyFile:"
                                + " a.key}}\n")
                        .admin()
                        .host())
                .isEqualTo("2001:db8::1");
        assertThat(written.mistakesIn("admin: {listen: \"0.0.0.0:8474\", tls: {certificateFile: a.pem}}\n"))
                .singleElement()
                .asString()
                .contains("admin.tls.keyFile: expected this key");
    }

    @Test
    void mistakes_areToldWithTheirPlaces() throws Exception {
        assertThat(written.mistakesIn("""
            services: {}
            schedule: {cron: [a], jitter: 2, corn: b}
            admin: {listen: "0.0.0.0:8474", tokenfile: a}
            """))
                .containsExactly(
                        "4:11: services: expected a list, found keys with values",
                        "5:18: schedule.cron: expected one value, found a list",
                        "5:31: schedule.jitter: expected a duration such as 10s, 2m, 24h or 30d, found '2'",
                        "5:34: schedule.corn: unknown key; did you mean 'cron'?",
                        "6:17: admin.listen: expected a loopback address and a port such as 127.0.0.1:8474, since a"
                                + " token is sent without TLS (admin.tls), found '0.0.0.0:8474'",
                        "6:33: admin.tokenfile: unknown key; did you mean 'tokenFile'?");
        for (String listen : new String[] {"8474", "127.0.0.1", ":8474", "127.0.0.1:99999", "host.example:80"}) {
            assertThat(written.mistakesIn("admin: {listen: \"" + listen + "\"}\n"))
                    .hasSize(1);
        }
    }
}
