@NullMarked
package no.sertsynk.service.log;

import org.jspecify.annotations.NullMarked;
