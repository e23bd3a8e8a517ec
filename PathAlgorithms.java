package no.sertsynk.validation.profile;

import java.security.cert.X509Certificate;
import java.util.List;
import no.sertsynk.model.Reason;

/** Which keys and signatures are strong enough, in a leaf and in what is above it below the anchor. Pure. */
@FunctionalInterface
public interface PathAlgorithms {
    /** What is too weak in a path, which has the leaf first and no anchor; empty if nothing is. */
    List<Reason> problems(List<X509Certificate> path);

    /** Everything is strong enough that the engine takes. */
    static PathAlgorithms any() {
        return path -> List.of();
    }

    /** RSA from that many bits, curves from 256 bits, no DSA; signatures with SHA-256 or better. */
    static PathAlgorithms strong(int minimumRsaBits) {
        return new StrongAlgorithms(minimumRsaBits);
    }
}
