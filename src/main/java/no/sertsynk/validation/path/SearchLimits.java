package no.sertsynk.validation.path;

import java.time.Duration;

/**
 * How much work one certificate may cause. Honest certificates need a handful of each; authorities that signed each other
 * in all directions could keep a search busy for ever.
 *
 * @param depth certificates in a path, without the anchor
 * @param steps from a certificate to a possible issuer
 * @param signatures checked while searching
 * @param paths handed to the engine
 * @param time for all of it
 */
record SearchLimits(int depth, int steps, int signatures, int paths, Duration time) {
    static final SearchLimits USUAL = new SearchLimits(128, 50_000, 2_000, 500, Duration.ofSeconds(10));
}
