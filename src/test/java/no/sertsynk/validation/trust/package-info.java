/** Tests of who is trusted. */
@NullMarked
package no.sertsynk.validation.trust;

import org.jspecify.annotations.NullMarked;
