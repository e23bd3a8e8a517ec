package no.sertsynk.rollover;

import java.util.Optional;
import java.util.Set;
import no.sertsynk.model.OrganizationNumber;

/**
 * What is known of the organisation numbers that a party's certificates may carry.
 *
 * @param pin the only one that fits, by the administrator's word
 * @param fitting the party's own and its parent's, as the register tells; empty if it told nothing of the party: then
 *     nothing but a pin can tell that a number does not fit
 * @param remembered others that were accepted before; together with {@code decided} what the first installation decided
 * @param decided whether anything was ever installed for the party
 */
public record OrganizationFacts(
        OrganizationMode mode,
        Optional<OrganizationNumber> pin,
        Optional<Set<OrganizationNumber>> fitting,
        Set<OrganizationNumber> remembered,
        boolean decided) {
    public OrganizationFacts {
        fitting = fitting.map(Set::copyOf);
        remembered = Set.copyOf(remembered);
    }

    /** Whether anything can be said against a number. */
    boolean canTell() {
        return pin.isPresent() || fitting.isPresent();
    }

    /** Whether the number is one that nobody needs to be told of. */
    boolean fits(OrganizationNumber number) {
        boolean own =
                pin.map(number::equals).orElseGet(() -> fitting.orElse(Set.of()).contains(number));
        return own || (isRemembering() && remembered.contains(number));
    }

    /** Whether a number that does not fit may still decide for the party, because none has yet. */
    boolean isOpen() {
        return isRemembering() && !decided;
    }

    /** Whether what was installed before counts; not where the administrator has pinned a number. */
    boolean isRemembering() {
        return mode == OrganizationMode.REMEMBER && pin.isEmpty();
    }

    /** Whether a certificate with that number, or with none, may be accepted for the party at all. */
    boolean mayAccept(Optional<OrganizationNumber> number) {
        return !canTell()
                || mode == OrganizationMode.REPORT
                || (number.isPresent() && (fits(number.get()) || isOpen()));
    }
}
