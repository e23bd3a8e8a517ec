package no.sertsynk.service.tls;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.model.Reason;
import no.sertsynk.model.ReasonCode;

/** Judges what services presented. Asks nobody. */
final class ProbeJudge {
    private final ServerTrust trust;
    private final Expectation expected;
    private final Instant now;

    ProbeJudge(ServerTrust trust, Expectation expected, Instant now) {
        this.trust = trust;
        this.expected = expected;
        this.now = now;
    }

    SniEffect effect(TlsUrl url, Attempt withSni, Attempt withoutSni) {
        if (url.serverName().isEmpty()) {
            return withoutSni.error().isEmpty() ? SniEffect.NUMERIC : failed(withoutSni);
        }
        if (withSni.error().isPresent()) {
            return withoutSni.error().isEmpty() && !withSni.isClientRefused()
                    ? SniEffect.ONLY_WITHOUT
                    : failed(withSni);
        }
        return isAsGood(url, withSni, withoutSni) ? SniEffect.BOTH : SniEffect.ONLY_WITH;
    }

    private static SniEffect failed(Attempt attempt) {
        return attempt.isClientRefused() ? SniEffect.CLIENT_REFUSED : SniEffect.NONE;
    }

    /** Servers with several certificates for one name may show either of them. */
    private boolean isAsGood(TlsUrl url, Attempt withSni, Attempt withoutSni) {
        if (withoutSni.error().isPresent()) {
            return false;
        }
        if (withoutSni.certificate().equals(withSni.certificate())) {
            return true;
        }
        Optional<PartnerCertificate> shown = withoutSni.certificate();
        return shown.isPresent()
                && ServerNames.cover(shown.get().x509(), url.at())
                && certificate(url, withoutSni).isEmpty();
    }

    /** What is wrong with a service as its clients see it. */
    List<Reason> reasons(TlsUrl url, Attempt seen) {
        if (seen.error().isPresent()) {
            return List.of(seen.error().get());
        }
        return certificate(url, seen);
    }

    private List<Reason> certificate(TlsUrl url, Attempt seen) {
        List<Reason> reasons = new ArrayList<>();
        if (seen.chain().isEmpty()) {
            return List.of(Reason.of(
                    ReasonCode.MALFORMED_CERTIFICATE, "expected a certificate from " + url.at() + ", found none"));
        }
        PartnerCertificate shown = seen.chain().getFirst();
        if (now.isAfter(shown.notAfter())) {
            reasons.add(Reason.of(
                    ReasonCode.EXPIRED,
                    "expected a certificate that is valid now, found one that ended " + shown.notAfter()
                            + "; the service must renew it"));
        }
        if (now.isBefore(shown.notBefore())) {
            reasons.add(Reason.of(
                    ReasonCode.NOT_YET_VALID,
                    "expected a certificate that is valid now, found one that begins " + shown.notBefore()
                            + "; is the clock of this host right?"));
        }
        if (!ServerNames.cover(shown.x509(), url.at())) {
            List<String> names = ServerNames.of(shown.x509());
            reasons.add(Reason.of(
                    ReasonCode.WRONG_NAME,
                    "expected a certificate for " + url.at().host() + ", found one for "
                            + (names.isEmpty() ? "no host (" + shown.subject() + ")" : String.join(", ", names))));
        }
        expected.refusal(shown).ifPresent(reasons::add);
        if (expected.wanted().isEmpty() && !isOutOfTime(reasons)) {
            // A certificate out of its time fails every path; that it has ended says all.
            List<X509Certificate> chain =
                    seen.chain().stream().map(PartnerCertificate::x509).toList();
            trust.refusal(chain, now)
                    .ifPresent(why -> reasons.add(Reason.of(
                            ReasonCode.UNTRUSTED, "expected a certificate that this host trusts, found: " + why)));
        }
        return reasons;
    }

    private static boolean isOutOfTime(List<Reason> reasons) {
        return reasons.stream()
                .anyMatch(reason -> reason.code() == ReasonCode.EXPIRED || reason.code() == ReasonCode.NOT_YET_VALID);
    }
}
