@NullMarked
package no.sertsynk.directory;

import org.jspecify.annotations.NullMarked;
