@NullMarked
package no.sertsynk.config;

import org.jspecify.annotations.NullMarked;
