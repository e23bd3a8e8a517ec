package no.sertsynk.keystore.format;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.keystore.KeystoreSpec.Profile;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.ContentInfo;
import org.bouncycastle.asn1.pkcs.EncryptedData;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCS12PBEParams;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.pkcs.bc.BcPKCS12PBEInputDecryptorProviderBuilder;
import org.bouncycastle.pkcs.bc.BcPKCS12PBEOutputEncryptorBuilder;

/**
 * Opens and closes the encrypted parts of a PKCS #12 file. Reads PBES2 and the old ways of RFC 7292 appendix C; writes, by
 * profile, what the JDK writes (PBES2 with AES-256-CBC and HMAC-SHA256), or the one old way that both Java 8 and today's
 * OpenSSL read (triple DES; the other, RC2, has left OpenSSL's default provider).
 */
final class Pkcs12Encryption {
    private record Scheme(String transformation, String key, int keyLength) {}

    private static final Scheme AES_256 = new Scheme("AES/CBC/PKCS5Padding", "AES", 32);

    private static final Map<ASN1ObjectIdentifier, Scheme> SCHEMES = Map.of(
            NISTObjectIdentifiers.id_aes128_CBC, new Scheme("AES/CBC/PKCS5Padding", "AES", 16),
            NISTObjectIdentifiers.id_aes192_CBC, new Scheme("AES/CBC/PKCS5Padding", "AES", 24),
            NISTObjectIdentifiers.id_aes256_CBC, AES_256,
            PKCSObjectIdentifiers.des_EDE3_CBC, new Scheme("DESede/CBC/PKCS5Padding", "DESede", 24));

    private static final int SALT_LENGTH = 20;
    private static final int IV_LENGTH = 16;
    private static final int DES_BLOCK = 8;

    private static final ASN1ObjectIdentifier TRIPLE_DES = PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC;

    private final Pkcs12Keys keys;
    private final Profile profile;

    Pkcs12Encryption(Pkcs12Keys keys, Profile profile) {
        this.keys = keys;
        this.profile = profile;
    }

    byte[] decrypt(EncryptedData encrypted) throws KeystoreException {
        AlgorithmIdentifier algorithm = encrypted.getEncryptionAlgorithm();
        byte[] content = encrypted.getContent().getOctets();
        try {
            return PKCSObjectIdentifiers.id_PBES2.equals(algorithm.getAlgorithm())
                    ? pbes2(PBES2Parameters.getInstance(algorithm.getParameters()), content)
                    : pkcs12(algorithm, content);
        } catch (GeneralSecurityException | IOException e) {
            throw new KeystoreException(
                    "the password is the file's, but it does not open all of its content (" + e.getMessage()
                            + "): make the file anew with one password for everything",
                    e);
        }
    }

    private byte[] pbes2(PBES2Parameters parameters, byte[] content)
            throws KeystoreException, GeneralSecurityException {
        ASN1ObjectIdentifier derivation = parameters.getKeyDerivationFunc().getAlgorithm();
        EncryptionScheme encryption = parameters.getEncryptionScheme();
        Scheme scheme = SCHEMES.get(encryption.getAlgorithm());
        if (scheme == null || !PKCSObjectIdentifiers.id_PBKDF2.equals(derivation)) {
            throw unknown(scheme == null ? encryption.getAlgorithm() : derivation);
        }
        PBKDF2Params pbkdf2 =
                PBKDF2Params.getInstance(parameters.getKeyDerivationFunc().getParameters());
        byte[] iv = ASN1OctetString.getInstance(encryption.getParameters()).getOctets();
        return cipher(Cipher.DECRYPT_MODE, scheme, keys.pbkdf2(pbkdf2, scheme.keyLength()), iv)
                .doFinal(content);
    }

    /** With Bouncy Castle, which knows all of them: two of the three in use are unknown to some of the JDK's releases. */
    private byte[] pkcs12(AlgorithmIdentifier algorithm, byte[] content) throws KeystoreException, IOException {
        if (!algorithm.getAlgorithm().on(PKCSObjectIdentifiers.pkcs_12PbeIds)) {
            throw unknown(algorithm.getAlgorithm());
        }
        Pkcs12Keys.iterations(
                PKCS12PBEParams.getInstance(algorithm.getParameters()).getIterations());
        try (InputStream opened = new BcPKCS12PBEInputDecryptorProviderBuilder()
                .build(keys.password())
                .get(algorithm)
                .getInputStream(new ByteArrayInputStream(content))) {
            return opened.readAllBytes();
        } catch (OperatorCreationException e) {
            throw new KeystoreException("cannot decrypt with " + algorithm.getAlgorithm() + ": " + e.getMessage(), e);
        }
    }

    ContentInfo encrypt(byte[] content, int iterations) throws KeystoreException {
        return switch (profile) {
            case MODERN -> encryptModern(content, iterations);
            case LEGACY -> encryptLegacy(content, iterations);
        };
    }

    private ContentInfo encryptLegacy(byte[] content, int iterations) throws KeystoreException {
        OutputEncryptor encryptor = new BcPKCS12PBEOutputEncryptorBuilder(
                        TRIPLE_DES, CBCBlockCipher.newInstance(new DESedeEngine()))
                .setIterationCount(iterations)
                .build(keys.password());
        ByteArrayOutputStream encrypted = new ByteArrayOutputStream(content.length + DES_BLOCK);
        try (OutputStream out = encryptor.getOutputStream(encrypted)) {
            out.write(content);
        } catch (IOException e) {
            throw new KeystoreException("the content cannot be encrypted: " + e.getMessage(), e);
        }
        return content(encryptor.getAlgorithmIdentifier(), encrypted.toByteArray());
    }

    private static ContentInfo content(AlgorithmIdentifier algorithm, byte[] encrypted) {
        return new ContentInfo(
                PKCSObjectIdentifiers.encryptedData,
                new EncryptedData(PKCSObjectIdentifiers.data, algorithm, new DEROctetString(encrypted)));
    }

    private ContentInfo encryptModern(byte[] content, int iterations) throws KeystoreException {
        byte[] salt = new byte[SALT_LENGTH];
        byte[] iv = new byte[IV_LENGTH];
        SecureRandom random = new SecureRandom();
        random.nextBytes(salt);
        random.nextBytes(iv);
        AlgorithmIdentifier prf = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);
        PBKDF2Params pbkdf2 = new PBKDF2Params(salt, iterations, AES_256.keyLength(), prf);
        PBES2Parameters parameters = new PBES2Parameters(
                new KeyDerivationFunc(PKCSObjectIdentifiers.id_PBKDF2, pbkdf2),
                new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(iv)));
        try {
            byte[] key = keys.pbkdf2(pbkdf2, AES_256.keyLength());
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, AES_256, key, iv).doFinal(content);
            return content(new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, parameters), encrypted);
        } catch (GeneralSecurityException e) {
            throw new KeystoreException("the content cannot be encrypted: " + e.getMessage(), e);
        }
    }

    /** How much work it was to make the key, so that it is never less afterwards. */
    int iterations(EncryptedData encrypted) {
        AlgorithmIdentifier algorithm = encrypted.getEncryptionAlgorithm();
        if (!PKCSObjectIdentifiers.id_PBES2.equals(algorithm.getAlgorithm())) {
            return Pkcs12Keys.ITERATIONS;
        }
        PBES2Parameters parameters = PBES2Parameters.getInstance(algorithm.getParameters());
        PBKDF2Params pbkdf2 =
                PBKDF2Params.getInstance(parameters.getKeyDerivationFunc().getParameters());
        return Math.max(Pkcs12Keys.ITERATIONS, pbkdf2.getIterationCount().intValueExact());
    }

    /** The content itself if it is encrypted as the profile wants it, so that it is kept when nothing in it changes. */
    Optional<ContentInfo> current(ContentInfo content, EncryptedData encrypted) {
        ASN1ObjectIdentifier algorithm = encrypted.getEncryptionAlgorithm().getAlgorithm();
        boolean fits = switch (profile) {
            case MODERN -> PKCSObjectIdentifiers.id_PBES2.equals(algorithm);
            case LEGACY -> algorithm.on(PKCSObjectIdentifiers.pkcs_12PbeIds);
        };
        return fits ? Optional.of(content) : Optional.empty();
    }

    private static Cipher cipher(int mode, Scheme scheme, byte[] key, byte[] iv) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(scheme.transformation());
        cipher.init(mode, new SecretKeySpec(key, scheme.key()), new IvParameterSpec(iv));
        return cipher;
    }

    private static KeystoreException unknown(ASN1ObjectIdentifier algorithm) {
        return new KeystoreException(
                "cannot decrypt " + algorithm + ": make the file anew with AES, such as by keytool -importkeystore");
    }
}
