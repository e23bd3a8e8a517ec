package no.sertsynk.config;

import java.nio.file.Path;
import java.util.Optional;
import no.sertsynk.config.Configuration.Admin;
import no.sertsynk.config.Configuration.Tls;

/** Reads {@code admin}: where the background service is talked to. */
final class AdminReader {
    private static final String DEFAULT_LISTEN = "127.0.0.1:8474";

    private AdminReader() {}

    /** @param state the folder where the token lies by default */
    static Optional<Admin> read(Section section, Values values, Path state) {
        String listen = section.text("listen").orElse(DEFAULT_LISTEN);
        Optional<Tls> tls = tls(section.section("tls"), values);
        boolean usable = isUsable(section, listen, section.has("tls"));
        Path tokenFile = values.path(section, "tokenFile").orElse(state.resolve("admin.token"));
        var names = Hosts.read(section, "names");
        section.finish();
        return usable
                ? Optional.of(new Admin(Hosts.host(listen), Hosts.port(listen), tokenFile, tls, names))
                : Optional.empty();
    }

    private static Optional<Tls> tls(Section section, Values values) {
        Optional<Path> certificate = values.path(section, "certificateFile");
        Optional<Path> key = values.path(section, "keyFile");
        if (section.isPresent()) {
            section.require("certificateFile", "keyFile");
        }
        section.finish();
        return certificate.flatMap(chain -> key.map(found -> new Tls(chain, found)));
    }

    private static boolean isUsable(Section section, String listen, boolean tls) {
        boolean usable = tls ? Hosts.isHostWithPort(listen) : Hosts.isLoopbackWithPort(listen);
        if (!usable) {
            section.mistake(
                    "listen",
                    (tls
                                    ? "expected an address and a port such as 127.0.0.1:8474"
                                    : "expected a loopback address and a port such as 127.0.0.1:8474, since a token is"
                                            + " sent without TLS (admin.tls)")
                            + ", found '" + listen + "'");
        }
        return usable;
    }
}
