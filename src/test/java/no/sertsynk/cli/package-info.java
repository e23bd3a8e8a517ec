@NullMarked
package no.sertsynk.cli;

import org.jspecify.annotations.NullMarked;
