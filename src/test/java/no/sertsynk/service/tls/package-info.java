@NullMarked
package no.sertsynk.service.tls;

import org.jspecify.annotations.NullMarked;
