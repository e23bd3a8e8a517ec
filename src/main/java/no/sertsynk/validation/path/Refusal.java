package no.sertsynk.validation.path;

import no.sertsynk.model.ReasonCode;

/**
 * Why the engine refused a path.
 *
 * @param index the place of the certificate it failed at, 0 for the path's first
 * @param found what was found wrong, in a few words
 */
record Refusal(int index, ReasonCode code, String found) {}
