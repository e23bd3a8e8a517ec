/** Stage 4: what should be installed now, and what should go. Pure decisions: no input, no output, no clock. */
@NullMarked
package no.sertsynk.rollover;

import org.jspecify.annotations.NullMarked;
