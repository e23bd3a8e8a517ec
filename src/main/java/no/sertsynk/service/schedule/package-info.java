/**
 * When something is to be done, and that no two runs are done at once. Does not know what a run does, and keeps the
 * scheduling library to itself.
 */
@NullMarked
package no.sertsynk.service.schedule;

import org.jspecify.annotations.NullMarked;
