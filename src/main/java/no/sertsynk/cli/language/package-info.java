/** What people read, in their language. Knows no command, and nothing of what the texts are about. */
@NullMarked
package no.sertsynk.cli.language;

import org.jspecify.annotations.NullMarked;
