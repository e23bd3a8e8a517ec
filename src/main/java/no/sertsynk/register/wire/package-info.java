/** What all ways of asking the register over a network share: HTTP within limits, its times, when to ask again. */
@NullMarked
package no.sertsynk.register.wire;

import org.jspecify.annotations.NullMarked;
