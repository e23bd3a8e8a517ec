package no.sertsynk.config;

import java.util.Optional;
import no.sertsynk.model.AliasTemplate;

/** Reads how entries are named, and finds out whether two of them could get one name. */
final class AliasReader {
    private AliasReader() {}

    /**
     * The template; empty if there is a mistake in it.
     *
     * @param parties how many parties the keystore may hold
     * @param purposes how many purposes
     */
    static Optional<AliasTemplate> read(Section section, int parties, int purposes) {
        String current = section.text("alias").orElse(AliasTemplate.DEFAULT_CURRENT);
        Optional<String> parallel = section.text("parallelAlias");
        Optional<String> problem = AliasTemplate.currentProblem(current);
        if (problem.isPresent()) {
            section.mistake("alias", problem.get());
            return Optional.empty();
        }
        Optional<String> parallelProblem = AliasTemplate.parallelProblem(current, parallel);
        if (parallelProblem.isPresent()) {
            section.mistake(parallel.isPresent() ? "parallelAlias" : "alias", parallelProblem.get());
            return Optional.empty();
        }
        AliasTemplate aliases = AliasTemplate.of(current, parallel);
        boolean sharing = false;
        if (!aliases.tellsParties() && parties > 1) {
            section.mistake("alias", collision("{herId}", "two parties", current));
            sharing = true;
        }
        if (!aliases.tellsPurposes() && purposes > 1) {
            section.mistake("alias", collision("{purpose}", "two purposes", current));
            sharing = true;
        }
        return sharing ? Optional.empty() : Optional.of(aliases);
    }

    private static String collision(String placeholder, String what, String found) {
        return "expected " + placeholder + ", so that the entries of " + what + " do not share a name, found '" + found
                + "'";
    }
}
