package no.sertsynk.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import no.sertsynk.config.Configuration.Network;
import org.junit.jupiter.api.Test;

class NetworkReaderTest extends WrittenConfiguration {
    @Test
    void defaults_areADirectWayOut() throws Exception {
        assertThat(written.loaded("").network()).isEqualTo(new Network(Optional.empty(), List.of(), Optional.empty()));
    }

    @Test
    void everyKey_isMapped() throws Exception {
        assertThat(written.loaded("network: {proxy: \"http://proxy.example:8080\", noProxy: [a.no, b.no], caFile:"
                                + " ca.pem}\n")
                        .network())
                .isEqualTo(new Network(
                        Optional.of(URI.create("http://proxy.example:8080")),
                        List.of("a.no", "b.no"),
                        Optional.of(folder.resolve("ca.pem"))));
    }

    @Test
    void mistakes_areToldWithTheirPlaces() throws Exception {
        assertThat(written.mistakesIn("network:\n  proxy: \"http://me:pass@proxy:1\"\n  noProxy: a.no\n  cafile: x\n"))
                .containsExactly(
                        "5:10: network.proxy: expected an address that begins with http://, found"
                                + " 'http://me:pass@proxy:1'",
                        "6:12: network.noProxy: expected a list, found 'a.no'",
                        "7:3: network.cafile: unknown key; did you mean 'caFile'?");
    }
}
