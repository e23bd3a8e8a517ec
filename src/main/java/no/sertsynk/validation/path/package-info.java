/** Certification paths (RFC 5280, section 6): the engine that decides, and the diagnosis that explains a refusal. */
@NullMarked
package no.sertsynk.validation.path;

import org.jspecify.annotations.NullMarked;
