/**
 * Verdicts that are remembered from one run to the next, and what each depends on. Knows nothing of where they are kept,
 * nor how a verdict is reached.
 */
@NullMarked
package no.sertsynk.validation.verdict;

import org.jspecify.annotations.NullMarked;
