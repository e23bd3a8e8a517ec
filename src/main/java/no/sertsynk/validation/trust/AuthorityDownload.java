package no.sertsynk.validation.trust;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import no.sertsynk.model.MalformedCertificateException;
import no.sertsynk.model.PartnerCertificate;
import no.sertsynk.validation.TrustFiles;
import no.sertsynk.validation.fetch.Fetcher;
import no.sertsynk.validation.fetch.Fetcher.Answer;
import no.sertsynk.validation.fetch.Fetcher.Request;

/**
 * Gets certificates of pinned authorities from where they are published, by plain HTTP: the fingerprint alone decides
 * whether an answer is taken.
 */
public final class AuthorityDownload {
    /** Some authorities answer with a bundle; none with more. */
    private static final int MAX_BYTES = 256 * 1024;

    private final Fetcher fetcher;

    public AuthorityDownload(Fetcher fetcher) {
        this.fetcher = fetcher;
    }

    /** What came of it. */
    public sealed interface Outcome {
        /** The pinned certificate. */
        record Found(PartnerCertificate certificate) implements Outcome {}

        /** @param problems for each address that was asked, one line */
        record Missing(List<String> problems) implements Outcome {
            public Missing {
                problems = List.copyOf(problems);
            }
        }
    }

    /** Asks the authority's addresses in turn until one answers with the pinned certificate. */
    public Outcome get(PinnedAuthority authority) {
        List<String> problems = new ArrayList<>();
        for (URI address : authority.addresses()) {
            switch (fetcher.fetch(Request.get(address, MAX_BYTES))) {
                case Answer.Content(byte[] bytes, var version) -> {
                    Outcome outcome = judge(authority, bytes);
                    if (outcome instanceof Outcome.Missing(List<String> refusals)) {
                        refusals.forEach(refusal -> problems.add(address + ": " + refusal));
                    } else {
                        return outcome;
                    }
                }
                case Answer.Unchanged() -> problems.add(address + ": an answer without content");
                case Answer.Failure(String why) -> problems.add(address + ": " + why);
            }
        }
        return new Outcome.Missing(problems);
    }

    private static Outcome judge(PinnedAuthority authority, byte[] answer) {
        List<PartnerCertificate> certificates;
        try {
            certificates = TrustFiles.certificates(answer);
        } catch (MalformedCertificateException e) {
            return new Outcome.Missing(List.of("refused: " + e.reason().message()));
        }
        for (PartnerCertificate certificate : certificates) {
            if (certificate.sha256().equals(authority.sha256())) {
                return new Outcome.Found(certificate);
            }
        }
        List<String> found = certificates.stream()
                .map(certificate -> certificate.sha256() + " (" + certificate.subject() + ")")
                .toList();
        return new Outcome.Missing(List.of("refused: expected the certificate with SHA-256 " + authority.sha256()
                + ", found " + (found.isEmpty() ? "no certificate" : String.join(", ", found))));
    }
}
