@NullMarked
package no.sertsynk.service.systemd;

import org.jspecify.annotations.NullMarked;
