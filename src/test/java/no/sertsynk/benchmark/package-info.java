/** What is measured, never asserted: {@code mvn -Pbenchmark -DskipTests verify} runs it and prints figures and ratios. */
@NullMarked
package no.sertsynk.benchmark;

import org.jspecify.annotations.NullMarked;
