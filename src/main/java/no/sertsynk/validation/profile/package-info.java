/** What Norwegian organisation certificates (SEID) must be beyond RFC 5280. Pure. */
@NullMarked
package no.sertsynk.validation.profile;

import org.jspecify.annotations.NullMarked;
