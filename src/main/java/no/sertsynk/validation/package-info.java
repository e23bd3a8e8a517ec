/** Stage 3: may a certificate be trusted, and for what. Knows nothing of parties, keystores or directories. */
@NullMarked
package no.sertsynk.validation;

import org.jspecify.annotations.NullMarked;
