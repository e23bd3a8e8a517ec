/**
 * Certification paths (RFC 5280, section 6): the search for ways to an anchor, the engine that decides about each, and the
 * explanation of a refusal. Knows nothing of revocation, of purposes or of organisations.
 *
 * <p>The engine is Bouncy Castle's PKIX, chosen by measurement: of PKITS it gives all 212 cases with default settings and
 * all 35 with policy settings the verdict of the suite's authors; the JDK's gives 210 and 34, and accepts the revoked
 * certificate of 4.15.4. The library's own search is not used: authorities that signed each other in all directions keep
 * it busy for as long as its node limit lasts, and it asks the whole engine where one signature would have told.
 */
@NullMarked
package no.sertsynk.validation.path;

import org.jspecify.annotations.NullMarked;
