/**
 * Talks with the service manager: tells it how the service does, and hears its signals. Does not know what the service does.
 */
@NullMarked
package no.sertsynk.service.systemd;

import org.jspecify.annotations.NullMarked;
