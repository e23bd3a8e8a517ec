/** Tests that cross packages, and what tests share. */
@NullMarked
package no.sertsynk;

import org.jspecify.annotations.NullMarked;
