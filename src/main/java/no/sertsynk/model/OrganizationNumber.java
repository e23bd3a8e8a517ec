package no.sertsynk.model;

import java.util.Optional;

/**
 * A Norwegian organisation number: nine digits. The check digit is not required, because test environments use numbers
 * without a right one.
 */
public record OrganizationNumber(String digits) implements Comparable<OrganizationNumber> {
    private static final int LENGTH = 9;
    private static final int[] WEIGHTS = {3, 2, 7, 6, 5, 4, 3, 2};

    public OrganizationNumber {
        if (!isWellFormed(digits)) {
            throw new IllegalArgumentException("an organisation number has nine digits, found '" + digits + "'");
        }
    }

    private static boolean isWellFormed(String text) {
        return text.length() == LENGTH && Digits.only(text);
    }

    /** Reads exactly nine digits; empty for anything else. */
    public static Optional<OrganizationNumber> parse(String text) {
        return isWellFormed(text) ? Optional.of(new OrganizationNumber(text)) : Optional.empty();
    }

    /** Reads the register's integer form, which loses leading zeros; empty for zero, negative and too long numbers. */
    public static Optional<OrganizationNumber> ofRegister(long number) {
        if (number <= 0 || number > 999_999_999L) {
            return Optional.empty();
        }
        String digits = Long.toString(number);
        return Optional.of(new OrganizationNumber("0".repeat(LENGTH - digits.length()) + digits));
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
