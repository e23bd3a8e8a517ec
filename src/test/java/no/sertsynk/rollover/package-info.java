@NullMarked
package no.sertsynk.rollover;

import org.jspecify.annotations.NullMarked;
