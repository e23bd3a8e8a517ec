/** Reads and writes keystore formats as bytes, and loses nothing on the way. */
@NullMarked
package no.sertsynk.keystore.format;

import org.jspecify.annotations.NullMarked;
