/** Tests of what people read in their language. */
@org.jspecify.annotations.NullMarked
package no.sertsynk.cli.language;
