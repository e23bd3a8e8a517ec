/** Composition root: builds the object graph from the configuration; the only reader of clock and environment. */
@NullMarked
package no.sertsynk.app;

import org.jspecify.annotations.NullMarked;
