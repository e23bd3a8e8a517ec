@NullMarked
package no.sertsynk.service.schedule;

import org.jspecify.annotations.NullMarked;
