/** A suite of paths and lists made by the project itself, each with the verdict that RFC 5280 gives. */
@NullMarked
package no.sertsynk.validation.cases;

import org.jspecify.annotations.NullMarked;
