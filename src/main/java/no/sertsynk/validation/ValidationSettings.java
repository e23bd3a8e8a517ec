package no.sertsynk.validation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * By which rules, and as of when.
 *
 * @param at the time at which everything must be valid
 * @param minimumRsaBits for {@link Policy#VIRKSOMHET}
 * @param maxStale how long past nextUpdate a list still counts for what it does not hold
 * @param initialPolicies OIDs of the user-initial-policy-set (RFC 5280, 6.1.1 (c)); empty for any
 * @param explicitPolicy RFC 5280, 6.1.1 (f)
 * @param inhibitMapping RFC 5280, 6.1.1 (e)
 * @param inhibitAny RFC 5280, 6.1.1 (g)
 * @param environment {@code test} or {@code production}, whose known authorities alone count for
 *     {@link Policy#VIRKSOMHET}; empty if those of both do
 */
public record ValidationSettings(
        Instant at,
        Policy policy,
        int minimumRsaBits,
        RevocationMode revocation,
        Duration maxStale,
        Set<String> initialPolicies,
        boolean explicitPolicy,
        boolean inhibitMapping,
        boolean inhibitAny,
        Optional<String> environment) {
    public ValidationSettings {
        initialPolicies = Set.copyOf(initialPolicies);
    }

    /** Which rules. */
    public enum Policy {
        /** Path validation alone. */
        RFC5280,
        /** And the rules for Norwegian organisation certificates. */
        VIRKSOMHET
    }

    /** What an unknown revocation status does. */
    public enum RevocationMode {
        /** Undetermined. */
        REQUIRE,
        /** Accepted with a warning. */
        PREFER,
        /** Nobody is asked. */
        OFF
    }

    /** Without regard to environments. */
    public ValidationSettings(
            Instant at,
            Policy policy,
            int minimumRsaBits,
            RevocationMode revocation,
            Duration maxStale,
            Set<String> initialPolicies,
            boolean explicitPolicy,
            boolean inhibitMapping,
            boolean inhibitAny) {
        this(
                at,
                policy,
                minimumRsaBits,
                revocation,
                maxStale,
                initialPolicies,
                explicitPolicy,
                inhibitMapping,
                inhibitAny,
                Optional.empty());
    }

    /** The same, with lists that count so long past their end for what they do not hold. */
    public ValidationSettings withMaxStale(Duration changed) {
        return new ValidationSettings(
                at,
                policy,
                minimumRsaBits,
                revocation,
                changed,
                initialPolicies,
                explicitPolicy,
                inhibitMapping,
                inhibitAny,
                environment);
    }

    /** The usual rules as of that time. */
    public static ValidationSettings of(Instant at, Policy policy, RevocationMode revocation) {
        return new ValidationSettings(
                at, policy, 2048, revocation, Duration.ofHours(24), Set.of(), false, false, false);
    }

    /** The same, with only the authorities of that environment. */
    public ValidationSettings in(String onlyEnvironment) {
        return new ValidationSettings(
                at,
                policy,
                minimumRsaBits,
                revocation,
                maxStale,
                initialPolicies,
                explicitPolicy,
                inhibitMapping,
                inhibitAny,
                Optional.of(onlyEnvironment));
    }
}
