@NullMarked
package no.sertsynk.register.rest;

import org.jspecify.annotations.NullMarked;
