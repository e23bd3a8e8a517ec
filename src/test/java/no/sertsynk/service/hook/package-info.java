@NullMarked
package no.sertsynk.service.hook;

import org.jspecify.annotations.NullMarked;
