/** Keystores, against the programs that read them. */
@NullMarked
package no.sertsynk.keystore;

import org.jspecify.annotations.NullMarked;
