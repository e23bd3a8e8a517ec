@NullMarked
package no.sertsynk.service.observe;

import org.jspecify.annotations.NullMarked;
