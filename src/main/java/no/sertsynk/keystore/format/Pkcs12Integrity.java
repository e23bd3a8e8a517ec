package no.sertsynk.keystore.format;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import no.sertsynk.keystore.KeystoreException;
import no.sertsynk.keystore.KeystoreSpec.Profile;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PBMAC1Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;

/** The MAC over everything in a PKCS #12 file (RFC 7292 appendix A and, for PBMAC1, RFC 9579). */
final class Pkcs12Integrity {
    private record Hash(String digest, String mac, int blockLength) {}

    private static final Hash SHA1 = new Hash("SHA-1", "HmacSHA1", 64);
    private static final Hash SHA256 = new Hash("SHA-256", "HmacSHA256", 64);

    private static final Map<ASN1ObjectIdentifier, Hash> HASHES = Map.of(
            OIWObjectIdentifiers.idSHA1, SHA1,
            NISTObjectIdentifiers.id_sha224, new Hash("SHA-224", "HmacSHA224", 64),
            NISTObjectIdentifiers.id_sha256, SHA256,
            NISTObjectIdentifiers.id_sha384, new Hash("SHA-384", "HmacSHA384", 128),
            NISTObjectIdentifiers.id_sha512, new Hash("SHA-512", "HmacSHA512", 128));

    private static final Map<ASN1ObjectIdentifier, String> MAC_SCHEMES = Map.of(
            PKCSObjectIdentifiers.id_hmacWithSHA1, "HmacSHA1",
            PKCSObjectIdentifiers.id_hmacWithSHA224, "HmacSHA224",
            PKCSObjectIdentifiers.id_hmacWithSHA256, "HmacSHA256",
            PKCSObjectIdentifiers.id_hmacWithSHA384, "HmacSHA384",
            PKCSObjectIdentifiers.id_hmacWithSHA512, "HmacSHA512");

    private static final int SALT_LENGTH = 20;

    private final Pkcs12Keys keys;
    private final Profile profile;

    Pkcs12Integrity(Pkcs12Keys keys, Profile profile) {
        this.keys = keys;
        this.profile = profile;
    }

    /** Whether the MAC is of the kind that the profile wants. */
    boolean isCurrent(MacData mac) {
        boolean old =
                OIWObjectIdentifiers.idSHA1.equals(mac.getMac().getAlgorithmId().getAlgorithm());
        return old == (profile == Profile.LEGACY);
    }

    /** Whether the content is what somebody with the password wrote. */
    boolean holds(MacData expected, byte[] content) throws KeystoreException {
        AlgorithmIdentifier algorithm = expected.getMac().getAlgorithmId();
        try {
            byte[] found = PKCSObjectIdentifiers.id_PBMAC1.equals(algorithm.getAlgorithm())
                    ? pbmac1(PBMAC1Params.getInstance(algorithm.getParameters()), content)
                    : mac(
                            hash(algorithm),
                            expected.getSalt(),
                            Pkcs12Keys.iterations(expected.getIterationCount()),
                            content);
            return MessageDigest.isEqual(found, expected.getMac().getDigest());
        } catch (GeneralSecurityException e) {
            throw new KeystoreException("the file's MAC cannot be computed: " + e.getMessage(), e);
        }
    }

    /** How much work it was to make the key, so that it is never less afterwards. */
    int iterations(MacData mac) throws KeystoreException {
        boolean counts = HASHES.containsKey(mac.getMac().getAlgorithmId().getAlgorithm());
        return Math.max(Pkcs12Keys.ITERATIONS, counts ? Pkcs12Keys.iterations(mac.getIterationCount()) : 0);
    }

    MacData over(byte[] content, int iterations) throws KeystoreException {
        byte[] salt = new byte[SALT_LENGTH];
        new SecureRandom().nextBytes(salt);
        try {
            Hash hash = profile == Profile.LEGACY ? SHA1 : SHA256;
            ASN1ObjectIdentifier digest =
                    profile == Profile.LEGACY ? OIWObjectIdentifiers.idSHA1 : NISTObjectIdentifiers.id_sha256;
            AlgorithmIdentifier algorithm = new AlgorithmIdentifier(digest, DERNull.INSTANCE);
            return new MacData(new DigestInfo(algorithm, mac(hash, salt, iterations, content)), salt, iterations);
        } catch (GeneralSecurityException e) {
            throw new KeystoreException("the file's MAC cannot be computed: " + e.getMessage(), e);
        }
    }

    private static Hash hash(AlgorithmIdentifier algorithm) throws KeystoreException {
        Hash hash = HASHES.get(algorithm.getAlgorithm());
        if (hash == null) {
            throw unknown(algorithm.getAlgorithm());
        }
        return hash;
    }

    private byte[] mac(Hash hash, byte[] salt, int iterations, byte[] content) throws GeneralSecurityException {
        return mac(hash.mac(), keys.macKey(hash.digest(), hash.blockLength(), salt, iterations), content);
    }

    private byte[] pbmac1(PBMAC1Params parameters, byte[] content) throws KeystoreException, GeneralSecurityException {
        String scheme = MAC_SCHEMES.get(parameters.getMessageAuthScheme().getAlgorithm());
        AlgorithmIdentifier derivation = parameters.getKeyDerivationFunc();
        if (scheme == null || !PKCSObjectIdentifiers.id_PBKDF2.equals(derivation.getAlgorithm())) {
            throw unknown(
                    scheme == null ? parameters.getMessageAuthScheme().getAlgorithm() : derivation.getAlgorithm());
        }
        Mac mac = Mac.getInstance(scheme);
        return mac(
                scheme, keys.pbkdf2(PBKDF2Params.getInstance(derivation.getParameters()), mac.getMacLength()), content);
    }

    private static byte[] mac(String name, byte[] key, byte[] content) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(name);
        mac.init(new SecretKeySpec(key, name));
        return mac.doFinal(content);
    }

    private static KeystoreException unknown(ASN1ObjectIdentifier algorithm) {
        return new KeystoreException("expected a MAC with SHA-1 or SHA-2, found " + algorithm
                + ": make the file anew with other algorithms");
    }
}
