/** Tests of remembered verdicts. */
@NullMarked
package no.sertsynk.validation.verdict;

import org.jspecify.annotations.NullMarked;
