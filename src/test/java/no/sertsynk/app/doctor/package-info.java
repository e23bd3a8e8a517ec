@NullMarked
package no.sertsynk.app.doctor;

import org.jspecify.annotations.NullMarked;
