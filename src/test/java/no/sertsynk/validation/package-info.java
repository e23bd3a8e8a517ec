@NullMarked
package no.sertsynk.validation;

import org.jspecify.annotations.NullMarked;
