package no.sertsynk.keystore.format;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.model.Secret;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.bc.EncryptedObjectStoreData;
import org.bouncycastle.asn1.bc.PbkdMacIntegrityCheck;
import org.bouncycastle.asn1.cms.CCMParameters;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.PBEParametersGenerator;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Encryption and integrity of a BCFKS file with Bouncy Castle's usual algorithms: PBKDF2 with HMAC-SHA512, AES-256 in CCM
 * mode, HMAC-SHA512. A file with others is refused and not written anew with these. For one thread.
 */
final class BcfksProtection {
    /** What Bouncy Castle uses. */
    static final int ITERATIONS = 51_200;

    private static final int SALT_LENGTH = 64;
    private static final int KEY_LENGTH = 32;
    private static final int MAC_KEY_LENGTH = 64;
    private static final int TAG_LENGTH = 16;

    /** One byte less than is usual lets the content be longer than 16 MB (NIST SP 800-38C appendix A.1). */
    private static final int NONCE_LENGTH = 11;

    private static final String ENCRYPTION = "STORE_ENCRYPTION";
    private static final String INTEGRITY = "INTEGRITY_CHECK";
    static final AlgorithmIdentifier HMAC =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA512, DERNull.INSTANCE);

    /** What a key is derived from beside the password. */
    private record KeyName(String purpose, ByteBuffer salt, int iterations) {}

    private final Secret password;
    private final SecureRandom random = new SecureRandom();

    /** Deriving a key is dear, and the keys of a file that is written are needed again when it is proven. */
    private final Map<KeyName, byte[]> derived = new HashMap<>();

    BcfksProtection(Secret password) {
        this.password = password;
    }

    boolean holds(PbkdMacIntegrityCheck check, byte[] content) throws KeystoreException {
        require(PKCSObjectIdentifiers.id_hmacWithSHA512, check.getMacAlgorithm().getAlgorithm());
        return MessageDigest.isEqual(check.getMac(), mac(check.getPbkdAlgorithm(), content));
    }

    PbkdMacIntegrityCheck over(byte[] content, int iterations) throws KeystoreException {
        KeyDerivationFunc derivation = derivation(iterations, MAC_KEY_LENGTH);
        return new PbkdMacIntegrityCheck(HMAC, derivation, mac(derivation, content));
    }

    private byte[] mac(KeyDerivationFunc derivation, byte[] content) throws KeystoreException {
        try {
            Mac mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(key(derivation, INTEGRITY, MAC_KEY_LENGTH), "HmacSHA512"));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new KeystoreException("the file's MAC cannot be computed: " + e.getMessage(), e);
        }
    }

    byte[] decrypt(EncryptedObjectStoreData encrypted) throws KeystoreException {
        AlgorithmIdentifier algorithm = encrypted.getEncryptionAlgorithm();
        require(PKCSObjectIdentifiers.id_PBES2, algorithm.getAlgorithm());
        PBES2Parameters parameters = PBES2Parameters.getInstance(algorithm.getParameters());
        EncryptionScheme scheme = parameters.getEncryptionScheme();
        require(NISTObjectIdentifiers.id_aes256_CCM, scheme.getAlgorithm());
        byte[] key = key(parameters.getKeyDerivationFunc(), ENCRYPTION, KEY_LENGTH);
        return ccm(
                false,
                key,
                CCMParameters.getInstance(scheme.getParameters()),
                encrypted.getEncryptedContent().getOctets());
    }

    EncryptedObjectStoreData encrypt(byte[] content, int iterations) throws KeystoreException {
        KeyDerivationFunc derivation = derivation(iterations, KEY_LENGTH);
        CCMParameters ccm = new CCMParameters(random(NONCE_LENGTH), TAG_LENGTH);
        byte[] encrypted = ccm(true, key(derivation, ENCRYPTION, KEY_LENGTH), ccm, content);
        PBES2Parameters parameters =
                new PBES2Parameters(derivation, new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CCM, ccm));
        return new EncryptedObjectStoreData(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, parameters), encrypted);
    }

    private static byte[] ccm(boolean encrypt, byte[] key, CCMParameters parameters, byte[] content)
            throws KeystoreException {
        // In one piece, as its own class alone can: block by block it would copy all into room that grows.
        CCMBlockCipher cipher = (CCMBlockCipher) CCMBlockCipher.newInstance(AESEngine.newInstance());
        cipher.init(
                encrypt,
                new AEADParameters(new KeyParameter(key), parameters.getIcvLen() * Byte.SIZE, parameters.getNonce()));
        try {
            return cipher.processPacket(content, 0, content.length);
        } catch (InvalidCipherTextException e) {
            throw new KeystoreException("the content cannot be decrypted: " + e.getMessage(), e);
        }
    }

    /** How much work it was to make the key, so that it is never less afterwards. */
    static int iterations(PbkdMacIntegrityCheck check) {
        return Math.max(
                ITERATIONS,
                PBKDF2Params.getInstance(check.getPbkdAlgorithm().getParameters())
                        .getIterationCount()
                        .intValueExact());
    }

    private KeyDerivationFunc derivation(int iterations, int keyLength) {
        return new KeyDerivationFunc(
                PKCSObjectIdentifiers.id_PBKDF2, new PBKDF2Params(random(SALT_LENGTH), iterations, keyLength, HMAC));
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** PBKDF2 (RFC 8018) of the password with what the key is for behind it, both as PKCS #12 writes characters. */
    private byte[] key(KeyDerivationFunc derivation, String purpose, int length) throws KeystoreException {
        require(PKCSObjectIdentifiers.id_PBKDF2, derivation.getAlgorithm());
        PBKDF2Params parameters = PBKDF2Params.getInstance(derivation.getParameters());
        require(PKCSObjectIdentifiers.id_hmacWithSHA512, parameters.getPrf().getAlgorithm());
        int iterations = Pkcs12Keys.iterations(parameters.getIterationCount());
        if (parameters.getKeyLength() != null && parameters.getKeyLength().intValueExact() != length) {
            throw new KeystoreException("expected a key of " + length + " bytes, found one of "
                    + parameters.getKeyLength() + ": make the file anew with Bouncy Castle's usual algorithms");
        }
        KeyName name = new KeyName(purpose, ByteBuffer.wrap(parameters.getSalt()), iterations);
        byte[] earlier = derived.get(name);
        if (earlier != null) {
            return earlier;
        }
        PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA512Digest());
        byte[] secret = secret(purpose);
        generator.init(secret, parameters.getSalt(), iterations);
        byte[] key = ((KeyParameter) generator.generateDerivedMacParameters(length * Byte.SIZE)).getKey();
        Arrays.fill(secret, (byte) 0);
        derived.put(name, key);
        return key;
    }

    private byte[] secret(String purpose) {
        char[] characters = password.reveal();
        byte[] first = PBEParametersGenerator.PKCS12PasswordToBytes(characters);
        byte[] second = PBEParametersGenerator.PKCS12PasswordToBytes(purpose.toCharArray());
        byte[] secret = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, secret, first.length, second.length);
        Arrays.fill(characters, ' ');
        Arrays.fill(first, (byte) 0);
        return secret;
    }

    private static void require(ASN1ObjectIdentifier expected, ASN1ObjectIdentifier found) throws KeystoreException {
        if (!expected.equals(found)) {
            throw new KeystoreException("expected a file with Bouncy Castle's usual algorithms (" + expected
                    + "), found " + found + ": make the file anew with these");
        }
    }
}
