@NullMarked
package no.sertsynk.register;

import org.jspecify.annotations.NullMarked;
