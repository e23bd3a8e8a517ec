@NullMarked
package no.sertsynk.app;

import org.jspecify.annotations.NullMarked;
