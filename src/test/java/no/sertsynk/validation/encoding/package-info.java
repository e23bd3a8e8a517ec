@NullMarked
package no.sertsynk.validation.encoding;

import org.jspecify.annotations.NullMarked;
