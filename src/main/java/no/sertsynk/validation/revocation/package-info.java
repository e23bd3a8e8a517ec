/** Certificate revocation lists: where they come from and what they say of a certificate. */
@NullMarked
package no.sertsynk.validation.revocation;

import org.jspecify.annotations.NullMarked;
