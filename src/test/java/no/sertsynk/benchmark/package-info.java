/** What the program takes, measured; run by {@code mvn -Pbenchmark}. */
@NullMarked
package no.sertsynk.benchmark;

import org.jspecify.annotations.NullMarked;
