package no.sertsynk.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import no.sertsynk.app.UsageException;
import no.sertsynk.config.Durations;
import no.sertsynk.model.Escape;
import no.sertsynk.sandbox.SandboxIdentity;
import no.sertsynk.service.systemd.Signals;
import no.sertsynk.service.tls.ClientHello;
import no.sertsynk.service.tls.ClientSeen;
import no.sertsynk.service.tls.HostPort;
import no.sertsynk.service.tls.SniListener;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Tells of each client that connects whether it sends a server name. */
@Command(
        name = "sni-check",
        description = {
            "Waits for TLS clients, such as an EPJ system that is pointed at it for the moment, and tells of each"
                    + " whether",
            "it sends a server name (SNI) and what else it offers. The certificates that it shows are thrown away.",
            "Ends with 0 if all clients sent a server name, else with 1."
        })
final class SniCheckCommand implements Callable<Integer> {
    private static final Duration LIFE = Duration.ofDays(2);

    @ParentCommand
    private @Nullable RootCommand root;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            required = true,
            description = "where; port 0 for any free one")
    private String listen = "";

    @Option(names = "--count", paramLabel = "N", description = "end after so many connections; else there is no limit")
    private @Nullable Integer count;

    @Option(names = "--timeout", paramLabel = "D", description = "end after that time, such as 10m")
    private @Nullable String timeout;

    @Option(
            names = "--new-name",
            paramLabel = "NAME",
            description = "the name that the new certificate is for; new.localhost unless told otherwise")
    private String newName = "new.localhost";

    @Option(
            names = "--old-name",
            paramLabel = "NAME",
            description = "the name whose clients are shown the old certificate; old.localhost unless told otherwise")
    private String oldName = "old.localhost";

    @Option(names = "--json", description = "answer in JSON, a line for each connection")
    private boolean json;

    @Override
    public Integer call() throws UsageException, IOException {
        RootCommand command = Objects.requireNonNull(root);
        Console console = command.console();
        OptionalInt most = most();
        Optional<Duration> time = time();
        InetSocketAddress address = address();
        Teller teller = new Teller(console, json);
        Instant now = command.context().clock().instant();
        SniListener.Certificates certificates = new SniListener.Certificates(
                throwAway(newName, now).serverContext(), throwAway(oldName, now).serverContext(), oldName);
        boolean all;
        try (SniListener listener = open(address, certificates, teller);
                Signals.Watch watch = Signals.whileWaiting(listener::stop)) {
            console.err().println(console.say("listening on {0}; point the client there", listener.address()));
            console.err().flush();
            all = listener.run(most, time);
        }
        if (teller.seen() == 0 || most.isPresent() && teller.seen() < most.getAsInt()) {
            console.err().println(console.say("connections: {0}; nothing is known of other clients", teller.seen()));
        }
        return all ? ExitCodes.OK : ExitCodes.PROBLEM;
    }

    private SniListener open(InetSocketAddress address, SniListener.Certificates certificates, Teller teller)
            throws UsageException {
        try {
            return SniListener.open(
                    address,
                    certificates,
                    Objects.requireNonNull(root).context().clock(),
                    teller);
        } catch (IOException e) {
            throw new UsageException("--listen: nobody can listen on " + listen + ": " + e.getMessage());
        }
    }

    private static SandboxIdentity throwAway(String name, Instant now) throws UsageException {
        try {
            HostPort.parse(name + ":0");
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        return SandboxIdentity.selfSigned(List.of(name, "localhost"), now.minus(LIFE), now.plus(LIFE));
    }

    private OptionalInt most() throws UsageException {
        if (count != null && count < 1) {
            throw new UsageException("--count: expected 1 or more, found " + count);
        }
        return count == null ? OptionalInt.empty() : OptionalInt.of(count);
    }

    private Optional<Duration> time() throws UsageException {
        if (timeout == null) {
            return Optional.empty();
        }
        Optional<Duration> read = Durations.parse(timeout);
        if (read.isEmpty()) {
            throw new UsageException("--timeout: expected a duration such as 30s, 10m or 24h, found '" + timeout + "'");
        }
        return read;
    }

    private InetSocketAddress address() throws UsageException {
        try {
            HostPort read = HostPort.parse(listen);
            InetAddress host = read.literal().isPresent()
                    ? read.literal().get()
                    : read.host().equals("localhost")
                            ? InetAddress.ofLiteral("127.0.0.1")
                            : InetAddress.getByName(read.host());
            return new InetSocketAddress(host, read.port());
        } catch (IllegalArgumentException | IOException e) {
            throw new UsageException("--listen: " + e.getMessage());
        }
    }

    /** Tells of each client at once. */
    private static final class Teller implements SniListener.Audience {
        private final Console console;
        private final boolean json;
        private final AtomicInteger seen = new AtomicInteger();

        Teller(Console console, boolean json) {
            this.console = console;
            this.json = json;
        }

        int seen() {
            return seen.get();
        }

        @Override
        public void client(ClientSeen client) {
            seen.incrementAndGet();
            console.out().println(json ? json(client) : text(client));
            console.out().flush();
        }

        @Override
        public void handshake(ClientSeen client, Optional<String> failure) {
            if (console.verbosity() > 0) {
                console.err()
                        .println(
                                failure.isEmpty()
                                        ? console.say("{0}: the handshake came to its end", client.peer())
                                        : console.say(
                                                "{0}: the handshake failed: {1}",
                                                client.peer(), console.words(failure.get())));
            }
        }

        private static String json(ClientSeen client) {
            Optional<ClientHello> hello = client.hello();
            return Json.object(row -> row.put("at", client.at())
                    .put("peer", client.peer())
                    .put("clientHello", hello.isPresent())
                    .putOptional("sni", hello.flatMap(ClientHello::serverName))
                    .putTexts("tlsVersions", hello.map(ClientHello::tlsVersions).orElse(List.of()))
                    .putTexts("ciphers", hello.map(ClientHello::ciphers).orElse(List.of()))
                    .put("survives", client.survives())
                    .putTexts(
                            "applicationProtocols",
                            hello.map(ClientHello::applicationProtocols).orElse(List.of()))
                    .putOptional("shown", client.shown())
                    .putReasons("reasons", client.problem().stream().toList()));
        }

        private String text(ClientSeen client) {
            String start = client.at().truncatedTo(ChronoUnit.SECONDS) + "  " + client.peer() + "  ";
            if (client.hello().isEmpty()) {
                String problem = client.problem().map(console::reason).orElse("");
                return start + console.bad(console.say("no TLS client")) + "  " + problem;
            }
            ClientHello hello = client.hello().get();
            String offers = String.join(" ", hello.tlsVersions()) + ", "
                    + console.say("ciphers: {0}", hello.ciphers().size())
                    + (hello.applicationProtocols().isEmpty()
                            ? ""
                            : ", " + Escape.text(String.join(" ", hello.applicationProtocols())));
            String name = hello.serverName().map(Escape::text).orElse("");
            if (client.survives()) {
                return start + console.good(console.say("survives the switch")) + "  "
                        + console.say("sends the name {0}; {1}", name, offers);
            }
            String why = client.hasSentName()
                    ? console.say("sends the name {0}, but has no TLS 1.2; {1}; update it", name, offers)
                    : console.say("sends no server name; {0}; update or set it up so that it does", offers);
            return start + console.bad(console.say("will not survive the switch")) + "  " + why;
        }
    }
}
