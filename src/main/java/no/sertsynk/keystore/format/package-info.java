/** What is inside a keystore file: reading it without losing anything, and writing it anew. Touches no file. */
@NullMarked
package no.sertsynk.keystore.format;

import org.jspecify.annotations.NullMarked;
