package no.sertsynk.service.hook;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is remembered of hooks. "Written and not yet announced" is: a hook was last told of an earlier generation. */
public interface HookMemory {
    /**
     * Notes the hooks that a keystore has. One that is new counts as told of what lies there now; one that the keystore no
     * longer has is forgotten. To be called before anything is written.
     */
    void expect(String keystore, List<Hook> hooks);

    /** What the hook has not been told of; empty if there is nothing. */
    Optional<Pending> pending(String keystore, Hook hook);

    /** The hook was told; a line of history with what it printed. */
    void told(HookEvent event, Hook hook, Instant at, String output);

    /**
     * The hook could not be told; a line of history with what it printed.
     *
     * @param nextAt before when it is not tried again
     */
    void failed(HookEvent event, Hook hook, Instant at, Instant nextAt, String failure, String output);

    /**
     * What a hook has not been told of.
     *
     * @param event all changes since it was last told
     * @param attempts how often it has failed
     * @param nextAt before when it is not to be tried again; empty before the first failure
     * @param failure the last one
     */
    record Pending(HookEvent event, int attempts, Optional<Instant> nextAt, Optional<String> failure) {}
}
