/** Log lines on standard error: for people, for the journal, or as JSON. Does not know what is told. */
@NullMarked
package no.sertsynk.service.log;

import org.jspecify.annotations.NullMarked;
