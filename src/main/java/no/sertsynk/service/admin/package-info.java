/**
 * The HTTP interface of the background service, and its client. Does not know how what is asked for is done or worded: it
 * asks the desk.
 */
@NullMarked
package no.sertsynk.service.admin;

import org.jspecify.annotations.NullMarked;
