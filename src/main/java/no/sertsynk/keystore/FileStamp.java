package no.sertsynk.keystore;

/**
 * By what it is seen, without opening it, that a keystore is still the one that was read. Two equal stamps of one keystore
 * mean the same content; different ones mean nothing. It says nothing of the password.
 *
 * @param text to be stored and compared; of a fixed, short length
 */
public record FileStamp(String text) {}
