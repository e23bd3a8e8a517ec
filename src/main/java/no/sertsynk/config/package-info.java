/** The configuration file as records, read with every mistake told at once and in its place. */
@NullMarked
package no.sertsynk.config;

import org.jspecify.annotations.NullMarked;
