/** Stage 2: reads LDAP strings and fetches the certificates they name. Knows nothing of trust. */
@NullMarked
package no.sertsynk.directory;

import org.jspecify.annotations.NullMarked;
