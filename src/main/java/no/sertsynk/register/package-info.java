/** Stage 1: who uses which LDAP string. Knows communication parties, not directories or certificates' worth. */
@NullMarked
package no.sertsynk.register;

import org.jspecify.annotations.NullMarked;
