/** The configuration, key by key. */
@NullMarked
package no.sertsynk.config;

import org.jspecify.annotations.NullMarked;
