@NullMarked
package no.sertsynk.validation.profile;

import org.jspecify.annotations.NullMarked;
