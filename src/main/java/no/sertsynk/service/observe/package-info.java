/** What is measured of the service, for monitoring. Does not know where it is shown. */
@NullMarked
package no.sertsynk.service.observe;

import org.jspecify.annotations.NullMarked;
