/**
 * Which certificate authorities are trusted: those known by their fingerprint, and what lies in the administrator's
 * folders. Knows nothing of what is validated with them.
 */
@NullMarked
package no.sertsynk.validation.trust;

import org.jspecify.annotations.NullMarked;
