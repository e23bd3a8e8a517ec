/** The flow through the five stages. The only place that runs them in order; decides nothing that a stage decides. */
@NullMarked
package no.sertsynk.sync;

import org.jspecify.annotations.NullMarked;
