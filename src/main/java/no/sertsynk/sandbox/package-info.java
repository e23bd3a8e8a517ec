/** An embedded register, directory and certificate authority on loopback, for the demonstration and the tests. */
@NullMarked
package no.sertsynk.sandbox;

import org.jspecify.annotations.NullMarked;
