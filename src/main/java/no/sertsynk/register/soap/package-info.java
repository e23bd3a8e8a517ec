/** Adresseregisteret over SOAP 1.1 with HTTP Basic. Nothing of the protocol leaves this package. */
@NullMarked
package no.sertsynk.register.soap;

import org.jspecify.annotations.NullMarked;
