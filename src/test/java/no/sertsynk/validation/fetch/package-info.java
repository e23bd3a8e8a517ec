@NullMarked
package no.sertsynk.validation.fetch;

import org.jspecify.annotations.NullMarked;
