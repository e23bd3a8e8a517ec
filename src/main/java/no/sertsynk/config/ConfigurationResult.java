package no.sertsynk.config;

import java.util.List;

/** A configuration, or everything that is wrong with it. */
public sealed interface ConfigurationResult {
    /** @param warnings what an administrator should look at, in the order of the file */
    record Loaded(Configuration configuration, List<Mistake> warnings) implements ConfigurationResult {}

    /** At least one mistake, in the order of the file. */
    record Refused(List<Mistake> mistakes) implements ConfigurationResult {}
}
