/** Keystore files on disk: locked, read within bounds, replaced whole or not at all. Knows nothing of what is inside. */
@NullMarked
package no.sertsynk.keystore.file;

import org.jspecify.annotations.NullMarked;
