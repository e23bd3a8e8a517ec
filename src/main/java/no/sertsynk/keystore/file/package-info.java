/** Replaces files atomically, with owner and mode, under a lock. */
@NullMarked
package no.sertsynk.keystore.file;

import org.jspecify.annotations.NullMarked;
