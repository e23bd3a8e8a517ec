/**
 * Gets what addresses in certificates point to, within an allow-list and within limits of size, time and number. Knows
 * nothing of what the bytes mean.
 */
@NullMarked
package no.sertsynk.validation.fetch;

import org.jspecify.annotations.NullMarked;
