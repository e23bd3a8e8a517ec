/** Tells others that a keystore has changed: commands and webhooks. Does not decide what changes, and undoes nothing. */
@NullMarked
package no.sertsynk.service.hook;

import org.jspecify.annotations.NullMarked;
