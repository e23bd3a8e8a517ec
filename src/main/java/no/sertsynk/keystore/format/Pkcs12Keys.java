package no.sertsynk.keystore.format;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.model.Secret;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;

/** Makes keys out of the password, in the ways that PKCS #12 files ask for. For one thread. */
final class Pkcs12Keys {
    /** What the JDK uses. */
    static final int ITERATIONS = 10_000;

    /** The JDK's own limit: without one, a file could keep us busy for ever. */
    static final int MAX_ITERATIONS = 5_000_000;

    private static final byte MAC_KEY = 3;

    private static final Map<ASN1ObjectIdentifier, String> PBKDF2 = Map.of(
            PKCSObjectIdentifiers.id_hmacWithSHA1, "PBKDF2WithHmacSHA1",
            PKCSObjectIdentifiers.id_hmacWithSHA224, "PBKDF2WithHmacSHA224",
            PKCSObjectIdentifiers.id_hmacWithSHA256, "PBKDF2WithHmacSHA256",
            PKCSObjectIdentifiers.id_hmacWithSHA384, "PBKDF2WithHmacSHA384",
            PKCSObjectIdentifiers.id_hmacWithSHA512, "PBKDF2WithHmacSHA512");

    private final Secret password;

    Pkcs12Keys(Secret password) {
        this.password = password;
    }

    char[] password() {
        return password.reveal();
    }

    static int iterations(BigInteger count) throws KeystoreException {
        if (count.signum() <= 0 || count.compareTo(BigInteger.valueOf(MAX_ITERATIONS)) > 0) {
            throw new KeystoreException("expected an iteration count of 1 to " + MAX_ITERATIONS + ", found " + count
                    + ": make the file anew with fewer");
        }
        return count.intValue();
    }

    /** RFC 8018, PBKDF2. */
    byte[] pbkdf2(PBKDF2Params parameters, int defaultLength) throws KeystoreException, GeneralSecurityException {
        String name = PBKDF2.get(parameters.getPrf().getAlgorithm());
        if (name == null) {
            throw new KeystoreException("expected PBKDF2 with SHA-1 or SHA-2, found "
                    + parameters.getPrf().getAlgorithm() + ": make the file anew with other algorithms");
        }
        int length = parameters.getKeyLength() == null
                ? defaultLength
                : parameters.getKeyLength().intValueExact();
        char[] characters = password.reveal();
        PBEKeySpec spec = new PBEKeySpec(
                characters, parameters.getSalt(), iterations(parameters.getIterationCount()), length * 8);
        try {
            return SecretKeyFactory.getInstance(name).generateSecret(spec).getEncoded();
        } finally {
            spec.clearPassword();
            Arrays.fill(characters, ' ');
        }
    }

    /** RFC 7292 appendix B.2 for a MAC's key: that is as long as the digest, so that the first block is the key. */
    byte[] macKey(String digestName, int blockLength, byte[] salt, int iterations) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance(digestName);
        byte[] diversifier = new byte[blockLength];
        Arrays.fill(diversifier, MAC_KEY);
        digest.update(diversifier);
        digest.update(repeated(salt, blockLength));
        byte[] characters = bmpPassword();
        digest.update(repeated(characters, blockLength));
        Arrays.fill(characters, (byte) 0);
        byte[] key = digest.digest();
        for (int i = 1; i < iterations; i++) {
            key = digest.digest(key);
        }
        return key;
    }

    /** RFC 7292 appendix B.1: two bytes a character, and two zero bytes at the end. */
    private byte[] bmpPassword() {
        char[] characters = password.reveal();
        byte[] bytes = new byte[(characters.length + 1) * 2];
        for (int i = 0; i < characters.length; i++) {
            bytes[2 * i] = (byte) (characters[i] >> 8);
            bytes[2 * i + 1] = (byte) characters[i];
        }
        Arrays.fill(characters, ' ');
        return bytes;
    }

    private static byte[] repeated(byte[] bytes, int blockLength) {
        byte[] filled = new byte[(bytes.length + blockLength - 1) / blockLength * blockLength];
        for (int i = 0; i < filled.length; i++) {
            filled[i] = bytes[i % bytes.length];
        }
        return filled;
    }
}
