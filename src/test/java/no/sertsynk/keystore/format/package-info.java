/** The formats in detail. */
@NullMarked
package no.sertsynk.keystore.format;

import org.jspecify.annotations.NullMarked;
