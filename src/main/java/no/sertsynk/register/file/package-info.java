/** Parties that were written by hand, for services that hand out their certificates outside the register. */
@NullMarked
package no.sertsynk.register.file;

import org.jspecify.annotations.NullMarked;
