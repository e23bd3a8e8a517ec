/**
 * Looks at TLS from both sides: which certificate a service presents with and without a server name, and whether a client
 * sends one. Nothing but handshakes is ever exchanged. Does not know what the certificates are installed for.
 */
@NullMarked
package no.sertsynk.service.tls;

import org.jspecify.annotations.NullMarked;
