/**
 * What is written about the program, made of its commands and of the keys of its configuration when it is built: manual
 * pages and the completion of shells.
 */
@NullMarked
package no.sertsynk.cli.manual;

import org.jspecify.annotations.NullMarked;
