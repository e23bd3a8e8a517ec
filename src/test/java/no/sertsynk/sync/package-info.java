@NullMarked
package no.sertsynk.sync;

import org.jspecify.annotations.NullMarked;
