package no.sertsynk.validation.revocation;

import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import no.sertsynk.model.Sha256;
import no.sertsynk.validation.fetch.Fetcher.Version;

/**
 * A list at hand. Its DER stays where it is until it is wanted, since the entries of a plain list answer without it.
 *
 * @param entries of a plain list; empty for another
 * @param signer the key that is known to have signed it (X.509 SubjectPublicKeyInfo); empty if none was found yet
 * @param origin where it came from and when
 */
public record KnownList(CrlHeader header, CrlEntries entries, Optional<Signer> signer, Origin origin, Der der) {
    /** Gives the DER again, the same as before or not at all. */
    @FunctionalInterface
    interface Der {
        byte[] read() throws IOException;
    }

    /** A public key, compared by its encoding. */
    record Signer(PublicKey key) {}

    /**
     * Where a list came from.
     *
     * @param source an address or a file
     * @param version what the server named it
     * @param fetchedAt when the source was last asked; empty for a file
     * @param fromCache whether it was kept from an earlier run and its source was not asked since
     */
    record Origin(String source, Version version, Optional<Instant> fetchedAt, boolean fromCache) {
        static Origin file(String file) {
            return new Origin(file, Version.NONE, Optional.empty(), false);
        }
    }

    KnownList withOrigin(Origin changed) {
        return new KnownList(header, entries, signer, changed, der);
    }

    KnownList signedBy(PublicKey key) {
        return new KnownList(header, entries, Optional.of(new Signer(key)), origin, der);
    }

    /** Whether that key signed it; asks the DER only if another key is known to have, or none. */
    boolean isSignedBy(PublicKey key) {
        if (signer.isPresent() && signer.get().key().equals(key)) {
            return true;
        }
        try {
            return CrlReader.isSignedBy(der.read(), key);
        } catch (IOException e) {
            // Gone or changed since: then nobody can say who signed it.
            return false;
        }
    }

    /** Until when it counts for what it does not list. */
    Instant countsUntil(Duration maxStale) {
        return header.nextUpdate().orElse(header.thisUpdate()).plus(maxStale);
    }

    Evidence evidence(Duration maxStale) {
        return new Evidence(
                Evidence.Kind.CRL,
                origin.source(),
                header.thisUpdate(),
                header.nextUpdate(),
                origin.fetchedAt(),
                origin.fromCache(),
                countsUntil(maxStale),
                header.sha256());
    }

    /** A list in those bytes, which are kept. */
    static KnownList of(byte[] der, Origin origin) throws IOException {
        return of(der, origin, () -> der);
    }

    /** @param again gives the same bytes when they are wanted again */
    static KnownList of(byte[] der, Origin origin, Der again) throws IOException {
        CrlReader.Content content = CrlReader.read(der);
        return new KnownList(content.header(), content.entries(), Optional.empty(), origin, again);
    }

    /** The bytes if they are still those of that digest. */
    static byte[] verified(byte[] der, Sha256 expected, String where) throws IOException {
        if (!Sha256.of(der).equals(expected)) {
            throw new IOException(
                    "expected the list with the SHA-256 " + expected + " in " + where + ", found another");
        }
        return der;
    }
}
