package no.sertsynk.validation.revocation;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;

/** Where revocation lists come from. Safe for threads; a list is fetched once, however many ask for it. */
public interface CrlSource {
    /**
     * Lists that may speak of the certificate. Called only for certificates whose signature was verified: an address in
     * another must not be followed.
     */
    Lists listsFor(X509Certificate certificate);

    /** Every list there is without fetching, for the engine to choose from. */
    List<X509CRL> all();

    /** A list and where it came from. */
    record SourcedCrl(X509CRL crl, String source) {}

    /**
     * @param problems why lists that should be there are not, one line each
     */
    record Lists(List<SourcedCrl> crls, List<String> problems) {
        public Lists {
            crls = List.copyOf(crls);
            problems = List.copyOf(problems);
        }
    }

    /** Has no lists. */
    static CrlSource none() {
        return FileCrls.of(List.of());
    }
}
