package no.sertsynk.validation.revocation;

import java.time.Clock;
import no.sertsynk.validation.fetch.Fetcher;

/**
 * Where revocation is asked for over the network.
 *
 * @param cache what is kept from run to run
 * @param clock of when something was fetched; what must be valid when is another matter
 */
public record OnlineSources(Fetcher fetcher, RevocationCache cache, Clock clock) {}
