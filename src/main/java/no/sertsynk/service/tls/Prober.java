package no.sertsynk.service.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;

/**
 * Looks at TLS services as three kinds of clients would see them: one that sends the right server name, one that sends none,
 * and one that sends another. Safe for threads.
 */
public final class Prober {
    private static final String TLS13 = "TLSv1.3";
    private static final String TLS12 = "TLSv1.2";
    private static final Duration REFUSAL_WAIT = Duration.ofSeconds(1);

    private final Setting setting;
    private final Dialer dialer;

    public Prober(Setting setting) {
        this.setting = setting;
        this.dialer = new Dialer(setting.proxies(), setting.limit());
    }

    /**
     * What every probe has in common.
     *
     * @param limit for each handshake, connecting included
     * @param keystores what is compared with what services present
     */
    public record Setting(
            Clock clock,
            Duration limit,
            ProxyRule proxies,
            ServerTrust trust,
            ClientIdentity identity,
            List<HostKeystore> keystores) {
        public Setting {
            keystores = List.copyOf(keystores);
        }
    }

    /**
     * One service to look at.
     *
     * @param connect where to connect in place of the address
     * @param otherName the name of somebody else
     */
    public record Target(TlsUrl url, Optional<HostPort> connect, String otherName, Expectation expected) {}

    /** Looks; takes about as long as one handshake may. */
    public ProbeReport probe(Target target) {
        TlsUrl url = target.url();
        Optional<String> name = url.serverName();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Attempt> without = threads.submit(() -> attempt(target, Optional.empty(), List.of(TLS13, TLS12)));
            Future<Attempt> other =
                    threads.submit(() -> attempt(target, Optional.of(target.otherName()), List.of(TLS13, TLS12)));
            Attempt withSni = name.isPresent()
                    ? attempt(target, name, List.of(TLS13, TLS12))
                    : Attempt.failed(
                            name,
                            Reason.of(
                                    ReasonCode.WRONG_NAME,
                                    "expected a name that can be sent, found the address "
                                            + url.at().host()));
            Attempt withoutSni = await(without);
            Attempt seen = name.isPresent() ? withSni : withoutSni;
            List<String> versions = versions(target, seen);
            ProbeJudge judge = new ProbeJudge(
                    setting.trust(), target.expected(), setting.clock().instant());
            return new ProbeReport(
                    url,
                    withSni,
                    withoutSni,
                    await(other),
                    versions,
                    setting.keystores().stream()
                            .map(keystore -> keystore.fit(seen.chain()))
                            .toList(),
                    judge.effect(url, withSni, withoutSni),
                    judge.reasons(url, seen));
        }
    }

    private static Attempt await(Future<Attempt> attempt) {
        try {
            return attempt.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an attempt tells failures as values", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Attempt.failed(Optional.empty(), Reason.of(ReasonCode.CONNECTION_FAILED, "interrupted"));
        }
    }

    /** A server chooses the newest version that both have; whether it has the older one too takes a second handshake. */
    private List<String> versions(Target target, Attempt seen) {
        List<String> versions = new ArrayList<>();
        seen.tlsVersion().ifPresent(versions::add);
        if (versions.contains(TLS13)
                && attempt(target, target.url().serverName(), List.of(TLS12))
                        .tlsVersion()
                        .isPresent()) {
            versions.add(TLS12);
        }
        return versions;
    }

    private Attempt attempt(Target target, Optional<String> name, List<String> versions) {
        Onlooker onlooker = new Onlooker();
        ClientIdentity.Asked identity = setting.identity().forHandshake();
        SSLEngine engine = engine(onlooker, identity, name, versions);
        try (Wire wire = dialer.dial(target.connect().orElse(target.url().at()))) {
            Handshake handshake = new Handshake(engine, wire, new byte[0]);
            try {
                handshake.run();
                if (identity.isAsked()) {
                    handshake.awaitRefusal(REFUSAL_WAIT);
                }
                return seen(name, engine, onlooker, identity, Optional.empty());
            } catch (IOException e) {
                return seen(name, engine, onlooker, identity, Optional.of(AttemptFailure.of(e, wire.first())));
            } catch (TlsException e) {
                return seen(name, engine, onlooker, identity, Optional.of(e.reason()));
            } finally {
                handshake.close();
            }
        } catch (TlsException e) {
            return Attempt.failed(name, e.reason());
        }
    }

    private static Attempt seen(
            Optional<String> name,
            SSLEngine engine,
            Onlooker onlooker,
            ClientIdentity.Asked identity,
            Optional<Reason> error) {
        List<PartnerCertificate> chain = new ArrayList<>();
        try {
            for (X509Certificate certificate : onlooker.chain()) {
                chain.add(PartnerCertificate.of(certificate));
            }
        } catch (MalformedCertificateException e) {
            return Attempt.failed(name, e.reason());
        }
        // Before a version is agreed on, the session has a made-up one.
        String version = engine.getSession().getProtocol();
        boolean isAgreed = !chain.isEmpty() && version.startsWith("TLS");
        return new Attempt(
                name,
                chain,
                isAgreed && error.isEmpty() ? Optional.of(version) : Optional.empty(),
                isAgreed && error.isEmpty() ? Optional.of(engine.getSession().getCipherSuite()) : Optional.empty(),
                identity.isAsked(),
                error);
    }

    private static SSLEngine engine(
            Onlooker onlooker, ClientIdentity.Asked identity, Optional<String> name, List<String> versions) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {identity}, new TrustManager[] {onlooker}, null);
            // Without a host, so that neither a name nor an earlier session is used behind our back.
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(true);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setServerNames(name.map(text -> List.<javax.net.ssl.SNIServerName>of(
                            new SNIHostName(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII))))
                    .orElse(List.of()));
            parameters.setProtocols(versions.toArray(String[]::new));
            engine.setSSLParameters(parameters);
            return engine;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform must have TLS", e);
        }
    }

    /** Looks at several at once, and tells of them in their order. */
    public List<ProbeReport> probe(List<Target> targets) {
        try (ExecutorService threads = Executors.newFixedThreadPool(
                8, Thread.ofVirtual().name("probe-", 0).factory())) {
            List<Callable<ProbeReport>> calls = targets.stream()
                    .map(target -> (Callable<ProbeReport>) () -> probe(target))
                    .toList();
            List<ProbeReport> reports = new ArrayList<>();
            for (Future<ProbeReport> report : threads.invokeAll(calls)) {
                reports.add(report.get());
            }
            return reports;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a probe tells failures as values", e);
        }
    }
}
