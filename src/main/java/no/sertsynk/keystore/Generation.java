package no.sertsynk.keystore;

import java.time.Instant;

/**
 * A keystore file that was replaced and is kept.
 *
 * @param number what the caller of {@link Keystore#replace(KeystoreChange, int)} gave it; 0 is the file as sertsynk first
 *     found it
 * @param keptAt when, by the file system's clock
 */
public record Generation(int number, Instant keptAt) {}
