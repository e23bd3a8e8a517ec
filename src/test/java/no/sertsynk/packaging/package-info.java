/** What is built for installation, tried as it is: run by the profile that builds it. */
@NullMarked
package no.sertsynk.packaging;

import org.jspecify.annotations.NullMarked;
