@NullMarked
package no.sertsynk.validation.path;

import org.jspecify.annotations.NullMarked;
