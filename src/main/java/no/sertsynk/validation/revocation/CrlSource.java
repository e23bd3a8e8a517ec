package no.sertsynk.validation.revocation;

import java.security.cert.X509Certificate;
import java.util.List;

/** Where revocation lists come from. Safe for threads; a list is fetched once, however many ask for it. */
public sealed interface CrlSource permits FileCrls, FetchedCrls {
    /**
     * Lists that may speak of the certificate. Called only for certificates whose signature was verified: an address in
     * another must not be followed.
     *
     * @param authorities who may have signed the lists, the certificate's issuer first
     */
    Lists listsFor(X509Certificate certificate, List<X509Certificate> authorities);

    /** Lists that are at hand without asking anybody and may speak of the certificate, however old. */
    List<KnownList> atHand(X509Certificate certificate);

    /** Every list there is without fetching, for the full processing to choose from. */
    List<KnownList> all();

    /** @param problems why lists that should be there are not, one line each */
    record Lists(List<KnownList> lists, List<String> problems) {
        public Lists {
            lists = List.copyOf(lists);
            problems = List.copyOf(problems);
        }
    }

    /** Has no lists. */
    static CrlSource none() {
        return FileCrls.of(List.of());
    }
}
