@NullMarked
package no.sertsynk.model;

import org.jspecify.annotations.NullMarked;
