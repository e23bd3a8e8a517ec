package no.sertsynk.register.soap;

/**
 * How much of an answer we are ready to read.
 *
 * @param bytes of the whole body
 * @param depth of elements within each other
 * @param elements in all
 * @param textLength characters of one value that we use; a certificate of the largest size fits
 * @param strings LDAP strings of one party, announced ones included
 */
record AnswerLimits(int bytes, int depth, int elements, int textLength, int strings) {
    /** An organisation's answer includes all its services and persons, so it can be megabytes. */
    static final AnswerLimits DEFAULT = new AnswerLimits(16 * 1024 * 1024, 64, 500_000, 128 * 1024, 100);
}
