/** Whether bytes are a certificate as X.690 (DER) and RFC 5280, 4.1, allow. Knows nothing of trust. */
@NullMarked
package no.sertsynk.validation.encoding;

import org.jspecify.annotations.NullMarked;
