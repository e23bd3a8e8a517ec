/** What was seen, decided and installed, in SQLite. Seen by others through interfaces that they own. */
@NullMarked
package no.sertsynk.state;

import org.jspecify.annotations.NullMarked;
