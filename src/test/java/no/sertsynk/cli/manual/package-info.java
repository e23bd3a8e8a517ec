@NullMarked
package no.sertsynk.cli.manual;

import org.jspecify.annotations.NullMarked;
