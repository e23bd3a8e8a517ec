/**
 * Adresseregisteret over REST (the CommunicationParty API), with tokens of HelseID that are bound to a key. Nothing of the
 * protocols leaves this package.
 */
@NullMarked
package no.sertsynk.register.rest;

import org.jspecify.annotations.NullMarked;
