package no.sertsynk.service.hook;

import java.util.Optional;

/**
 * What came of telling a hook.
 *
 * @param failure why it counts as not told: what was expected, what was found
 * @param output what it printed, cut to a bound
 */
record HookOutcome(Optional<String> failure, String output) {
    static HookOutcome success(String output) {
        return new HookOutcome(Optional.empty(), output);
    }

    static HookOutcome failure(String failure, String output) {
        return new HookOutcome(Optional.of(failure), output);
    }
}
