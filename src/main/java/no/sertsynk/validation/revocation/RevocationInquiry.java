package no.sertsynk.validation.revocation;

import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import no.sertsynk.model.DistinguishedNames;
import no.sertsynk.model.Sha256;
import no.sertsynk.validation.TrustStore;
import no.sertsynk.validation.ValidationSettings;
import no.sertsynk.validation.revocation.RevocationSettings.Method;
import no.sertsynk.validation.revocation.RevocationStatus.Good;
import no.sertsynk.validation.revocation.RevocationStatus.Revoked;
import no.sertsynk.validation.revocation.RevocationStatus.Unknown;

/**
 * Asks lists and responders in the configured order until one knows. Something fresh goes before something stale that
 * still counts; and a list's word that a certificate is revoked is final, unless that is on hold.
 */
final class RevocationInquiry implements RevocationCheck {
    private final TrustStore trust;
    private final Instant at;
    private final Duration maxStale;
    private final RevocationSettings rules;
    private final CrlSource lists;
    private final Responders responders;
    private final PlainListCheck plain;
    /** Saves work: the objects that the full processing wants. */
    private final Map<Sha256, X509CRL> parsed = new ConcurrentHashMap<>();

    RevocationInquiry(
            TrustStore trust,
            ValidationSettings settings,
            RevocationSettings rules,
            CrlSource lists,
            Responders responders) {
        this.trust = trust;
        this.at = settings.at();
        this.maxStale = settings.maxStale();
        this.rules = rules;
        this.lists = lists;
        this.responders = responders;
        this.plain = new PlainListCheck(at, maxStale, rules.clockSkew());
    }

    /** Who answers about single certificates. */
    @FunctionalInterface
    interface Responders {
        /** @param revoked whether the issuer's lists at hand hold that serial number */
        RevocationStatus ask(X509Certificate certificate, X509Certificate issuer, Predicate<BigInteger> revoked);
    }

    @Override
    public PathRevocation check(List<X509Certificate> path, X509Certificate anchor) {
        List<X509Certificate> authorities = new ArrayList<>(path);
        authorities.add(anchor);
        RevocationStatus[] statuses = new RevocationStatus[path.size()];
        Set<String> warnings = new LinkedHashSet<>();
        // From the anchor down: the word of a revoked issuer counts for nothing.
        for (int i = path.size() - 1; i >= 0; i--) {
            statuses[i] = status(path.get(i), authorities.subList(i + 1, authorities.size()), warnings);
            if (statuses[i] instanceof Revoked) {
                Arrays.fill(statuses, 0, i, new Unknown(List.of("its issuer is revoked")));
                break;
            }
        }
        return new PathRevocation(Arrays.asList(statuses), List.copyOf(warnings));
    }

    private RevocationStatus status(
            X509Certificate certificate, List<X509Certificate> authorities, Set<String> warnings) {
        X509Certificate issuer = authorities.getFirst();
        if (rules.ended().stream().anyMatch(ended -> ended.covers(issuer, at))) {
            return afterTheEnd(certificate, authorities, warnings);
        }
        List<String> why = new ArrayList<>();
        Optional<RevocationStatus> fallback = Optional.empty();
        for (Method method : rules.order()) {
            RevocationStatus found = ask(method, certificate, authorities, why);
            if (isFinal(found)) {
                return found;
            }
            if (found instanceof Unknown(List<String> causes)) {
                why.addAll(causes);
            } else if (fallback.isEmpty()) {
                fallback = Optional.of(found);
            }
        }
        if (fallback.isPresent()) {
            warnings.add(
                    "expected fresh news of whether " + DistinguishedNames.text(certificate.getSubjectX500Principal())
                            + " is revoked, found what counts a while longer only; " + String.join("; ", why));
            return fallback.get();
        }
        why.add("see that these addresses can be reached, or say under revocation.ended that "
                + DistinguishedNames.text(issuer.getSubjectX500Principal()) + " revokes no more");
        return new Unknown(why);
    }

    private RevocationStatus ask(
            Method method, X509Certificate certificate, List<X509Certificate> authorities, List<String> why) {
        return switch (method) {
            case CRL -> byLists(certificate, authorities, lists.listsFor(certificate, signers(authorities)), why);
            case OCSP -> responders.ask(certificate, authorities.getFirst(), serial -> isListed(serial, certificate));
        };
    }

    private List<X509Certificate> signers(List<X509Certificate> authorities) {
        List<X509Certificate> signers = new ArrayList<>(authorities);
        signers.addAll(trust.intermediates());
        signers.addAll(trust.anchors());
        return signers;
    }

    private boolean isListed(BigInteger serial, X509Certificate certificate) {
        return lists.atHand(certificate).stream()
                .anyMatch(list -> list.header().issuer().equals(certificate.getIssuerX500Principal())
                        && list.entries().find(serial).isPresent());
    }

    private boolean isFinal(RevocationStatus found) {
        return switch (found) {
            case Good(List<Evidence> evidence) -> evidence.stream().noneMatch(this::isOverdue);
            case Revoked revoked -> !revoked.onHold() || !isOverdue(revoked.evidence());
            case Unknown unknown -> false;
        };
    }

    private boolean isOverdue(Evidence evidence) {
        return at.isAfter(evidence.nextUpdate().orElse(evidence.thisUpdate()).plus(skew(evidence)));
    }

    /** Answers are made as they are asked for, by clocks that differ from ours; lists live for long. */
    private Duration skew(Evidence evidence) {
        return evidence.kind() == Evidence.Kind.OCSP ? rules.clockSkew() : Duration.ZERO;
    }

    private RevocationStatus byLists(
            X509Certificate certificate, List<X509Certificate> authorities, CrlSource.Lists found, List<String> why) {
        Optional<KnownList> list = plain.listFor(certificate, authorities.getFirst(), found.lists());
        if (list.isPresent()) {
            why.addAll(found.problems());
            return plain.status(certificate, list.get());
        }
        // Lists that were handed over may be indirect and speak of it; those fetched for other issuers do not.
        boolean fetchFailed = found.lists().isEmpty() && !found.problems().isEmpty();
        boolean anyMaySpeak = lists.all().stream()
                .anyMatch(
                        other -> !fetchFailed || other.header().issuer().equals(certificate.getIssuerX500Principal()));
        if (!anyMaySpeak) {
            return new Unknown(
                    found.problems().isEmpty() ? List.of("no revocation list of its issuer") : found.problems());
        }
        why.addAll(found.problems());
        return byProcessing(certificate, authorities);
    }

    private RevocationStatus byProcessing(X509Certificate certificate, List<X509Certificate> authorities) {
        List<KnownList> all = lists.all();
        RevocationStatus now = processed(certificate, authorities, all, at);
        Optional<Instant> lastEnd = all.stream()
                .flatMap(list -> list.header().nextUpdate().stream())
                .filter(at::isAfter)
                .max(Comparator.naturalOrder());
        if (!(now instanceof Unknown) || lastEnd.isEmpty()) {
            return now;
        }
        // As the lists were judged when the last of them ended: what they revoke stays, the rest counts for a while.
        RevocationStatus then =
                processed(certificate, authorities, all, lastEnd.get().minusMillis(1));
        boolean counts = then instanceof Revoked
                || (then instanceof Good && !at.isAfter(lastEnd.get().plus(maxStale)));
        return counts ? then : now;
    }

    private RevocationStatus processed(
            X509Certificate certificate, List<X509Certificate> authorities, List<KnownList> all, Instant when) {
        List<Evidence> evidence = new ArrayList<>();
        List<X509CRL> crls = new ArrayList<>();
        for (KnownList list : all) {
            x509(list).ifPresent(crl -> {
                crls.add(crl);
                evidence.add(list.evidence(maxStale));
            });
        }
        if (crls.isEmpty()) {
            return new Unknown(List.of("no list that can be read"));
        }
        ListProcessing processing = new PkixListProcessing(trust);
        return switch (processing.judge(certificate, authorities, crls, when)) {
            case ListProcessing.Outcome.Good() -> new Good(evidence);
            case ListProcessing.Outcome.Unknown(String message) -> new Unknown(List.of(message));
            case ListProcessing.Outcome.Revoked(String message, boolean onHold) ->
                new Revoked(
                        "expected a certificate in force, found: " + message
                                + (onHold ? " (on hold; it may come back)" : ""),
                        onHold,
                        evidence.getFirst());
        };
    }

    private Optional<X509CRL> x509(KnownList list) {
        X509CRL known = parsed.get(list.header().sha256());
        if (known != null) {
            return Optional.of(known);
        }
        try {
            X509CRL read = CrlReader.x509(list.der().read());
            parsed.put(list.header().sha256(), read);
            return Optional.of(read);
        } catch (IOException e) {
            // Gone since it was read: as if it had not been there.
            return Optional.empty();
        }
    }

    /** The last list still revokes what it lists; of the others nothing is asked. */
    private RevocationStatus afterTheEnd(
            X509Certificate certificate, List<X509Certificate> authorities, Set<String> warnings) {
        X509Certificate issuer = authorities.getFirst();
        warnings.add("expected a revocation service of " + DistinguishedNames.text(issuer.getSubjectX500Principal())
                + ", found that it has ended, as the configuration says; nobody can tell whether its certificates are"
                + " revoked since");
        Optional<KnownList> last = plain.listFor(certificate, issuer, lists.atHand(certificate));
        return last.map(list -> plain.status(certificate, list))
                .filter(Revoked.class::isInstance)
                .orElse(new Good(
                        last.map(list -> list.evidence(maxStale)).stream().toList()));
    }
}
