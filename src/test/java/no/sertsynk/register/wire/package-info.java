@NullMarked
package no.sertsynk.register.wire;

import org.jspecify.annotations.NullMarked;
