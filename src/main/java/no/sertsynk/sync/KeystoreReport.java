package no.sertsynk.sync;

import java.nio.file.Path;
import java.util.List;
import no.sertsynk.model.Reason;

/**
 * How one keystore fared in a run.
 *
 * @param changed whether the file was replaced (in a dry run: would be)
 * @param generation counts the replacements since sertsynk first wrote the file; 0 before the first
 * @param entries how many entries of ours it holds after the run
 * @param reasons why it was not brought up to date; empty if it was
 */
public record KeystoreReport(
        String name, Path path, boolean changed, int generation, int entries, List<Reason> reasons) {
    public KeystoreReport {
        reasons = List.copyOf(reasons);
    }
}
