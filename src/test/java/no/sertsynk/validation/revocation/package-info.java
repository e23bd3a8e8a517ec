@NullMarked
package no.sertsynk.validation.revocation;

import org.jspecify.annotations.NullMarked;
