package no.sertsynk.rollover;

import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.OrganizationNumber;

/**
 * What is known of the organisation numbers that a party's certificates may carry.
 *
 * @param pin the only one that fits, by the administrator's word
 * @param fitting the party's own and its parent's
 * @param remembered others that were accepted before; together with {@code decided} what the first installation decided
 * @param decided whether anything was ever installed for the party
 */
public record OrganizationFacts(
        OrganizationMode mode,
        Optional<OrganizationNumber> pin,
        Set<OrganizationNumber> fitting,
        Set<OrganizationNumber> remembered,
        boolean decided) {
    public OrganizationFacts {
        fitting = Set.copyOf(fitting);
        remembered = Set.copyOf(remembered);
    }

    /** Whether the number is one that nobody needs to be told of. */
    boolean fits(OrganizationNumber number) {
        return pin.map(number::equals).orElseGet(() -> fitting.contains(number));
    }
}
