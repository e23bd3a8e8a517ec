/** Values and vocabularies that every stage speaks. No input or output, nothing but the JDK. */
@NullMarked
package no.sertsynk.model;

import org.jspecify.annotations.NullMarked;
