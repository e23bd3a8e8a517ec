/** Stage 5: puts certificates into local keystores, whole or not at all. Does not decide what belongs there. */
@NullMarked
package no.sertsynk.keystore;

import org.jspecify.annotations.NullMarked;
