package no.sertsynk.keystore.format;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import no.sertsynk.keystore.KeystoreChange;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.model.PartnerCertificate;

/** What of a change is still to be done in a keystore as it is now, and whether it may be done at all. */
public final class DueChange {
    private static final int MAX_ALIAS_LENGTH = 256;

    private final Holdings holdings;
    private final Set<String> foreign = new HashSet<>();
    private final Map<String, String> spelling = new HashMap<>();

    private DueChange(Holdings holdings) {
        this.holdings = holdings;
        holdings.foreignAliases().forEach(alias -> foreign.add(fold(alias)));
        holdings.certificateAliases().forEach(alias -> spelling.put(fold(alias), alias));
    }

    /**
     * The part of the change that makes a difference; empty if none does. An alias that is both put and removed is put.
     *
     * @throws KeystoreException if an alias belongs to an entry that is not a certificate alone, or to one that differs
     *     only in case, which Java clients could not tell apart
     */
    public static KeystoreChange of(Holdings holdings, KeystoreChange change) throws KeystoreException {
        return new DueChange(holdings).due(change);
    }

    private KeystoreChange due(KeystoreChange change) throws KeystoreException {
        Map<String, PartnerCertificate> put = new HashMap<>();
        for (Map.Entry<String, PartnerCertificate> entry : change.put().entrySet()) {
            requireWritable(entry.getKey());
            requireFree(entry.getKey());
            Optional<ByteBuffer> asked =
                    Optional.of(ByteBuffer.wrap(entry.getValue().der()));
            if (!holdings.certificate(entry.getKey()).equals(asked)) {
                put.put(entry.getKey(), entry.getValue());
            }
        }
        Set<String> remove = new HashSet<>();
        for (String alias : change.remove()) {
            requireFree(alias);
            if (holdings.certificate(alias).isPresent() && !change.put().containsKey(alias)) {
                remove.add(alias);
            }
        }
        return new KeystoreChange(put, remove);
    }

    /** Lower-case ASCII without blanks is the same name in every format and for every client. */
    private static void requireWritable(String alias) throws KeystoreException {
        boolean fits = !alias.isEmpty() && alias.length() <= MAX_ALIAS_LENGTH;
        for (int i = 0; fits && i < alias.length(); i++) {
            char c = alias.charAt(i);
            fits = c > ' ' && c < 0x7f && !(c >= 'A' && c <= 'Z');
        }
        if (!fits) {
            throw new KeystoreException("an alias must be lower-case ASCII without blanks, at most " + MAX_ALIAS_LENGTH
                    + " characters, found '" + alias + "': change the alias template");
        }
    }

    private void requireFree(String alias) throws KeystoreException {
        String folded = fold(alias);
        Optional<ByteBuffer> there = holdings.certificate(alias);
        if (foreign.contains(folded)
                || there.isPresent() && Certificates.parse(there.get()).isEmpty()) {
            throw new KeystoreException(conflict(alias));
        }
        String spelled = spelling.getOrDefault(folded, alias);
        if (!spelled.equals(alias)) {
            throw new KeystoreException("the alias " + alias + " is taken by an entry spelled " + spelled
                    + ", which Java clients cannot tell apart: rename that entry or change the alias template");
        }
    }

    private String conflict(String alias) {
        boolean key = holdings.contents().keyAliases().stream()
                .anyMatch(taken -> fold(taken).equals(fold(alias)));
        return "the alias " + alias + " is taken by "
                + (key ? "a private key" : "an entry that is not one trusted certificate alone")
                + ", nothing was written: rename that entry or change the alias template";
    }

    private static String fold(String alias) {
        return alias.toLowerCase(Locale.ENGLISH);
    }
}
