/** The command line: one class a command, text and JSON output, exit codes. */
@NullMarked
package no.sertsynk.cli;

import org.jspecify.annotations.NullMarked;
