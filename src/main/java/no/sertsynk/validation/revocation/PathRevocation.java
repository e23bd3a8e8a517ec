package no.sertsynk.validation.revocation;

import java.util.List;

/**
 * What is known of the certificates of a path.
 *
 * @param statuses of each, in the order of the path
 * @param warnings what an administrator should know whatever the statuses are, one line each
 */
public record PathRevocation(List<RevocationStatus> statuses, List<String> warnings) {
    public PathRevocation {
        statuses = List.copyOf(statuses);
        warnings = List.copyOf(warnings);
    }
}
