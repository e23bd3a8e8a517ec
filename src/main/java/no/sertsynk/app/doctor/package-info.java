/**
 * Looks at everything that can be wrong on a host and says what to do about it. Each check answers one question within a
 * time limit, changes nothing, and knows nothing of the others; what is decided is kept apart from what is read.
 */
@NullMarked
package no.sertsynk.app.doctor;

import org.jspecify.annotations.NullMarked;
