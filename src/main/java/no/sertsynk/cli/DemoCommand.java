package no.sertsynk.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import no.sertsynk.app.UsageException;
import no.sertsynk.cli.Main.Context;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.sandbox.Sandbox;
import no.sertsynk.sandbox.Sandbox.Pair;
import no.sertsynk.sandbox.SandboxAuthority;
import no.sertsynk.sandbox.SandboxRest;
import no.sertsynk.sandbox.SandboxRestFault;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The whole story on an embedded register, directory and certificate authority. */
@Command(name = "demo", description = "Tells the whole story on an embedded register, directory and authority.")
final class DemoCommand implements Callable<Integer> {
    private static final HerId PARTY = new HerId(93238);
    private static final OrganizationNumber NUMBER = new OrganizationNumber("983544622");
    private static final String NAME = "Solbakken legekontor";
    private static final int MOST_PARTIES = 100_000;

    @ParentCommand
    private @Nullable RootCommand root;

    @Option(names = "--serve", description = "leave the servers running, with a configuration to try")
    private boolean serve;

    @Option(names = "--parties", paramLabel = "N", description = "how many parties; else 1, with --serve 3")
    private @Nullable Integer parties;

    @Option(
            names = "--delay",
            paramLabel = "MILLIS",
            defaultValue = "0",
            description = "with --serve: how much later each answer of register and directory comes")
    private int delay;

    @Option(
            names = "--source",
            paramLabel = "SOURCE",
            defaultValue = "soap",
            description = "with --serve: how the configuration reaches the register, soap or cpapi")
    private String source = "soap";

    @Option(
            names = "--fault",
            paramLabel = "FAULT",
            description = "with --serve: what is wrong with every answer of the REST service: slow, hang, 500, 503,"
                    + " truncated, garbage, nonce or expired")
    private @Nullable String fault;

    @Override
    public Integer call() throws IOException, InterruptedException, UsageException {
        RootCommand command = Objects.requireNonNull(root);
        Console console = command.console();
        int least = serve ? 0 : 1;
        int number = Objects.requireNonNullElse(parties, serve ? 3 : 1);
        if (number < least || number > MOST_PARTIES) {
            throw new UsageException("--parties: expected " + least + " to " + MOST_PARTIES + ", found " + number);
        }
        if (!source.equals("soap") && !source.equals("cpapi")) {
            throw new UsageException("--source: expected soap or cpapi, found " + source);
        }
        if (fault != null && SandboxRestFault.parse(fault).isEmpty()) {
            throw new UsageException(
                    "--fault: expected slow, hang, 500, 503, truncated, garbage, nonce or expired, found " + fault);
        }
        Path folder = Files.createTempDirectory("sertsynk-demo-");
        try (Sandbox sandbox = Sandbox.start(folder, command.context().clock())) {
            return serve
                    ? serve(sandbox, number, console)
                    : new Story(sandbox, command.context(), console).tell(number - 1);
        }
    }

    /** Serves until a signal ends the process (SIGINT, SIGTERM), with the exit code that the signal gives. */
    private int serve(Sandbox sandbox, int number, Console console) throws IOException, InterruptedException {
        SandboxRest rest = sandbox.startRest();
        sandbox.useSource(source);
        List<HerId> herIds = sandbox.populate(number);
        Optional.ofNullable(fault).flatMap(SandboxRestFault::parse).ifPresent(rest::fail);
        Path file = delay > 0 ? sandbox.configure(herIds, Duration.ofMillis(delay)) : sandbox.configure(herIds);
        console.out().println(file);
        console.out().flush();
        console.err().println(console.say("serving until stopped; try: sertsynk --config {0} sync", file));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            sandbox.close();
            console.err().println(console.say("stopped; the files remain in {0}", sandbox.folder()));
        }));
        new CountDownLatch(1).await();
        return ExitCodes.OK;
    }

    /** A rollover from beginning to end. */
    private static final class Story {
        private final Sandbox sandbox;
        private final Context context;
        private final Console console;
        private final Instant now;

        Story(Sandbox sandbox, Context context, Console console) {
            this.sandbox = sandbox;
            this.context = context;
            this.console = console;
            this.now = context.clock().instant();
        }

        /** @param others how many parties there are besides, with nothing new to tell of */
        int tell(int others) throws IOException {
            List<HerId> parties = new ArrayList<>(sandbox.populate(others));
            parties.addFirst(PARTY);
            Path configuration = sandbox.configure(parties);
            Pair old = sandbox.publishPair(NAME, NUMBER, now.minus(Duration.ofDays(700)));
            sandbox.register(PARTY, NAME, NUMBER, old.encryption(), old.signature());
            console.out().println(console.say("Everything lies in {0}", sandbox.folder()));
            int worst = chapter(
                    console.say("1. First sync: the register names two certificates, they are installed."),
                    configuration,
                    ExitCodes.OK);

            Pair renewed = sandbox.publishPair(NAME, NUMBER, now.minus(Duration.ofDays(1)));
            sandbox.register(PARTY, NAME, NUMBER, renewed.encryption(), renewed.signature());
            worst |= chapter(
                    console.say("2. The party registers new certificates: they are installed beside the old ones."),
                    configuration,
                    ExitCodes.OK);

            SandboxAuthority forger = SandboxAuthority.create(
                    "Sandkasse Class 3", now, Optional.of(sandbox.lists().url()));
            Pair forged = Sandbox.issuePair(forger, NAME, NUMBER, now.minus(Duration.ofHours(1)));
            sandbox.publish(forged.encryption());
            sandbox.register(PARTY, NAME, NUMBER, renewed.encryption(), renewed.signature(), forged.encryption());
            worst |= chapter(
                    console.say("3. A certificate of a forged authority of the same name turns up: it is refused."),
                    configuration,
                    ExitCodes.PROBLEM);

            sandbox.register(PARTY, NAME, NUMBER, renewed.encryption(), renewed.signature());
            sandbox.authority().revoke(old.encryption(), false);
            sandbox.authority().revoke(old.signature(), false);
            worst |= chapter(console.say("4. The old certificates are revoked: they go."), configuration, ExitCodes.OK);

            console.out().println();
            run("status", configuration);
            return worst;
        }

        private int chapter(String title, Path configuration, int expected) {
            console.out().println();
            console.out().println(title);
            int code = run("sync", configuration);
            if (code != expected) {
                console.err().println(console.say("expected exit code {0}, found {1}", expected, code));
                return ExitCodes.PROBLEM;
            }
            return ExitCodes.OK;
        }

        private int run(String command, Path configuration) {
            return Main.run(
                    new String[] {
                        "--config",
                        configuration.toString(),
                        "--lang",
                        console.language().id(),
                        "--color",
                        console.colour() ? "always" : "never",
                        command
                    },
                    context);
        }
    }
}
