@NullMarked
package no.sertsynk.service.admin;

import org.jspecify.annotations.NullMarked;
