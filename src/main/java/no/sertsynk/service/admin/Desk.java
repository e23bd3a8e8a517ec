package no.sertsynk.service.admin;

import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.HerId;
import no.sertsynk.model.OrganizationNumber;
import no.sertsynk.rollover.Guards.Guard;

/** Does what requests ask for. Safe for threads; each call is one request's, on a thread of its own. */
public interface Desk {
    /** Whether the service itself is alive. */
    boolean isLive();

    Readiness readiness();

    /** Whether the service does what it is there for. {@code json} tells why. */
    record Readiness(boolean isReady, String json) {}

    /** The figures, and their media type. */
    Figures metrics();

    record Figures(String contentType, String text) {}

    String status(Form form) throws RefusedException;

    /** The parties of the status alone, in JSON. */
    String parties() throws RefusedException;

    String history(Optional<HerId> party, Form form) throws RefusedException;

    /** How the run gets on; empty if it is unknown. In JSON, or as text what it ended with. */
    Optional<String> run(String runId, Form form);

    /** Asks for a run that begins after now; returns its id. */
    String refresh(RefreshOrder order) throws RefusedException;

    /** @param parties empty for all */
    record RefreshOrder(Set<HerId> parties, Set<Guard> force, Optional<OrganizationNumber> accepted) {}

    /** Rolls back, or lets a held keystore go on; in JSON what came of it. */
    String rollback(RollbackOrder order) throws RefusedException;

    /** @param to the generation; empty for the latest that is kept */
    record RollbackOrder(String keystore, Optional<Integer> to, boolean release) {}

    /**
     * How an answer is to look.
     *
     * @param json or text for people, to which the rest applies
     * @param verbosity 1 to tell more, 0 as usual, -1 to tell problems only
     */
    record Form(boolean json, boolean norwegian, boolean colour, int verbosity) {
        static Form of(Optional<String> accept, Query query) {
            return new Form(
                    accept.filter(type -> type.startsWith("text/plain")).isEmpty(),
                    query.value("lang").filter("nb"::equals).isPresent(),
                    query.value("color").filter("always"::equals).isPresent(),
                    query.value("verbosity")
                            .filter(text -> text.matches("-?1"))
                            .map(Integer::parseInt)
                            .orElse(0));
        }

        /** The query that asks for this. */
        String query() {
            return "lang=" + (norwegian ? "nb" : "en") + "&color=" + (colour ? "always" : "never") + "&verbosity="
                    + verbosity;
        }
    }
}
