/** Tests of the state. */
@NullMarked
package no.sertsynk.state;

import org.jspecify.annotations.NullMarked;
