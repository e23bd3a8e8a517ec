package no.sertsynk.model;

import java.util.Optional;

/**
 * A Norwegian organisation number: nine digits. The check digit is not required, because test environments use numbers
 * without a right one.
 */
public record OrganizationNumber(String digits) implements Comparable<OrganizationNumber> {
    private static final int[] WEIGHTS = {3, 2, 7, 6, 5, 4, 3, 2};

    public OrganizationNumber {
        if (!isNineDigits(digits)) {
            throw new IllegalArgumentException("an organisation number has nine digits, found '" + digits + "'");
        }
    }

    /** Asked for every certificate, so without a regular expression. */
    private static boolean isNineDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() == 9;
    }

    /** Reads exactly nine digits; empty for anything else. */
    public static Optional<OrganizationNumber> parse(String text) {
        return isNineDigits(text) ? Optional.of(new OrganizationNumber(text)) : Optional.empty();
    }

    /** Reads the register's integer form, which loses leading zeros; empty for zero, negative and too long numbers. */
    public static Optional<OrganizationNumber> ofRegister(long number) {
        return number <= 0 || number > 999_999_999L
                ? Optional.empty()
                : Optional.of(new OrganizationNumber(String.format("%09d", number)));
    }

    /** Whether the last digit is the modulus-11 check digit of the others, as in the Norwegian register of units. */
    public boolean hasValidCheckDigit() {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += WEIGHTS[i] * (digits.charAt(i) - '0');
        }
        int check = (11 - sum % 11) % 11;
        return check == digits.charAt(8) - '0';
    }

    @Override
    public int compareTo(OrganizationNumber other) {
        return digits.compareTo(other.digits);
    }

    @Override
    public String toString() {
        return digits;
    }
}
